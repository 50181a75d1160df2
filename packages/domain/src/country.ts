import { z } from 'zod';
import { COUNTRIES, COUNTRIES_DATE, groups, groupPattern, isCountry, lookUp, subdivisionPattern } from './areas.ts';
import { regionCountries } from './tables/countries.ts';
import { diallingPlans } from './tables/diallingPlans.ts';

export { areaCountries, COUNTRIES, COUNTRIES_DATE, isCountry } from './areas.ts';

const oftenMeant: Readonly<Record<string, string>> = {
  UK: 'GB',
  EL: 'GR',
  AN: 'CW',
  SU: 'RU',
  YU: 'RS',
  KO: 'KR',
  EU: 'group:EU',
};

const countryFix = (input: unknown) => {
  const upper = typeof input === 'string' ? input.trim().toUpperCase() : '';
  const meant = isCountry(upper) ? upper : oftenMeant[upper];
  return meant
    ? `Use ${meant} instead of ${String(input)}.`
    : 'Use a two-letter country code of ISO 3166-1, such as DE, or XK for Kosovo.';
};

export const Country = z
  .enum(COUNTRIES, { error: (issue) => countryFix(issue.input) })
  .meta({ id: 'Country', description: `Country: ISO 3166-1 alpha-2 (table of ${COUNTRIES_DATE}), and XK for Kosovo.` });
export type Country = z.infer<typeof Country>;

/** Calling code without plus: '49' for DE. Shared ones (+1, +7, +44 …) do not lead back to one country. */
export const dialCode = (country: Country): string | undefined => diallingPlans.get(country)?.callingCode;

const isArea = (s: string): boolean =>
  s === '001' ||
  isCountry(s) ||
  isCountry(subdivisionPattern.exec(s)?.[1] ?? '') ||
  lookUp(regionCountries, s) !== undefined ||
  lookUp(groups, groupPattern.exec(s)?.[1]) !== undefined;

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
