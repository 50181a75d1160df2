import { z } from 'zod';
import { areaCountries } from './country.ts';
import { knownCoverage, NONE_KNOWN_SOURCES, noneKnownSources } from './knownCoverage.ts';
import { tierOf } from './route/candidate.ts';
import type { RoutableCountry, RoutableEntry } from './route/directory.ts';
import { isSubdivision, namedCountry } from './route/place.ts';
import { doubtOf } from './route/usable.ts';
import { Need, type CoverageStatus } from './vocabulary.ts';

export { knownCoverage, NONE_KNOWN_DAYS, NONE_KNOWN_SOURCES } from './knownCoverage.ts';

export const CoverageState = z.enum(['verified', 'sole', 'partial', 'stale', 'none-known', 'not-researched']).meta({
  id: 'CoverageState',
  description:
    'What a country has for a need. stale: nobody stands behind what there is; sole: one verified option; partial: in a part of the country, or so its profile says',
});
export type CoverageState = z.infer<typeof CoverageState>;

export const CoverageCell = z
  .strictObject({
    state: CoverageState,
    options: z.int().meta({ description: 'Active entries of the country itself that take the need' }),
    verified: z.int().meta({ description: 'Those of them people are shown' }),
  })
  .meta({ id: 'CoverageCell' });
export type CoverageCell = z.infer<typeof CoverageCell>;

export type CountryCoverage = {
  country: string;
  /** One word for a map. */
  summary: CoverageState;
  /** By need; a need that is not there is not researched. */
  cells: Partial<Record<Need, CoverageCell>>;
};

export type CoverageMatrix = {
  /** By code. */
  countries: CountryCoverage[];
  totals: { countries: Record<CoverageState, number>; cells: Record<CoverageState, number> };
};

/** What every country should have: somewhere to report images, and somebody for a child to talk to. */
export const CORE_NEEDS: readonly Need[] = ['csam-url', 'child-help'];

const NOT_RESEARCHED: CoverageCell = { state: 'not-researched', options: 0, verified: 0 };

/**
 * What each country that has an entry or a profile has for each need, at a moment. Only entries of a country, its parts, region
 * or group count: what serves the whole world makes no country covered. The first that holds:
 *
 * 1. there are entries, but none of them is shown (never verified, expired, contradicted, suspended): `stale`. A sole option
 *    nobody verified is stale before it is anything else.
 * 2. what is shown serves only parts of the country, or the profile says so: `partial`
 * 3. there is one active entry: `sole`
 * 4. there are several: `verified`
 * 5. there is none, and the profile says so, with evidence and not longer ago than 180 days: `none-known`
 * 6. anything else, also a profile that names coverage of which the directory holds nothing: `not-researched`
 */
export function coverageMatrix(
  entries: Iterable<RoutableEntry>,
  profiles: Iterable<RoutableCountry>,
  now: string,
): CoverageMatrix {
  const found = optionsByCountry(entries, now);
  const known = new Map([...profiles].map((profile) => [profile.country, profile] as const));
  const countries = [...new Set([...found.keys(), ...known.keys()])].sort().map((country) => {
    const cells = cellsOf(found.get(country), known.get(country), now);
    return { country, summary: summaryOf(cells), cells };
  });
  return { countries, totals: totalsOf(countries) };
}

/** What stands behind a cell. */
type Options = {
  active: number;
  shown: number;
  shownWhole: number;
  suspended: number;
};

function optionsByCountry(entries: Iterable<RoutableEntry>, now: string): Map<string, Map<Need, Options>> {
  const countries = new Map<string, Map<Need, Options>>();
  for (const entry of entries) {
    const isShown = entry.state === 'active' && !entry.unsafe && doubtOf(entry.verification, now) === undefined;
    for (const [country, needs] of needsByCountry(entry, now)) {
      const cells = countries.get(country) ?? new Map<Need, Options>();
      countries.set(country, cells);
      for (const [need, isWhole] of needs) {
        const cell = cells.get(need) ?? { active: 0, shown: 0, shownWhole: 0, suspended: 0 };
        cells.set(need, cell);
        if (entry.state === 'active') cell.active += 1;
        else cell.suspended += 1;
        if (isShown) cell.shown += 1;
        if (isShown && isWhole) cell.shownWhole += 1;
      }
    }
  }
  return countries;
}

/**
 * The countries an entry is an option of its own in, with the needs it takes there and whether it takes them in all of the
 * country. Platforms, directories and bodies that only coordinate are no option of a country.
 */
export function needsByCountry(entry: RoutableEntry, now: string): Map<string, Map<Need, boolean>> {
  const countries = new Map<string, Map<Need, boolean>>();
  const tier = tierOf(entry);
  const { status } = entry.operational;
  if (tier === undefined || tier === 'P' || tier === 'F' || status === 'closed' || status === 'planned')
    return countries;
  const accepted = Need.options.filter((need) => {
    const answer = entry.accepts[need]?.answer;
    return answer === 'yes' || answer === 'conditional';
  });
  for (const { area, needs, except = [] } of entry.serves) {
    const taken = needs === undefined ? accepted : accepted.filter((need) => needs.includes(need));
    const left = new Set(except.filter((area) => !isSubdivision(area)).flatMap((area) => countriesIn(area, now)));
    for (const country of countriesIn(area, now)) {
      if (left.has(country)) continue;
      const cells = countries.get(country) ?? new Map<Need, boolean>();
      countries.set(country, cells);
      for (const need of taken) cells.set(need, (cells.get(need) ?? false) || !isSubdivision(area));
    }
  }
  return countries;
}

function countriesIn(area: string, now: string): readonly string[] {
  const named = namedCountry(area);
  if (named !== undefined) return [named];
  const countries = areaCountries(area, now.slice(0, 10));
  return countries === 'world' ? [] : countries;
}

function cellsOf(
  found: Map<Need, Options> | undefined,
  profile: RoutableCountry | undefined,
  now: string,
): CountryCoverage['cells'] {
  const cells: CountryCoverage['cells'] = {};
  for (const need of Need.options) {
    const cell = cellOf(found?.get(need), knownCoverage(profile, need, now));
    if (cell.state !== 'not-researched') cells[need] = cell;
  }
  return cells;
}

function cellOf(options: Options | undefined, known: CoverageStatus): CoverageCell {
  if (options === undefined) return { ...NOT_RESEARCHED, state: known === 'none-known' ? known : 'not-researched' };
  const { active, shown, shownWhole } = options;
  const cell = (state: CoverageState) => ({ state, options: active, verified: shown });
  if (shown === 0) return cell('stale');
  if (shownWhole === 0 || known === 'partial') return cell('partial');
  return cell(active === 1 ? 'sole' : 'verified');
}

/**
 * One word for a country, from the needs every country should have something for: what is weakest among them, but `partial` for a
 * country that has something and lacks something.
 */
function summaryOf(cells: CountryCoverage['cells']): CoverageState {
  const core = new Set(CORE_NEEDS.map((need) => cells[need]?.state ?? 'not-researched'));
  const all = new Set(Object.values(cells).map(({ state }) => state));
  const isShown = SHOWN.some((state) => all.has(state));
  if (core.has('stale') || (all.has('stale') && !isShown)) return 'stale';
  if (!isShown) return core.has('not-researched') ? 'not-researched' : 'none-known';
  if (core.has('partial') || core.has('none-known') || core.has('not-researched')) return 'partial';
  return core.has('sole') ? 'sole' : 'verified';
}

/** States in which people are shown something. */
const SHOWN: readonly CoverageState[] = ['verified', 'sole', 'partial'];

function totalsOf(countries: readonly CountryCoverage[]): CoverageMatrix['totals'] {
  const zero = () =>
    Object.fromEntries(CoverageState.options.map((state) => [state, 0])) as Record<CoverageState, number>; // One per state.
  const totals = { countries: zero(), cells: zero() };
  for (const { summary, cells } of countries) {
    totals.countries[summary] += 1;
    for (const need of Need.options) totals.cells[cells[need]?.state ?? 'not-researched'] += 1;
  }
  return totals;
}

/**
 * The "none known" of a profile that lack their evidence: four primary sources that support `/coverage/<need>` (DOMAIN §3.8).
 * That two people approve it follows from the risk of the change (`risk.ts`: R3).
 */
export function coverageRefusals(profile: RoutableCountry): { path: string; message: string }[] {
  return profile.coverage
    .filter(({ need, status }) => status === 'none-known' && noneKnownSources(profile, need) < NONE_KNOWN_SOURCES)
    .map(({ need }) => ({ path: `/coverage/${need}`, message: COVERAGE_FIX }));
}

/** What a coverage that lacks its evidence needs. */
export const COVERAGE_FIX =
  'Primary evidence is missing: one source for a status, four for "none known" (the lists of INHOPE, Child Helpline International and the IWF portals, and a check with a government or by search)';
