import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { UnitableType } from '@waymark/domain';
import { api } from '../api.ts';
import type { DuplicateList, DuplicatePair } from './contract.ts';

export const PER_PAGE = 25;

/** Looked at again while the server still looks through the directory. */
const AGAIN = 2_000;

export type DuplicateQuery = { type: UnitableType; dismissed?: boolean; record?: string | undefined; page?: number };

/** Pairs that may be one, the likeliest first; with `record` those of one record alone. */
export function useDuplicates({ type, dismissed = false, record, page = 1 }: DuplicateQuery) {
  return useQuery({
    queryKey: ['duplicates', 'list', type, dismissed, record, page],
    queryFn: ({ signal }) =>
      api.get<DuplicateList>('/duplicates', {
        query: { type, page, perPage: PER_PAGE, ...(dismissed && { dismissed }), ...(record && { record }) },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.state === 'working' ? AGAIN : false),
  });
}

/** Two records side by side, and what they would be as one. */
export function useDuplicatePair(stays: string | null, goes: string | null) {
  return useQuery({
    queryKey: ['duplicates', 'pair', stays, goes],
    enabled: stays !== null && goes !== null,
    queryFn: ({ signal }) => api.get<DuplicatePair>(`/duplicates/${stays}/${goes}`, { signal }),
  });
}

/** Where two records are compared and merged. */
export const mergeHref = (type: UnitableType, stays: string, goes?: string): string =>
  `/duplicates/merge?${new URLSearchParams({ type, stays, ...(goes !== undefined && { goes }) }).toString()}`;
