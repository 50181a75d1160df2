import type { Policy, Role } from '@waymark/domain';
import { api } from '../api.ts';
import { useVerb, type VerbOptions } from '../common/useVerb.ts';
import type { AdminRequest } from '../contract.ts';

/** What one admin may ask another to confirm. */
export type AdminRequestInput =
  | { kind: 'user.create'; payload: { name: string; email: string; roles: readonly Role[] } }
  | { kind: 'user.roles'; subject: string; payload: { roles: readonly Role[] } }
  | { kind: 'user.reset' | 'user.enable' | 'user.erase'; subject: string; payload: Record<string, never> }
  | { kind: 'policy.change'; payload: Policy };

/** Asks for something that a second admin must confirm. */
export function useAdminRequest(options: VerbOptions<AdminRequest> = {}) {
  return useVerb((input: AdminRequestInput) => api.post<AdminRequest>('/admin-requests', input), {
    done: 'users.request.asked',
    refresh: ['admin-requests'],
    ...options,
  });
}
