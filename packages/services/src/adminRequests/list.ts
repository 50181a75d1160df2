import { isPermitted, refuse } from '@waymark/domain';
import {
  findActor,
  listAdminRequests as queryRequests,
  Problem,
  type AdminRequestQuery,
  type Context,
  type NamedAdminRequest,
} from '@waymark/store';

/** @throws Problem `not-permitted` */
export async function listAdminRequests(
  ctx: Context,
  query: AdminRequestQuery,
): Promise<{ data: NamedAdminRequest[]; total: number }> {
  const actor = await findActor(ctx.store.read, ctx.actorId);
  if (!actor || !isPermitted(actor, 'user.read')) throw new Problem(refuse('not-permitted'));
  return queryRequests(ctx.store.read, query);
}
