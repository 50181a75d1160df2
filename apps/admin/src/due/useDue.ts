import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import type { DueRow, DueSummary, Page } from '../contract.ts';
import { useMay } from '../session/current.ts';
import { toQuery, type DueFilter } from './dueFilter.ts';

const STEP = 500;

/** The queue of checks, in the order of the server: 500 at a time. */
export function useDueRows(filter: DueFilter) {
  const query = toQuery(filter);
  return useInfiniteQuery({
    queryKey: ['due', 'rows', query],
    initialPageParam: 1,
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<DueRow>>('/due', { query: { ...query, page: pageParam, perPage: STEP }, signal }),
    getNextPageParam: ({ page, perPage, total }) => (page * perPage < total ? page + 1 : undefined),
    select: ({ pages }) => ({ rows: pages.flatMap(({ data }) => data), total: pages.at(-1)?.total ?? 0 }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

/** How much is due, how much was done today, and who has how much. */
export function useDueSummary() {
  const mayRead = useMay('verification.read');
  return useQuery({
    queryKey: ['due', 'summary'],
    queryFn: ({ signal }) => api.get<DueSummary>('/due/summary', { signal }),
    enabled: mayRead,
    refetchInterval: 60_000,
  });
}
