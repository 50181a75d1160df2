import { useQuery } from '@tanstack/react-query';
import { reviewInBrowser, type Reviewed } from './review.ts';

/** The review of a waiting snapshot by this browser; made once, again only when asked. */
export function useReview(sequence: number) {
  return useQuery<Reviewed>({
    queryKey: ['signing', 'review', sequence],
    queryFn: ({ signal }) => reviewInBrowser(sequence, signal),
    // Megabytes of bytes: neither compared nor kept longer than they are looked at.
    structuralSharing: false,
    gcTime: 0,
    staleTime: Infinity,
    retry: false,
  });
}
