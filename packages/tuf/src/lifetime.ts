import { DEFAULT_CALENDAR, VALID_RANGE, type DatedRole, type SigningCalendar } from '@waymark/domain';
import { TufProblem } from './problem.ts';

/** Our words for the four top-level roles. TUF's own `snapshot` is `snapshotRole` everywhere but on the wire. */
export type TopLevelRole = 'root' | 'targets' | 'snapshotRole' | 'timestamp';

/** Those, and the one role that targets delegates to: it withdraws at once and can do nothing else (SNAPSHOTS §0.7). */
export type RoleName = TopLevelRole | 'urgent';

/** Their names on the wire and in file names, which the calendar uses too. */
export const wireName = {
  root: 'root',
  targets: 'targets',
  urgent: 'urgent',
  snapshotRole: 'snapshot',
  timestamp: 'timestamp',
} as const satisfies Record<RoleName, DatedRole>;

const allowed: Record<DatedRole, { least: number; most: number; hours: number }> = {
  root: { ...VALID_RANGE.rootDays, hours: 24 },
  targets: { ...VALID_RANGE.targetsDays, hours: 24 },
  urgent: { ...VALID_RANGE.urgentDays, hours: 24 },
  snapshot: { ...VALID_RANGE.snapshotDays, hours: 24 },
  timestamp: { ...VALID_RANGE.timestampHours, hours: 1 },
};

/**
 * The `expires` of metadata of this role signed now.
 * @throws TufProblem `lifetime-refused` when the hours asked for are outside the allowed range
 */
export function expiryOf(role: RoleName, now: Date, calendar: SigningCalendar = DEFAULT_CALENDAR): string {
  const { valid } = calendar[wireName[role]];
  const { least, most } = allowedHours(role);
  if (valid >= least && valid <= most) return toTufDate(new Date(now.getTime() + valid * 3_600_000));
  throw new TufProblem('lifetime-refused', `${role}: a lifetime of ${valid} hours is not allowed`);
}

/** Is the time from `now` to `expires` one that we allow for this role? */
export function isExpiryAllowed(role: RoleName, now: Date, expires: string): boolean {
  const hours = hoursLeft(now, expires);
  const { least, most } = allowedHours(role);
  // `expires` lost its fraction of a second, so it may lie up to one second before the full number of hours.
  return hours >= least - 1 / 3600 && hours <= most;
}

function allowedHours(role: RoleName): { least: number; most: number } {
  const { least, most, hours } = allowed[wireName[role]];
  return { least: least * hours, most: most * hours };
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
