import { useQuery } from '@tanstack/react-query';
import { api } from '../api.ts';
import type { StandingView, VerificationRow } from '../contract.ts';

/** How an entry stands now: confidence, dates, who is at it, what was agreed about contact. */
export function useStanding(id: string, isWanted = true) {
  return useQuery({
    queryKey: ['entries', 'standing', id],
    queryFn: ({ signal }) => api.get<StandingView>(`/entries/${id}/standing`, { signal }),
    enabled: isWanted,
  });
}

/** Every look at an entry, newest first. */
export function useVerifications(id: string, isWanted = true) {
  return useQuery({
    queryKey: ['entries', 'verifications', id],
    queryFn: ({ signal }) => api.get<{ data: VerificationRow[] }>(`/entries/${id}/verifications`, { signal }),
    select: ({ data }) => data,
    enabled: isWanted,
  });
}
