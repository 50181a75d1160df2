import { useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import {
  areaCountries,
  COUNTRIES,
  countryName,
  CSAM_ONLINE,
  isCountry,
  Need,
  type Country,
  type CountryCoverage,
  type CoverageCell,
  type CoverageMatrix,
  type CoverageState,
  type RouteNeed,
} from '@waymark/domain';
import { api } from '../api.ts';
import { needName, useWords } from '../records/words.ts';
import { ASKABLE, routeNeedName } from './askable.ts';
import type { View } from './worldShapes.ts';

/** States in the order of reading: what needs somebody's eye first. */
export const STATES = [
  'none-known',
  'stale',
  'sole',
  'partial',
  'verified',
  'not-researched',
] as const satisfies readonly CoverageState[];

/** What a cell may be asked for: its state, or that there is a single option, verified or not. */
export const ASKED = [...STATES, 'single'] as const;
export type Asked = (typeof ASKED)[number];

export type CoverageRow = { country: Country; cells: CountryCoverage['cells'] };

/** A column of the matrix: one need, or those that are one thing to a person who asks. */
export type Column = {
  key: RouteNeed;
  name: string;
  needs: readonly Need[];
  /** Belongs to a group that stands open before it. */
  isPart: boolean;
};

const NOTHING: CoverageCell = { state: 'not-researched', options: 0, verified: 0 };
/** What a person with several needs in one is told: the best there is. */
const BEST_FIRST: readonly CoverageState[] = ['verified', 'sole', 'partial', 'stale'];

/** What a country has for a need or a group of needs. That there is none is said by the first of them, which every list is about. */
export function cellOf({ cells }: Pick<CoverageRow, 'cells'>, needs: readonly Need[]): CoverageCell {
  const found = needs.map((need) => cells[need] ?? NOTHING);
  const best = BEST_FIRST.map((state) => found.find((cell) => cell.state === state)).find((cell) => cell !== undefined);
  return best ?? found[0] ?? NOTHING;
}

export function isAsked(cell: CoverageCell, asked: Asked): boolean {
  return asked === 'single' ? cell.options === 1 : cell.state === asked;
}

/** One column per need a person may ask by; `isOpen` shows what is behind the group too. */
export function useColumns(isOpen: boolean): Column[] {
  const { t } = useWords();
  return useMemo(() => {
    const single = (need: Need, isPart: boolean): Column => ({
      key: need,
      name: needName(need, t),
      needs: [need],
      isPart,
    });
    return ASKABLE.flatMap((key): Column[] =>
      key === 'csam-online'
        ? [
            { key, name: routeNeedName(key, t), needs: CSAM_ONLINE, isPart: false },
            ...(isOpen ? CSAM_ONLINE.map((need) => single(need, true)) : []),
          ]
        : [single(key, false)],
    );
  }, [isOpen, t]);
}

export function useCoverage() {
  return useQuery({
    queryKey: ['coverage', 'matrix'],
    queryFn: ({ signal }) => api.get<CoverageMatrix>('/coverage', { signal }),
  });
}

/** Every country of the world or a region by name; one the directory knows nothing of is there too, since nobody looked there. */
export function useCoverageRows(matrix: CoverageMatrix | undefined, view: View): CoverageRow[] {
  const { locale } = useWords();
  return useMemo(() => {
    if (!matrix) return [];
    const found = new Map(matrix.countries.map(({ country, cells }) => [country, cells]));
    const inside = areaCountries(view);
    const order = new Intl.Collator(locale);
    return COUNTRIES.filter(isCountry)
      .filter((country) => inside === 'world' || inside.includes(country))
      .map((country) => ({ country, cells: found.get(country) ?? {}, name: countryName(country, locale) }))
      .sort((a, b) => order.compare(a.name, b.name));
  }, [matrix, view, locale]);
}
