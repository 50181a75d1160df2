import { isPermitted, refuse, type Actor, type Permission, type Refusal } from '@waymark/domain';
import type { AdminRequestRow } from '@waymark/store';

type Facts = Pick<AdminRequestRow, 'kind' | 'state' | 'requestedBy'>;

/** The permission a kind of request takes, to ask and to decide. */
export function permissionFor(kind: AdminRequestRow['kind']): Permission {
  return kind === 'policy.change' ? 'policy.administer' : 'user.administer';
}

/** Who may confirm a request: an admin other than the one who asked (SECURITY A-07). The table has the same rule. */
export function confirmRefusal(request: Facts, actor: Actor): Refusal | undefined {
  if (!isPermitted(actor, permissionFor(request.kind))) return refuse('not-permitted');
  if (request.state !== 'open') return refuse('request-closed');
  if (request.requestedBy === actor.id) return refuse('second-person-needed');
  return undefined;
}

/** Who may refuse a request: any admin; who asked takes it back this way. */
export function refuseRefusal(request: Facts, actor: Actor): Refusal | undefined {
  if (!isPermitted(actor, permissionFor(request.kind))) return refuse('not-permitted');
  return request.state === 'open' ? undefined : refuse('request-closed');
}
