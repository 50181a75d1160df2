import { textOf, type Tree } from '../tree.ts';

const clocks = new Map<string, Intl.DateTimeFormat>();

/** Whether the clocks of a zone stand at the schedule's distance from UTC, on the first and last day it is valid; without days, all year. */
export function hasOffset(zone: string, schedule: Tree): boolean {
  const [, sign, h = '', m = ''] = /([+-])(\d{2}):?(\d{2})$/.exec(textOf(schedule, 'opens_at') ?? '') ?? [];
  const written = sign === undefined ? undefined : (Number(h) * 60 + Number(m)) * (sign === '-' ? -1 : 1);
  const minutes = written ?? Math.round(Number(schedule['timezone'] ?? 0) * 60);
  const [from, to] = [textOf(schedule, 'valid_from'), textOf(schedule, 'valid_to')];
  const days = from === undefined && to === undefined ? ['2026-01-15', '2026-07-15'] : [from ?? to, to ?? from];
  return days.every((day) => offsetOn(zone, day ?? '') === minutes);
}

/** Whether the clocks also change on the days on which the schedule begins and ends, as where it comes from a zone's own periods. */
export function changesWith(zone: string, schedule: Tree): boolean {
  const isChange = (day: string | undefined, other: number) =>
    day === undefined || offsetOn(zone, day) !== offsetOn(zone, dayBeside(day, other));
  return (
    hasOffset(zone, schedule) &&
    isChange(textOf(schedule, 'valid_from'), -1) &&
    isChange(textOf(schedule, 'valid_to'), 1)
  );
}

/** Winter, summer, and between the days on which Europe and America change their clocks. */
const DAYS = ['2026-01-15', '2026-03-18', '2026-07-15', '2026-10-28'];

export function isSameAllYear(zone: string, other: string): boolean {
  return DAYS.every((day) => offsetOn(zone, day) === offsetOn(other, day));
}

/** At noon of UTC the change of that night is over, wherever it was. */
function offsetOn(zone: string, day: string): number | undefined {
  const at = Date.parse(`${day}T12:00:00Z`);
  if (Number.isNaN(at)) return undefined;
  const clock = clocks.get(zone) ?? new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  clocks.set(zone, clock);
  const name = clock.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0'] = /^GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function dayBeside(day: string, days: number): string {
  const at = Date.parse(`${day}T12:00:00Z`);
  return Number.isNaN(at) ? day : new Date(at + days * 86_400_000).toISOString().slice(0, 10);
}
