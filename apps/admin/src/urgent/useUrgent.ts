import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import type { UrgentView } from '../contract.ts';
import { reviewUrgentHere } from './signUrgent.ts';

/** The urgent list and what this browser makes of it; looked at again every half minute, for it is urgent. */
export function useUrgent() {
  return useQuery({
    queryKey: ['urgent'],
    queryFn: async ({ signal }) => {
      const view = await api.get<UrgentView>('/urgent/request', { signal });
      return { view, review: await reviewUrgentHere(view) };
    },
    structuralSharing: false,
    refetchInterval: 30_000,
  });
}
