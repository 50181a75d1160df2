import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import type { Page } from '../contract.ts';
import type { BatchListed, BatchRow, BatchView, Selected } from './contract.ts';
import { queryOf, type RowFilter } from './rowFilter.ts';

export const batchHref = (id: string): string => `/batches/${id}`;

/** One page of batches, the newest first. */
export function useBatches(page: { page: number; perPage: number }) {
  return useQuery({
    queryKey: ['batches', 'list', page],
    queryFn: ({ signal }) => api.get<Page<BatchListed>>('/batches', { query: page, signal }),
    placeholderData: keepPreviousData,
  });
}

/** One batch with how far its proposals are. */
export function useBatch(id: string) {
  return useQuery({
    queryKey: ['batches', 'view', id],
    queryFn: ({ signal }) => api.get<BatchView>(`/batches/${id}`, { signal }),
  });
}

/** One page of the rows that fit a filter. */
export function useBatchRows(id: string, filter: RowFilter, page: { page: number; perPage: number }) {
  return useQuery({
    queryKey: ['batches', 'rows', id, filter, page],
    queryFn: ({ signal }) =>
      api.get<Page<BatchRow>>(`/batches/${id}/rows`, { query: { ...queryOf(filter), ...page }, signal }),
    placeholderData: keepPreviousData,
  });
}

/**
 * What a filter leaves of a batch for one action, across all pages, with the hashes as they were when the page was opened: they stand for
 * what was seen, so nothing but a person's wish reads them again.
 */
export function useSelection(id: string, action: 'approve' | 'submit', filter: RowFilter, enabled: boolean) {
  return useQuery({
    queryKey: ['batches', 'selection', id, action, filter],
    enabled,
    queryFn: ({ signal }) =>
      api.get<{ data: Selected[]; total: number }>(`/batches/${id}/selection`, {
        query: { ...queryOf(filter), action },
        signal,
      }),
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    gcTime: 0,
  });
}
