import { refuse, withdrawRefusal } from '@waymark/domain';
import { change, contributorsOf, findProposal, orThrow, Problem, updateProposal, type Context } from '@waymark/store';
import { showProposal, type ProposalView } from './show.ts';

/**
 * Takes an open proposal back. It stays readable.
 * @throws Problem not-found, not-permitted, not-a-contributor, proposal-closed
 */
export async function withdrawProposal(ctx: Context, id: string): Promise<ProposalView> {
  await change(ctx, 'proposal.write', async ({ tx, actor, now, audit }) => {
    const proposal = await findProposal(tx, id);
    if (!proposal) throw new Problem(refuse('not-found'));
    const contributorIds = (await contributorsOf(tx, id)).map((c) => c.userId);
    orThrow(withdrawRefusal({ state: proposal.state, contributorIds }, actor));
    const saved = await updateProposal(tx, id, proposal.version, { state: 'withdrawn', updatedAt: now, closedAt: now });
    if (!saved) throw new Problem(refuse('stale-revision'));
    await audit('proposal.withdraw', `proposal:${id}`, { contentHash: proposal.contentHash });
  });
  return showProposal(ctx, id);
}
