import { approvalsFor, editRefusal, refuse } from '@waymark/domain';
import {
  addContributor,
  change,
  currentPolicy,
  findProposal,
  findRecord,
  orThrow,
  Problem,
  updateProposal,
  voidApprovals,
  type Context,
} from '@waymark/store';
import { assess } from './assess.ts';
import { baseDocument, nameOf } from './document.ts';
import { receiptOf, type Receipt } from './receipt.ts';
import { showProposal, type ProposalView } from './show.ts';

export type ProposalEdit = {
  doc?: unknown;
  summary?: string | undefined;
  /** Says that a person chose a value for every conflict: the document then stands on the record as it is now. */
  resolvedConflicts?: true | undefined;
};

/**
 * Saves an edit of an open proposal. New content makes every approval void and takes the proposal out of review.
 * Whoever edits becomes a contributor.
 * @param ifVersion version the editor read
 * @throws Problem not-found, not-permitted, proposal-closed, stale-revision
 */
export async function editProposal(
  ctx: Context,
  id: string,
  edit: ProposalEdit,
  ifVersion: number,
): Promise<ProposalView> {
  await save(ctx, id, edit, ifVersion);
  return showProposal(ctx, id);
}

/** `editProposal` without showing the result. @throws as `editProposal` */
export function save(ctx: Context, id: string, edit: ProposalEdit, ifVersion: number): Promise<Receipt> {
  return change(ctx, 'proposal.write', async ({ tx, actor, now, audit }) => {
    const proposal = await findProposal(tx, id);
    if (!proposal) throw new Problem(refuse('not-found'));
    orThrow(editRefusal(proposal, actor));
    if (proposal.version !== ifVersion) throw new Problem(refuse('stale-revision'));
    const current = await findRecord(tx, proposal.recordId);
    const merged = proposal.mergedId === null ? undefined : await findRecord(tx, proposal.mergedId);
    const content = {
      ...proposal,
      doc: edit.doc === undefined ? proposal.doc : edit.doc,
      ...(edit.resolvedConflicts
        ? { baseRevision: current?.revision ?? 0, mergedRevision: merged?.revision ?? null, conflicts: [] }
        : {}),
    };
    const base = await baseDocument(tx, content);
    const assessed = await assess(tx, content, base);
    const moved = assessed.contentHash !== proposal.contentHash;
    const { version: policyVersion, policy } = await currentPolicy(tx);
    // Void first: the database refuses new content under standing approvals, and an approver who edits.
    const voided = moved ? await voidApprovals(tx, id, now) : 0;
    const saved = await updateProposal(tx, id, ifVersion, {
      doc: assessed.doc,
      contentHash: assessed.contentHash,
      baseRevision: content.baseRevision,
      mergedRevision: content.mergedRevision,
      conflicts: content.conflicts,
      risk: assessed.risk,
      requiredApprovals: approvalsFor(assessed.risk, policy),
      policyVersion,
      recordName: nameOf(proposal.recordType, assessed.doc) || proposal.recordName,
      summary: edit.summary ?? proposal.summary,
      state: moved && proposal.state === 'in-review' ? 'draft' : proposal.state,
      updatedAt: now,
    });
    if (!saved) throw new Problem(refuse('stale-revision'));
    if (moved) await addContributor(tx, id, actor.id, actor.id === proposal.authorId ? 'author' : 'co-editor', now);
    await audit('proposal.edit', `proposal:${id}`, {
      version: saved.version,
      contentHash: assessed.contentHash,
      voidedApprovals: voided,
      paths: assessed.changes.map((c) => c.path).slice(0, 100),
    });
    return receiptOf(saved);
  });
}
