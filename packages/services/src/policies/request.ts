import { canonicalJson, refuse, type Policy } from '@waymark/domain';
import {
  change,
  findAdminRequest,
  findOpenAdminRequest,
  currentPolicy,
  insertAdminRequest,
  Problem,
  type Context,
  type NamedAdminRequest,
} from '@waymark/store';

/**
 * Asks for another policy. Nothing happens until a second admin confirms.
 * @throws Problem `not-permitted`, `nothing-changed`, `another-open-proposal`
 */
export function requestPolicyChange(ctx: Context, policy: Policy): Promise<NamedAdminRequest> {
  return change(ctx, 'policy.administer', async ({ tx, actor, audit, now, newId }) => {
    const current = await currentPolicy(tx);
    if (canonicalJson(current.policy) === canonicalJson(policy))
      throw new Problem(refuse('nothing-changed', 'This is the policy in force'));
    if (await findOpenAdminRequest(tx, 'policy.change', 'policy')) {
      throw new Problem(
        refuse('another-open-proposal', 'An open request asks for another policy already; decide that one first'),
      );
    }
    const id = newId();
    await insertAdminRequest(tx, {
      id,
      kind: 'policy.change',
      subject: 'policy',
      payload: policy,
      requestedBy: actor.id,
      requestedAt: now,
    });
    await audit('policy.request', `policy:${current.version}`, { request: id, policy });
    return (await findAdminRequest(tx, id))!; // Inserted a moment ago, in this transaction.
  });
}
