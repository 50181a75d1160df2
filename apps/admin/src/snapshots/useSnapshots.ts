import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import type { Difference, Page, SnapshotRow, SnapshotStatus } from '../contract.ts';

/** Keys and their expiry, and whether this instance publishes. */
export function useSnapshotStatus() {
  return useQuery({
    queryKey: ['snapshots', 'status'],
    queryFn: ({ signal }) => api.get<SnapshotStatus>('/snapshots/status', { signal }),
  });
}

export function useSnapshot(sequence: string) {
  return useQuery({
    queryKey: ['snapshots', 'one', sequence],
    queryFn: ({ signal }) => api.get<SnapshotRow>(`/snapshots/${encodeURIComponent(sequence)}`, { signal }),
    // Its copies are on their way: somebody is waiting to see them arrive.
    refetchInterval: ({ state: { data } }) => (data?.state === 'published' && !data.reached ? 10_000 : false),
  });
}

/** The newest snapshots: what is published now, and what waits. */
export function useNewestSnapshots() {
  return useQuery({
    queryKey: ['snapshots', 'newest'],
    queryFn: ({ signal }) =>
      api.get<Page<SnapshotRow>>('/snapshots', { query: { page: 1, perPage: 50, sort: '-sequence' }, signal }),
  });
}

export function useDifference(from: number | undefined, to: number | undefined) {
  return useQuery({
    queryKey: ['snapshots', 'difference', from, to],
    queryFn: ({ signal }) => api.get<Difference>('/snapshots/difference', { query: { from, to }, signal }),
    enabled: from !== undefined && to !== undefined && from !== to,
  });
}
