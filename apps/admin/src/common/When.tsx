import { useLocaleState } from 'ra-core';

export type WhenMode = 'date' | 'datetime' | 'relative';

const DAY = 86_400_000;
const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * DAY],
  ['month', 30 * DAY],
  ['week', 7 * DAY],
  ['day', DAY],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** "3 days ago", "in 2 hours", in the words of a locale. */
export function relativeTo(at: Date, now: Date, locale: string): string {
  const distance = at.getTime() - now.getTime();
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const [unit, size] of STEPS) {
    if (Math.abs(distance) >= size) return format.format(Math.trunc(distance / size), unit);
  }
  return format.format(0, 'second');
}

/** A calendar date (`2026-06-05`) is a day anywhere; it must not slip by a time zone. */
const CALENDAR = /^\d{4}-\d{2}-\d{2}$/;

export function formatWhen(at: string, mode: WhenMode, locale: string, now = new Date()): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  if (mode === 'relative') return relativeTo(date, now, locale);
  const zone = CALENDAR.test(at) ? { timeZone: 'UTC' } : {};
  return new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    ...(mode === 'datetime' && { timeStyle: 'short' }),
    ...zone,
  }).format(date);
}

/** A point in time in the reader's locale and zone; the exact instant is in its title. */
export function When({ at, mode = 'date' }: { at: string | null | undefined; mode?: WhenMode }) {
  const [locale] = useLocaleState();
  if (!at) return <>–</>;
  const exact = CALENDAR.test(at) ? at : formatWhen(at, 'datetime', locale);
  return (
    <time
      dateTime={at}
      title={mode === 'datetime' ? at : exact}
      style={{ whiteSpace: 'nowrap', unicodeBidi: 'isolate' }}
    >
      {formatWhen(at, mode, locale)}
    </time>
  );
}
