import type { Hours, Weekday } from './hours.ts';

export const WEEKDAYS = ['mo', 'tu', 'we', 'th', 'fr', 'sa', 'su'] as const;

export interface Interval {
  from: string;
  to: string;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What the clock on a wall there shows; null for a moment or a zone this engine does not know. */
function wallClock(zone: string, at: number): { day: string; time: string } | null {
  try {
    const clock =
      clocks.get(zone) ??
      new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        calendar: 'gregory',
        numberingSystem: 'latn',
        hourCycle: 'h23',
        year: 'numeric',
        month: '2-digit',
        day: '2-digit',
        hour: '2-digit',
        minute: '2-digit',
      });
    clocks.set(zone, clock);
    const part = Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]));
    return {
      day: `${part['year']?.padStart(4, '0')}-${part['month']}-${part['day']}`,
      time: `${part['hour']}:${part['minute']}`,
    };
  } catch {
    return null;
  }
}

const dayBefore = (of: string): string =>
  new Date(Date.parse(`${of}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
const weekdayOf = (of: string): Weekday | undefined => WEEKDAYS[(new Date(`${of}T00:00:00Z`).getUTCDay() + 6) % 7];

const exceptionOn = (hours: Hours, of: string) => hours.exceptions?.find((e) => e.from <= of && of <= e.to);

/** Times that start on this day. An exception says it all for its days. */
function intervalsOn(hours: Hours, of: string): readonly Interval[] {
  const exception = exceptionOn(hours, of);
  if (exception) return exception.intervals ?? [];
  if (hours.kind === 'always') return [{ from: '00:00', to: '00:00' }];
  const weekday = weekdayOf(of);
  return weekday === undefined ? [] : (hours.weekly ?? []).filter(({ days }) => days.includes(weekday));
}

/**
 * Is somebody there at this moment (ISO 8601 with Z or offset)? Compared by the clock on the wall there, so summer time is right by
 * itself. Holiday calendars are not ours: who knows that the day is a public holiday there says so with `holiday`.
 */
export function isOpenAt(hours: Hours, iso: string, { holiday = false } = {}): boolean | 'unknown' {
  const at = /T.*(?:Z|[+-]\d{2}:?\d{2})$/.test(iso) ? Date.parse(iso) : Number.NaN;
  if (Number.isNaN(at)) return 'unknown';
  const now = hours.tz === undefined ? null : wallClock(hours.tz, at);
  if (!now || !exceptionOn(hours, now.day)) {
    if (hours.kind === 'by-arrangement' || hours.kind === 'unknown') return 'unknown';
    if (holiday && hours.holidays === 'closed') return false;
    if (holiday && hours.holidays !== 'open') return 'unknown';
    if (hours.kind === 'always' && !hours.exceptions?.length) return true;
  }
  if (!now) return 'unknown';
  return (
    intervalsOn(hours, now.day).some(({ from, to }) => from <= now.time && (now.time < to || to <= from)) ||
    intervalsOn(hours, dayBefore(now.day)).some(({ from, to }) => to <= from && now.time < to)
  );
}
