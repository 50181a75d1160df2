import { useQuery } from '@tanstack/react-query';
import type { Permission } from '@waymark/domain';
import { api, isApiError, sessionEnd } from '../api.ts';
import type { Instance, Me } from '../contract.ts';

/** Who is signed in. The server decides on every request; this copy only spares asking it at every click. */

const FRESH_FOR = 30_000;

let known: { me: Promise<Me>; at: number } | undefined;

/**
 * The signed-in person.
 * @throws ApiError `not-signed-in`
 */
export function getMe(now = Date.now()): Promise<Me> {
  if (known === undefined || now - known.at > FRESH_FOR) {
    const me = api.get<Me>('/session');
    known = { me, at: now };
    // A failure is not kept: the next question asks again.
    me.catch(() => {
      if (known?.me === me) known = undefined;
    });
  }
  return known.me;
}

/** Keeps what signing in answered. */
export function setMe(me: Me): void {
  known = { me: Promise.resolve(me), at: Date.now() };
}

export function forgetMe(): void {
  known = undefined;
}

export function isSignedIn(): boolean {
  return known !== undefined;
}

sessionEnd.addEventListener('end', forgetMe);

/** The signed-in person, for screens inside the layout; undefined until it is known. */
export function useMe(): Me | undefined {
  return useQuery({ queryKey: ['session'], queryFn: () => getMe(), staleTime: FRESH_FOR }).data;
}

/** True when the signed-in person holds the permission; false until it is known. */
export function useMay(permission: Permission): boolean {
  return useMe()?.permissions.includes(permission) ?? false;
}

/** What the instance says about itself before anybody signs in. */
export function useInstance() {
  return useQuery({
    queryKey: ['instance'],
    queryFn: ({ signal }) => api.get<Instance>('/instance', { signal }),
    staleTime: 60_000,
    retry: (failures, error) => failures < 3 && (!isApiError(error) || error.status === 0),
  });
}
