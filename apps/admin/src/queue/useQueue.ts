import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import type { QueueItem } from '../contract.ts';

/** What waits for the signed-in person; looked at again every minute. */
export function useQueue() {
  return useQuery({
    queryKey: ['queue'],
    queryFn: ({ signal }) => api.get<{ data: QueueItem[]; total: number }>('/queue', { signal }),
    refetchInterval: 60_000,
  });
}
