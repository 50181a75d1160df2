import { refuse, withdrawRefusal } from '@waymark/domain';
import {
  change,
  contributorsOf,
  findProposal,
  orThrow,
  Problem,
  updateProposal,
  type Change,
  type Context,
  type ProposalRecord,
} from '@waymark/store';
import { showProposal, type ProposalView } from './show.ts';

/**
 * Takes an open proposal back. It stays readable.
 * @throws Problem not-found, not-permitted, not-a-contributor, proposal-closed
 */
export async function withdrawProposal(ctx: Context, id: string): Promise<ProposalView> {
  await change(ctx, 'proposal.write', async (door) => {
    const proposal = await findProposal(door.tx, id);
    if (!proposal) throw new Problem(refuse('not-found'));
    await withdrawIn(door, proposal);
  });
  return showProposal(ctx, id);
}

/** `withdrawProposal` as a part of a change that does more. @throws as `withdrawProposal` */
export async function withdrawIn({ tx, actor, now, audit }: Change, proposal: ProposalRecord): Promise<void> {
  const { id, state, version, contentHash } = proposal;
  const contributorIds = (await contributorsOf(tx, id)).map((c) => c.userId);
  orThrow(withdrawRefusal({ state, contributorIds }, actor));
  const saved = await updateProposal(tx, id, version, { state: 'withdrawn', updatedAt: now, closedAt: now });
  if (!saved) throw new Problem(refuse('stale-revision'));
  await audit('proposal.withdraw', `proposal:${id}`, { contentHash });
}
