import { z } from 'zod';
import type { Country } from './country.ts';
import { formerZoneNames, timeZonesVersion, zonesByCountry } from './tables/timeZones.ts';

export const TIME_ZONES_VERSION = timeZonesVersion;
/** The zones people live in, by their current IANA name, and UTC. Pinned: engines differ in what they list and how they call it. */
export const TIME_ZONES: readonly string[] = [
  ...new Set([...Object.values(zonesByCountry).flatMap((zones) => zones.split(' ')), 'UTC']),
].sort();
const known: ReadonlySet<string> = new Set(TIME_ZONES);

export const isTimeZone = (zone: string): boolean => known.has(zone);

export const TimeZone = z
  .string({ error: 'Choose a time zone such as Europe/Berlin.' })
  // A browser asked for its zone may still answer Asia/Calcutta.
  .overwrite((zone) => (Object.hasOwn(formerZoneNames, zone) ? (formerZoneNames[zone] ?? zone) : zone))
  .refine(isTimeZone, {
    error:
      'Choose a time zone by its IANA name, such as Europe/Berlin. Abbreviations such as CET or EST are not enough.',
  })
  .meta({
    id: 'TimeZone',
    description: `Time zone: IANA name (tz database ${timeZonesVersion}), or UTC.`,
    examples: ['Europe/Berlin', 'America/New_York'],
  });
export type TimeZone = z.infer<typeof TimeZone>;

/** Most populous first. A country without people (BV, HM) has none. */
export const timeZonesOf = (country: Country): readonly TimeZone[] =>
  Object.hasOwn(zonesByCountry, country) ? (zonesByCountry[country] ?? '').split(' ') : [];
