import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { RoleStatus } from '../contract.ts';
import { useMe } from '../session/current.ts';
import { useSnapshotStatus } from '../snapshots/useSnapshots.ts';
import { findNoSupport, type BrowserKey, type BrowserRole, type NoSupport } from './browserKey.ts';
import { findKey } from './browserStore.ts';

/** What is asked of the browser itself needs no network, and does not change by itself. */
const LOCAL = { networkMode: 'always', staleTime: Infinity, retry: false } as const;

/** Why this browser cannot hold keys; null when it can, undefined until that is known. */
export function useNoSupport(): NoSupport | null | undefined {
  return useQuery({
    queryKey: ['browser-keys', 'support'],
    queryFn: async () => (await findNoSupport()) ?? null,
    ...LOCAL,
  }).data;
}

/** The signed-in person's key for a role in this browser; `data` is null when there is none. */
export function useBrowserKey(role: BrowserRole) {
  const me = useMe();
  return useQuery<BrowserKey | null>({
    queryKey: ['browser-keys', me?.id, role],
    queryFn: async () => (me && (await findKey(me.id, role))) ?? null,
    enabled: me !== undefined,
    // A key is a thing of the browser, not data to be compared.
    structuralSharing: false,
    ...LOCAL,
  });
}

/** Reads the keys again, after one was made or deleted. */
export function useKeysChanged(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: ['browser-keys'] });
}

/** The role as the published root knows it; undefined while nothing is published, or until it is known. */
export function useRoleInRoot(role: BrowserRole): RoleStatus | undefined {
  return useSnapshotStatus().data?.roles.find((each) => each.role === role);
}
