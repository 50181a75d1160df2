import type { PolicyVersion } from '@waymark/domain';
import { listPolicies, type Context } from '@waymark/store';

export type PolicyHistory = PolicyVersion & { history: (PolicyVersion & { requestId: string | null })[] };

/** The policy in force and all before it, newest first. */
export async function policyHistory(ctx: Pick<Context, 'store'>): Promise<PolicyHistory> {
  const history = await listPolicies(ctx.store.read);
  const [newest] = history;
  if (!newest) throw new Error('This instance has no policy: it was never created');
  return { version: newest.version, policy: newest.policy, since: newest.since, history };
}
