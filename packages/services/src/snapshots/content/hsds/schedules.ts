import { WEEKDAYS, type Hours, type Weekday } from '@waymark/domain';
import { given } from './given.ts';
import { offsetPeriods, offsetText, type OffsetPeriod } from './zoneOffset.ts';
import type { HsdsSchedule } from './shapes.ts';

/** From when to when a snapshot is valid: hours are said for the clocks of that time. */
export type Validity = { from: Date; until: Date };

type Part = { days: readonly Weekday[]; opens: string; closes: string };

/**
 * The hours of one channel as HSDS schedules: once for each offset of the zone while the snapshot is valid, and what runs over
 * midnight as two.
 * @param appliesTo says which channel, since HSDS has hours of a service only
 * @param idOf makes the id of a schedule from its place
 */
export function toSchedules(
  hours: Hours,
  appliesTo: string,
  validity: Validity,
  idOf: (path: string) => string,
): HsdsSchedule[] {
  const notes = [`Applies to: ${appliesTo}`, holidaysText(hours), exceptionsText(hours)].filter(Boolean).join('. ');
  const described = { ...given('description', hours.sourceText), notes };
  if (hours.kind === 'unknown' || hours.kind === 'by-arrangement') {
    if (hours.kind === 'unknown' && hours.sourceText === undefined) return [];
    const description = hours.sourceText ?? 'By arrangement';
    return [{ id: idOf(hours.kind), notes, description }];
  }
  const periods: OffsetPeriod[] = hours.kind === 'always' ? [{ minutes: 0 }] : periodsOf(hours.tz ?? 'UTC', validity);
  const parts = hours.kind === 'always' ? [ALL_DAY] : (hours.weekly ?? []).flatMap(splitAtMidnight);
  return periods.flatMap(({ from, to, minutes }) =>
    parts.map(({ days, opens, closes }, at) => ({
      id: idOf(`${from ?? ''}/${at}`),
      freq: 'WEEKLY',
      interval: 1,
      wkst: 'MO',
      byday: days.map((day) => day.toUpperCase()).join(','),
      opens_at: `${opens}${offsetText(minutes)}`,
      closes_at: `${closes}${offsetText(minutes)}`,
      timezone: minutes / 60,
      ...given('valid_from', from),
      ...given('valid_to', to),
      ...described,
    })),
  );
}

/** Finding out when clocks change takes a thousand looks at a clock, and most hours of a country are in one zone. */
const known = new WeakMap<Validity, Map<string, OffsetPeriod[]>>();

function periodsOf(zone: string, validity: Validity): OffsetPeriod[] {
  const byZone = known.get(validity) ?? new Map<string, OffsetPeriod[]>();
  known.set(validity, byZone);
  const periods = byZone.get(zone) ?? offsetPeriods(zone, validity.from, validity.until);
  byZone.set(zone, periods);
  return periods;
}

/** By the guidance of HSDS a whole day ends at 23:59. */
const END_OF_DAY = '23:59';
const ALL_DAY: Part = { days: WEEKDAYS, opens: '00:00', closes: END_OF_DAY };

function splitAtMidnight({ days, from, to }: { days: readonly Weekday[]; from: string; to: string }): Part[] {
  if (from < to) return [{ days, opens: from, closes: to }];
  const evening = { days, opens: from, closes: END_OF_DAY };
  return to === '00:00' ? [evening] : [evening, { days: dayAfter(days), opens: '00:00', closes: to }];
}

function dayAfter(days: readonly Weekday[]): Weekday[] {
  const next = new Set(days.map((day) => (WEEKDAYS.indexOf(day) + 1) % 7));
  return WEEKDAYS.filter((_, at) => next.has(at));
}

function holidaysText({ holidays }: Hours): string {
  return holidays === undefined ? '' : `Public holidays: ${holidays}`;
}

function exceptionsText({ exceptions = [], tz }: Hours): string {
  if (exceptions.length === 0) return '';
  const said = exceptions.map(({ from, to, intervals }) => {
    const days = from === to ? from : `${from} to ${to}`;
    return `${days} ${intervals ? intervals.map((i) => `${i.from}-${i.to}`).join(' and ') : 'closed'}`;
  });
  return `Other hours (${tz ?? 'UTC'}): ${said.join('; ')}`;
}
