import { approvalsFor, mergeDocuments, relink, type Conflict, type DirectoryRecord } from '@waymark/domain';
import {
  currentPolicy,
  findRevision,
  openProposalsHolding,
  openProposalsOf,
  updateProposal,
  voidApprovals,
  type Change,
  type ProposalRecord,
} from '@waymark/store';
import { assess } from './assess.ts';
import { baseDocument } from './document.ts';

/** A proposal that retires one record into another. */
export type Merge = ProposalRecord & { mergedId: string };

export function isMerge(proposal: ProposalRecord): proposal is Merge {
  return proposal.kind === 'merge' && proposal.mergedId !== null;
}

/**
 * Moves the other open proposals of a record onto its new revision (DESIGN §4.5): fields nobody else touched are merged
 * and approvals asked again; the same field becomes a conflict a person must decide.
 * @param applied the proposal that made the revision; after a merge, what names the record that went names the one that stays
 */
export async function moveBases(change: Change, record: DirectoryRecord, applied: ProposalRecord): Promise<void> {
  for (const open of await openProposalsOf(change.tx, record.id, applied.id)) {
    const { doc, conflicts } = await rebased(change, open, record, applied);
    const content = open.recordId === record.id ? { ...open, doc, baseRevision: record.revision } : open;
    const isSettled = conflicts.length === 0;
    await put(change, open, isSettled ? content : open, { conflicts, base: record.doc, onto: record.revision });
  }
}

/** After a merge: what other open proposals name of the record that went names the one that stays. Approvals are asked again. */
export async function moveLinks(change: Change, { id, recordId, mergedId }: Merge): Promise<void> {
  for (const open of await openProposalsHolding(change.tx, mergedId)) {
    if (open.id === id || open.recordId === mergedId || open.mergedId === mergedId) continue;
    const doc = relink(open.recordType, open.doc, mergedId, recordId);
    // The id may stand in a text.
    if (doc === open.doc) continue;
    const base = await baseDocument(change.tx, open);
    await put(
      change,
      open,
      { ...open, doc },
      { conflicts: open.conflicts, base, onto: open.baseRevision, always: true },
    );
  }
}

async function put(
  { tx, now, audit }: Change,
  open: ProposalRecord,
  content: ProposalRecord,
  { conflicts, base, onto, always = false }: { conflicts: Conflict[]; base: unknown; onto: number; always?: boolean },
): Promise<void> {
  const assessed = await assess(tx, content, base);
  const { version: policyVersion, policy } = await currentPolicy(tx);
  await voidApprovals(tx, open.id, now);
  const isMoved = conflicts.length === 0 || always;
  const set = isMoved
    ? {
        conflicts,
        doc: assessed.doc,
        baseRevision: content.baseRevision,
        contentHash: assessed.contentHash,
        risk: assessed.risk,
        requiredApprovals: approvalsFor(assessed.risk, policy),
        policyVersion,
      }
    : { conflicts };
  await updateProposal(tx, open.id, open.version, { ...set, updatedAt: now });
  await audit('proposal.rebase', `proposal:${open.id}`, {
    onto,
    conflicts: conflicts.map((c) => c.path),
    contentHash: isMoved ? assessed.contentHash : open.contentHash,
  });
}

async function rebased(
  change: Change,
  open: ProposalRecord,
  record: DirectoryRecord,
  applied: ProposalRecord,
): Promise<{ doc: unknown; conflicts: Conflict[] }> {
  if (open.recordId !== record.id) {
    // The record a merge would retire moved: only a person can say what that means for the united document.
    return { doc: open.doc, conflicts: [{ path: '/merged', label: 'Merged record' }] };
  }
  if (open.kind === 'create') return { doc: open.doc, conflicts: [{ path: '/id', label: 'Id' }] };
  const base = await findRevision(change.tx, record.id, open.baseRevision);
  // A link that both sides let follow is no conflict.
  const follow = (doc: unknown) =>
    isMerge(applied) ? relink(record.type, doc, applied.mergedId, applied.recordId) : doc;
  const { merged, conflicts } = mergeDocuments(follow(base?.doc), record.doc, follow(open.doc));
  return { doc: merged, conflicts };
}
