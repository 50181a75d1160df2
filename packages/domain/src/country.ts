import { z } from 'zod';
import { countriesDate, countryCodes, regionCountries } from './tables/countries.ts';
import { countryNames } from './tables/countryNames.ts';
import { diallingPlans } from './tables/diallingPlans.ts';

/** ISO 3166-1 alpha-2 as assigned, and XK. Pinned: `Intl` also answers for UK, SU and ZZ, so it cannot say what exists. */
export const COUNTRIES: readonly string[] = countryCodes.trim().split(/\s+/);
export const COUNTRIES_DATE = countriesDate;

const known: ReadonlySet<string> = new Set(COUNTRIES);
const oftenMeant: Readonly<Record<string, string>> = {
  UK: 'GB',
  EL: 'GR',
  AN: 'CW',
  SU: 'RU',
  YU: 'RS',
  KO: 'KR',
  EU: 'group:EU',
};

export const isCountry = (code: string): code is Country => known.has(code);

const countryFix = (input: unknown) => {
  const upper = typeof input === 'string' ? input.trim().toUpperCase() : '';
  const meant = known.has(upper) ? upper : oftenMeant[upper];
  return meant
    ? `Use ${meant} instead of ${String(input)}.`
    : 'Use a two-letter country code of ISO 3166-1, such as DE, or XK for Kosovo.';
};

export const Country = z
  .enum(COUNTRIES, { error: (issue) => countryFix(issue.input) })
  .meta({ id: 'Country', description: `Country: ISO 3166-1 alpha-2 (table of ${COUNTRIES_DATE}), and XK for Kosovo.` });
export type Country = z.infer<typeof Country>;

// Constructing Intl objects is slow, using them is not.
const displayNames = new Map<string, Intl.DisplayNames>();
const regionNames = (locale: string) => {
  const made = displayNames.get(locale) ?? new Intl.DisplayNames([locale, 'en'], { type: 'region', fallback: 'none' });
  displayNames.set(locale, made);
  return made;
};

/** The name to show. See tables/countryNames.ts for the naming policy. */
export const countryName = (code: Country, locale: string): string =>
  countryNames[locale.split('-')[0] ?? '']?.[code] ?? regionNames(locale).of(code) ?? code;

/** Calling code without plus: '49' for DE. Shared ones (+1, +7, +44 …) do not lead back to one country. */
export const dialCode = (country: Country): string | undefined => diallingPlans.get(country)?.callingCode;

/** Unions of states that are no M49 region. A date says since when, a second one until when (exclusive). */
const groups: Readonly<
  Record<string, { name: string; members: Readonly<Record<string, readonly [from: string, to?: string]>> }>
> = {
  EU: {
    name: 'European Union',
    members: {
      ...since('1958-01-01', 'BE DE FR IT LU NL'),
      ...since('1973-01-01', 'DK IE'),
      GB: ['1973-01-01', '2020-02-01'],
      ...since('1981-01-01', 'GR'),
      ...since('1986-01-01', 'ES PT'),
      ...since('1995-01-01', 'AT FI SE'),
      ...since('2004-05-01', 'CY CZ EE HU LT LV MT PL SI SK'),
      ...since('2007-01-01', 'BG RO'),
      ...since('2013-07-01', 'HR'),
    },
  },
};

function since(from: string, countries: string): Record<string, readonly [string]> {
  return Object.fromEntries(countries.split(' ').map((country) => [country, [from]]));
}

const subdivision = /^([A-Z]{2})-[A-Z0-9]{1,3}$/;
const group = /^group:([A-Z]+)$/;
const lookUp = <T>(table: Readonly<Record<string, T>>, key: string | undefined): T | undefined =>
  key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;

const isArea = (s: string): boolean =>
  s === '001' ||
  isCountry(s) ||
  isCountry(subdivision.exec(s)?.[1] ?? '') ||
  lookUp(regionCountries, s) !== undefined ||
  lookUp(groups, group.exec(s)?.[1]) !== undefined;

const areaFix = (input: unknown) => {
  const upper = typeof input === 'string' ? input.trim().toUpperCase() : '';
  const meant = isArea(upper) ? upper : oftenMeant[upper];
  return meant
    ? `Use ${meant} instead of ${String(input)}.`
    : 'Use a country (DE), a subdivision (US-CA), a UN region (150), a group (group:EU) or 001 for the world.';
};

export const Area = z
  .string({ error: (issue) => areaFix(issue.input) })
  .refine(isArea, { error: (issue) => areaFix(issue.input) })
  .meta({
    id: 'Area',
    description:
      'Area: a country, an ISO 3166-2 subdivision of it, a UN M49 region, a dated group of states (group:EU), or 001 for the world.',
    pattern: '^([A-Z]{2}(-[A-Z0-9]{1,3})?|[0-9]{3}|group:[A-Z]+)$',
    examples: ['DE', 'US-CA', '150', 'group:EU', '001'],
  });
export type Area = z.infer<typeof Area>;

/** The countries an area touches; of a group, those that are members on that day, or those that have not left. */
export function areaCountries(area: Area, day?: string): readonly Country[] | 'world' {
  if (area === '001') return 'world';
  if (isCountry(area)) return [area];
  const members = lookUp(groups, group.exec(area)?.[1])?.members;
  if (members)
    return Object.keys(members)
      .filter((country) => {
        const [from, to] = members[country] ?? ['9999-12-31'];
        return day === undefined ? to === undefined : from <= day && (to === undefined || day < to);
      })
      .sort();
  const region = lookUp(regionCountries, area);
  if (region !== undefined) return region.split(' ');
  const country = subdivision.exec(area)?.[1] ?? '';
  return isCountry(country) ? [country] : [];
}

/** The name to show. Intl has no names for subdivisions, so those show their country and code. */
export function areaName(area: Area, locale: string): string {
  if (isCountry(area)) return countryName(area, locale);
  const country = subdivision.exec(area)?.[1];
  if (country !== undefined && isCountry(country)) return `${countryName(country, locale)} (${String(area)})`;
  const groupCode = group.exec(area)?.[1];
  if (groupCode !== undefined) return regionNames(locale).of(groupCode) ?? lookUp(groups, groupCode)?.name ?? area;
  return regionNames(locale).of(area) ?? area;
}
