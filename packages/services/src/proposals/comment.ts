import { commentRefusal, CommentText, refuse, type Comment } from '@waymark/domain';
import {
  change,
  findComment,
  findProposal,
  insertComment,
  orThrow,
  Problem,
  resolveCommentRow,
  type Context,
} from '@waymark/store';

/**
 * Adds a remark to a proposal, or to one field of it.
 * @param remark.path JSON path of the field as in the diff, absent for the whole proposal
 * @throws Problem not-found, not-permitted, comment-required
 */
export function commentProposal(
  ctx: Context,
  proposalId: string,
  remark: { text: string; path?: string | undefined },
): Promise<Comment> {
  return change(ctx, 'proposal.comment', async ({ tx, actor, now, newId, audit }) => {
    orThrow(commentRefusal(actor));
    if (!(await findProposal(tx, proposalId))) throw new Problem(refuse('not-found'));
    const text = CommentText.safeParse(remark.text);
    if (!text.success) throw new Problem(refuse('comment-required', text.error.issues[0]?.message));
    const row = await insertComment(tx, {
      id: newId(),
      proposalId,
      path: remark.path ?? null,
      text: text.data,
      authorId: actor.id,
      at: now,
      resolvedAt: null,
      resolvedBy: null,
    });
    await audit('proposal.comment', `proposal:${proposalId}`, { commentId: row.id, path: row.path, text: row.text });
    return { ...row, authorName: actor.name };
  });
}

/**
 * Marks a remark as settled; its text stays.
 * @throws Problem not-found, not-permitted, already-resolved
 */
export function resolveComment(ctx: Context, proposalId: string, commentId: string): Promise<Comment> {
  return change(ctx, 'proposal.comment', async ({ tx, actor, now, audit }) => {
    orThrow(commentRefusal(actor));
    if (!(await findComment(tx, proposalId, commentId))) throw new Problem(refuse('not-found'));
    const row = await resolveCommentRow(tx, proposalId, commentId, actor.id, now);
    if (!row) throw new Problem(refuse('already-resolved'));
    await audit('proposal.resolve-comment', `proposal:${proposalId}`, { commentId });
    return { ...row, authorName: row.authorId };
  });
}
