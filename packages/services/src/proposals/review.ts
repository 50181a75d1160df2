import { approvalsMissing, refuse, reviewRefusal, type Decision } from '@waymark/domain';
import {
  change,
  contributorsOf,
  findProposal,
  insertReview,
  orThrow,
  Problem,
  standingApprovers,
  updateProposal,
  voidApprovals,
  type Context,
} from '@waymark/store';
import { applyProposal } from './apply.ts';
import { receiptOf, type Receipt } from './receipt.ts';
import { showProposal, type ProposalView } from './show.ts';

export type Judgement = {
  decision: Decision;
  /** Hash of the content the reviewer saw. */
  contentHash: string;
  /** Required for request-changes and decline. */
  comment?: string | undefined;
};

const ACTIONS = {
  approve: 'proposal.approve',
  'request-changes': 'proposal.request-changes',
  decline: 'proposal.decline',
} as const;

/**
 * Records a reviewer's decision; the approval that completes the count applies the proposal in the same transaction.
 * @throws Problem own-contribution, stale-content, not-in-review, already-approved, comment-required, stale-base,
 *   unknown-reference and the other refusals of applying
 */
export async function reviewProposal(ctx: Context, id: string, judgement: Judgement): Promise<ProposalView> {
  await judge(ctx, id, judgement);
  return showProposal(ctx, id);
}

/** `reviewProposal` without showing the result. @throws as `reviewProposal` */
export function judge(ctx: Context, id: string, judgement: Judgement): Promise<Receipt> {
  return change(ctx, 'proposal.review', async (door) => {
    const { tx, actor, now, newId, audit } = door;
    const proposal = await findProposal(tx, id);
    if (!proposal) throw new Problem(refuse('not-found'));
    const facts = {
      ...proposal,
      contributorIds: (await contributorsOf(tx, id)).map((c) => c.userId),
      approverIds: await standingApprovers(tx, id, proposal.contentHash),
      conflictCount: proposal.conflicts.length,
    };
    const comment = judgement.comment?.trim() ?? '';
    orThrow(reviewRefusal(facts, actor, { decision: judgement.decision, seenHash: judgement.contentHash, comment }));
    const review = {
      id: newId(),
      proposalId: id,
      reviewerId: actor.id,
      decision: judgement.decision,
      contentHash: judgement.contentHash,
    };
    await insertReview(tx, { ...review, comment: comment === '' ? null : comment, at: now, voidedAt: null });
    await audit(ACTIONS[judgement.decision], `proposal:${id}`, {
      reviewId: review.id,
      contentHash: review.contentHash,
    });
    // An event of its own: signers are shown that somebody approved, without the words, and the words can be erased.
    if (comment !== '') await audit('proposal.comment', `proposal:${id}`, { reviewId: review.id, comment });
    if (judgement.decision === 'approve') {
      const approverIds = [...facts.approverIds, actor.id];
      if (approvalsMissing({ approverIds, requiredApprovals: proposal.requiredApprovals }) === 0) {
        return receiptOf(await applyProposal(door, proposal, approverIds));
      }
      return receiptOf(proposal);
    }
    await voidApprovals(tx, id, now);
    const saved = await updateProposal(tx, id, proposal.version, {
      state: judgement.decision === 'decline' ? 'declined' : 'changes-requested',
      updatedAt: now,
      ...(judgement.decision === 'decline' ? { closedAt: now } : {}),
    });
    if (!saved) throw new Problem(refuse('stale-content'));
    return receiptOf(saved);
  });
}
