import { TufProblem } from './problem.ts';

/** Our words for the four top-level roles. TUF's own `snapshot` is `snapshotRole` everywhere but on the wire. */
export type TopLevelRole = 'root' | 'targets' | 'snapshotRole' | 'timestamp';

/** Those, and the one role that targets delegates to: it withdraws at once and can do nothing else (SNAPSHOTS §0.7). */
export type RoleName = TopLevelRole | 'urgent';

/** How long fresh metadata is valid. */
export type Lifetimes = {
  rootDays: number;
  targetsDays: number;
  urgentDays: number;
  snapshotRoleDays: number;
  timestampHours: number;
};

/** SNAPSHOTS §4.1. */
export const defaultLifetimes: Lifetimes = {
  rootDays: 365,
  targetsDays: 120,
  urgentDays: 30,
  snapshotRoleDays: 30,
  timestampHours: 72,
};

/** How often the timestamp is signed anew, in hours. */
export const timestampEveryHours = 6;

const day = 24;

/** In hours. Shorter than `least` is an outage waiting for a weekend, longer than `most` a freeze attack waiting for a thief. */
const allowedHours: Record<RoleName, { least: number; most: number }> = {
  root: { least: 30 * day, most: 400 * day },
  targets: { least: 14 * day, most: 180 * day },
  urgent: { least: 14 * day, most: 60 * day },
  snapshotRole: { least: 7 * day, most: 60 * day },
  timestamp: { least: 24, most: 7 * day },
};

/** Fewer hours left than this and somebody has to be told (SNAPSHOTS §4.11). */
export const alarmBelowHours: Record<RoleName, number> = {
  root: 90 * day,
  targets: 30 * day,
  urgent: 10 * day,
  snapshotRole: 10 * day,
  timestamp: 48,
};

/**
 * The `expires` of metadata of this role signed now.
 * @throws TufProblem `lifetime-refused` when the hours asked for are outside the allowed range
 */
export function expiryOf(role: RoleName, now: Date, lifetimes: Partial<Lifetimes> = {}): string {
  const hours = hoursOf(role, { ...defaultLifetimes, ...lifetimes });
  const { least, most } = allowedHours[role];
  if (hours >= least && hours <= most) return toTufDate(new Date(now.getTime() + hours * 3_600_000));
  throw new TufProblem('lifetime-refused', `${role}: a lifetime of ${hours} hours is not allowed`);
}

/** Is the time from `now` to `expires` one that we allow for this role? */
export function isExpiryAllowed(role: RoleName, now: Date, expires: string): boolean {
  const hours = hoursLeft(now, expires);
  const { least, most } = allowedHours[role];
  // `expires` lost its fraction of a second, so it may lie up to one second before the full number of hours.
  return hours >= least - 1 / 3600 && hours <= most;
}

function hoursOf(role: RoleName, lifetimes: Lifetimes): number {
  if (role === 'root') return lifetimes.rootDays * day;
  if (role === 'targets') return lifetimes.targetsDays * day;
  if (role === 'urgent') return lifetimes.urgentDays * day;
  if (role === 'snapshotRole') return lifetimes.snapshotRoleDays * day;
  return lifetimes.timestampHours;
}

/** Hours from `now` to a TUF date; negative when it has passed, NaN when it is no date. */
export function hoursLeft(now: Date, expires: string): number {
  return (Date.parse(expires) - now.getTime()) / 3_600_000;
}

/** ISO 8601 in UTC without fractions of a second, which python-tuf and others refuse (SNAPSHOTS §1.3). */
export function toTufDate(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** The only form of a date that every client reads. tuf-js 5.0.1 takes `"never"` and then never expires (§2.4). */
export function isTufDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) && !Number.isNaN(Date.parse(text));
}
