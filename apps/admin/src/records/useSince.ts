import { useQuery } from '@tanstack/react-query';
import { coversPath, type Change } from '@waymark/domain';
import { api } from '../api.ts';
import type { RevisionRow } from '../contract.ts';

/** How far back a value is followed; older ones are said to be at least that old. */
const STEPS = 15;

export type Since = { revision: RevisionRow; isAtLeast: boolean };

export function useRevisions(resource: string, id: string) {
  return useQuery({
    queryKey: [resource, 'revisions', id],
    queryFn: ({ signal }) => api.get<{ data: RevisionRow[] }>(`/${resource}/${id}/revisions`, { signal }),
    select: ({ data }) => [...data].sort((a, b) => b.revision - a.revision),
  });
}

/** The revision that brought the value at a path as it is now. Asked for only when somebody wants to know. */
export function useSince(resource: string, id: string, revision: number, path: string, isWanted: boolean) {
  const revisions = useRevisions(resource, id);
  return useQuery({
    queryKey: [resource, 'since', id, revision, path],
    enabled: isWanted && revisions.data !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }): Promise<Since | null> => {
      const all = revisions.data ?? [];
      let found = all.find((row) => row.revision === revision);
      for (const older of all.filter((row) => row.revision < revision).slice(0, STEPS)) {
        const { changes } = await api.get<{ changes: Change[] }>(`/${resource}/${id}/compare`, {
          query: { from: older.revision, to: revision },
          signal,
        });
        if (changes.some((change) => coversPath(change.path, path)))
          return found ? { revision: found, isAtLeast: false } : null;
        found = older;
      }
      return found ? { revision: found, isAtLeast: found.revision > 1 } : null;
    },
  });
}
