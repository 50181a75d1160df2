import { refuse } from '@waymark/domain';
import {
  change,
  decideAdminRequest,
  findAdminRequest,
  orThrow,
  Problem,
  type Context,
  type NamedAdminRequest,
} from '@waymark/store';
import { refuseRefusal } from './rule.ts';

/**
 * Turns a request down, or takes one's own back.
 * @throws Problem `not-found`, `not-permitted`, `request-closed`
 */
export function refuseAdminRequest(ctx: Context, id: string): Promise<NamedAdminRequest> {
  return change(ctx, 'user.administer', async ({ tx, actor, audit, now }) => {
    const request = await findAdminRequest(tx, id);
    if (!request) throw new Problem(refuse('not-found'));
    orThrow(refuseRefusal(request, actor));
    if (!(await decideAdminRequest(tx, id, { state: 'refused', decidedBy: actor.id, decidedAt: now }))) {
      throw new Problem(refuse('request-closed'));
    }
    const isPolicy = request.kind === 'policy.change';
    await audit(isPolicy ? 'policy.refuse' : 'user.refuse', isPolicy ? `policy:${id}` : `user:${request.subject}`, {
      request: id,
      kind: request.kind,
    });
    return (await findAdminRequest(tx, id))!; // Never deleted.
  });
}
