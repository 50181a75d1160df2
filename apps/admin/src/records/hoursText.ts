import { WEEKDAYS, type Hours, type Weekday } from '@waymark/domain';
import type { Words } from './words.ts';

const MONDAY = Date.UTC(2024, 0, 1);

/** Name of a weekday on this screen's language. */
export function weekdayName(day: Weekday, locale: string, weekday: 'short' | 'long' = 'short'): string {
  const at = new Date(MONDAY + WEEKDAYS.indexOf(day) * 86_400_000);
  return new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' }).format(at);
}

/** `mo tu we` → `Mon–Wed`; days apart are listed. */
function daysText(days: readonly Weekday[], locale: string): string {
  const at = days.map((day) => WEEKDAYS.indexOf(day)).sort((a, b) => a - b);
  const names = at.map((i) => weekdayName(WEEKDAYS[i] ?? 'mo', locale));
  const isRun = at.length > 2 && at.every((day, i) => i === 0 || day === (at[i - 1] ?? 0) + 1);
  return isRun ? `${names[0]}–${names.at(-1)}` : names.join(', ');
}

/** The usual week, one row per group of days with the same times, in the order of the week. */
export function weekRows(hours: Hours, locale: string): { days: string; times: string }[] {
  const rows = new Map<string, string[]>();
  for (const { days, from, to } of hours.weekly ?? []) {
    const key = daysText(days, locale);
    rows.set(key, [...(rows.get(key) ?? []), `${from}–${to === '00:00' ? '24:00' : to}`]);
  }
  return [...rows].map(([days, times]) => ({ days, times: times.join(', ') }));
}

/** Hours in one line for people. Unknown hours are said to be unknown, never closed. */
export function hoursText(hours: Hours, { t, locale }: Words): string {
  if (hours.kind !== 'weekly') return t(`vocabulary.hours.${hours.kind}`);
  return weekRows(hours, locale)
    .map(({ days, times }) => `${days} ${times}`)
    .join('; ');
}
