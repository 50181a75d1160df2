import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { api } from '../api.ts';
import type { ProposalView } from '../contract.ts';

/**
 * One proposal with everything a person needs to decide on it. Asked for again whenever the window is looked at, and read anew
 * each time the page opens: the page holds on to what it showed first, and that must not be what another visit had read.
 */
export function useProposal(id: string | undefined): UseQueryResult<ProposalView> {
  return useQuery({
    queryKey: ['proposals', 'view', id],
    enabled: id !== undefined,
    queryFn: ({ signal }) => api.get<ProposalView>(`/proposals/${id}`, { signal }),
    gcTime: 0,
    refetchOnWindowFocus: true,
  });
}

/** The same for the form: read once when it opens and never from a cache, since what is typed then lives in the form. */
export function useDraftToEdit(id: string | undefined): UseQueryResult<ProposalView> {
  return useQuery({
    queryKey: ['draft', id],
    enabled: id !== undefined,
    queryFn: ({ signal }) => api.get<ProposalView>(`/proposals/${id}`, { signal }),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}
