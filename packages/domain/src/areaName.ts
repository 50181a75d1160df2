import { groupPattern, groups, isCountry, lookUp, subdivisionPattern } from './areas.ts';
import type { Area, Country } from './country.ts';
import { countryNames } from './tables/countryNames.ts';

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

/** The name to show. Intl has no names for subdivisions, so those show their country and code. */
export function areaName(area: Area, locale: string): string {
  if (isCountry(area)) return countryName(area, locale);
  const country = subdivisionPattern.exec(area)?.[1];
  if (country !== undefined && isCountry(country)) return `${countryName(country, locale)} (${area})`;
  const groupCode = groupPattern.exec(area)?.[1];
  if (groupCode !== undefined) return regionNames(locale).of(groupCode) ?? lookUp(groups, groupCode)?.name ?? area;
  return regionNames(locale).of(area) ?? area;
}
