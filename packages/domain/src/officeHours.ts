import { COUNTRIES, type Country } from './country.ts';
import { isOpenAt, type Hours } from './hours.ts';
import { timeZonesOf, type TimeZone } from './timeZone.ts';

/** Where most people of a country live, if not in the first zone of the table: that goes from one end of the country to the other. */
const MOST_LIVE_IN: Readonly<Record<string, TimeZone>> = {
  AU: 'Australia/Sydney',
  BR: 'America/Sao_Paulo',
  CA: 'America/Toronto',
  RU: 'Europe/Moscow',
  UA: 'Europe/Kyiv',
};

/** When offices are open where nobody said otherwise: Monday to Friday, 9 to 17 by the clock there. */
const OFFICE_WEEK: NonNullable<Hours['weekly']> = [
  { days: ['mo', 'tu', 'we', 'th', 'fr'], from: '09:00', to: '17:00' },
];

/** The zone in which an organisation of a country most likely sits. Undefined for a country without people, and for `001`. */
export function officeZoneOf(country: Country): TimeZone | undefined {
  return MOST_LIVE_IN[country] ?? timeZonesOf(country)[0];
}

/** Whether it is office time at a moment (ISO 8601 with Z) in a country; undefined where nobody can say. */
export function isOfficeTime(country: Country, at: string): boolean | undefined {
  const tz = officeZoneOf(country);
  if (tz === undefined) return undefined;
  const open = isOpenAt({ kind: 'weekly', tz, weekly: OFFICE_WEEK }, at);
  return open === 'unknown' ? undefined : open;
}

/** Countries in which it is office time at a moment: what a list of whom to call now is narrowed to. */
export function countriesInOfficeTime(at: string): Country[] {
  return COUNTRIES.filter((country) => isOfficeTime(country, at) === true);
}

/**
 * Whether somebody is likely to answer a channel at a moment: by its own hours where they are known, else by the office hours of
 * the country it is in.
 */
export function isLikelyToAnswer(
  { hours }: { hours?: Hours | undefined },
  country: Country | undefined,
  at: string,
): boolean | undefined {
  const own = hours === undefined ? 'unknown' : isOpenAt(hours, at);
  if (own !== 'unknown') return own;
  return country === undefined ? undefined : isOfficeTime(country, at);
}

const clocks = new Map<TimeZone, Intl.DateTimeFormat>();

/** What a clock on a wall of a zone shows: `09:40`. */
export function wallTime(zone: TimeZone, at: string): string {
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  // Constructing Intl objects is slow, using them is not.
  clocks.set(zone, clock);
  return clock.format(Date.parse(at));
}
