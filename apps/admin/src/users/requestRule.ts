import { refuse, type Permission, type Refusal } from '@waymark/domain';
import type { AdminRequest, Me } from '../contract.ts';

type Person = Pick<Me, 'id' | 'permissions'>;

function roleRefusal(me: Person, request: Pick<AdminRequest, 'kind'>): Refusal | null {
  const needed: Permission = request.kind === 'policy.change' ? 'policy.administer' : 'user.administer';
  return me.permissions.includes(needed) ? null : refuse('not-permitted');
}

/** Why this person cannot confirm: never one's own request (DESIGN §4.4, SECURITY A-07). The server has the last word. */
export function confirmRefusal(
  me: Person,
  request: Pick<AdminRequest, 'kind' | 'state' | 'requestedBy'>,
): Refusal | null {
  const role = roleRefusal(me, request);
  if (role) return role;
  if (request.state !== 'open') return refuse('request-closed');
  return request.requestedBy === me.id ? refuse('second-person-needed') : null;
}

/** Why this person cannot turn it down; one's own request can be taken back. */
export function refuseRefusal(me: Person, request: Pick<AdminRequest, 'kind' | 'state'>): Refusal | null {
  return roleRefusal(me, request) ?? (request.state === 'open' ? null : refuse('request-closed'));
}
