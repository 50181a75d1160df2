/** A time in which the clocks of a zone stand at one distance from UTC. Days are calendar days; absent: further than a year. */
export type OffsetPeriod = { from?: string; to?: string; minutes: number };

const DAY = 86_400_000;
/** Clocks change at least once a year where they change at all. */
const LOOK_AROUND = 400 * DAY;

/**
 * The offsets of a zone that touch a span of time, each with the days it begins and ends on. HSDS knows offsets, not zones, so
 * hours are said once for each (DOMAIN §1.4). Periods are whole: they do not depend on the day of the export.
 */
export function offsetPeriods(zone: string, start: Date, end: Date): OffsetPeriod[] {
  const clock = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const first = Math.floor((start.getTime() - LOOK_AROUND) / DAY);
  const last = Math.floor((end.getTime() + LOOK_AROUND) / DAY);
  const periods: (OffsetPeriod & { firstDay: number; lastDay: number })[] = [];
  for (let day = first; day <= last; day += 1) {
    // At noon of UTC the change of that night is over, wherever it was.
    const minutes = minutesOf(clock, day * DAY + DAY / 2);
    const current = periods.at(-1);
    if (current?.minutes === minutes) current.lastDay = day;
    else periods.push({ minutes, firstDay: day, lastDay: day });
  }
  return periods
    .filter(({ firstDay, lastDay }) => firstDay * DAY <= end.getTime() && (lastDay + 1) * DAY > start.getTime())
    .map(({ firstDay, lastDay, minutes }) => ({
      ...(firstDay === first ? {} : { from: dateOf(firstDay) }),
      ...(lastDay === last ? {} : { to: dateOf(lastDay) }),
      minutes,
    }));
}

function minutesOf(clock: Intl.DateTimeFormat, at: number): number {
  const name = clock.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0'] = /^GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** `+01:00`; `Z` for UTC. */
export function offsetText(minutes: number): string {
  if (minutes === 0) return 'Z';
  const two = (n: number) => String(Math.floor(n)).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${two(size / 60)}:${two(size % 60)}`;
}
