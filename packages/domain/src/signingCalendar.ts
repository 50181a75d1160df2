import { DEFAULT_DEADLINES, type SigningPolicy } from './signingPolicy.ts';

/** A role whose signature ends, by its name in the tree. */
export type DatedRole = 'root' | 'targets' | 'urgent' | 'snapshot' | 'timestamp';
export const DATED_ROLES: readonly DatedRole[] = ['root', 'targets', 'urgent', 'snapshot', 'timestamp'];

/** All in hours: from signing to expiry, and so long before expiry it may be signed anew, and somebody is told. */
export type DeadlineHours = { valid: number; windowOpens: number; alarm: number };

/** When each role is signed, signed anew and asked for. Everything that looks at a date of the tree looks here. */
export type SigningCalendar = Record<DatedRole, DeadlineHours>;

const DAY = 24;

/** The days of a signing policy. The one place where they become deadlines. */
export function signingCalendar({ lifetimes }: Pick<SigningPolicy, 'lifetimes'>): SigningCalendar {
  return {
    root: inHours(lifetimes.rootDays, DAY),
    targets: inHours(lifetimes.targetsDays, DAY),
    urgent: inHours(lifetimes.urgentDays, DAY),
    snapshot: inHours(lifetimes.snapshotDays, DAY),
    timestamp: inHours(lifetimes.timestampHours, 1),
  };
}

function inHours({ valid, windowOpens, alarm }: DeadlineHours, each: number): DeadlineHours {
  return { valid: valid * each, windowOpens: windowOpens * each, alarm: alarm * each };
}

/** Where no policy says otherwise: a demo, and whoever looks from outside without one. */
export const DEFAULT_CALENDAR: SigningCalendar = signingCalendar({ lifetimes: DEFAULT_DEADLINES });

/**
 * A root ends slowly and takes people, so it is asked for louder and louder (SNAPSHOTS §4.11).
 * @returns the days of the alarm that rings now; undefined while none does
 */
export function rootAlarmDays({ root }: SigningCalendar, hoursLeft: number): number | undefined {
  if (hoursLeft >= root.alarm) return undefined;
  const first = root.alarm / DAY;
  return [7, 14, 30, 60, 90].filter((days) => days < first).find((days) => hoursLeft < days * DAY) ?? first;
}
