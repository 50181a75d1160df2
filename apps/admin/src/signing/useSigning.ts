import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import type { SigningView } from '@waymark/domain';

/** Who has signed a snapshot and who is missing; looked at again while signatures may come in. */
export function useSigning(sequence: number) {
  return useQuery({
    queryKey: ['snapshots', 'signing', sequence],
    queryFn: ({ signal }) => api.get<SigningView>(`/snapshots/${sequence}/signing`, { signal }),
    // Whoever comes back to it decides by it: what was true some seconds ago may be void.
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.state === 'open' ? 15_000 : false),
  });
}
