import { countriesDate, countryCodes, regionCountries } from './tables/countries.ts';

/** ISO 3166-1 alpha-2 as assigned, and XK. Pinned: `Intl` also answers for UK, SU and ZZ, so it cannot say what exists. */
export const COUNTRIES: readonly string[] = countryCodes.trim().split(/\s+/);
export const COUNTRIES_DATE = countriesDate;

const known: ReadonlySet<string> = new Set(COUNTRIES);

export const isCountry = (code: string): boolean => known.has(code);

/** Unions of states that are no M49 region. A date says since when, a second one until when (exclusive). */
export const groups: Readonly<
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

export const subdivisionPattern = /^([A-Z]{2})-[A-Z0-9]{1,3}$/;
export const groupPattern = /^group:([A-Z]+)$/;
export const lookUp = <T>(table: Readonly<Record<string, T>>, key: string | undefined): T | undefined =>
  key !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;

/** The countries an area touches; of a group, those that are members on that day, or those that have not left. */
export function areaCountries(area: string, day?: string): readonly string[] | 'world' {
  if (area === '001') return 'world';
  if (isCountry(area)) return [area];
  const members = lookUp(groups, groupPattern.exec(area)?.[1])?.members;
  if (members)
    return Object.keys(members)
      .filter((country) => {
        const [from, to] = members[country] ?? ['9999-12-31'];
        return day === undefined ? to === undefined : from <= day && (to === undefined || day < to);
      })
      .sort();
  const region = lookUp(regionCountries, area);
  if (region !== undefined) return region.split(' ');
  const country = subdivisionPattern.exec(area)?.[1] ?? '';
  return isCountry(country) ? [country] : [];
}
