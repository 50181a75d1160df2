import {
  approvalsFor,
  contentHash,
  mergeDocuments,
  parseDocument,
  recordStateRefusal,
  REASONS_WITH_SUCCESSOR,
  referencesOf,
  refuse,
  stateAfter,
  type Conflict,
  type DirectoryRecord,
  type Entry,
  type Organisation,
  type Retirement,
} from '@waymark/domain';
import {
  contributorsOf,
  currentPolicy,
  findRecord,
  findRevision,
  liftSuspensions,
  openProposalsOf,
  orThrow,
  Problem,
  putRecord,
  recordReferences,
  slugOwner,
  updateProposal,
  voidApprovals,
  type Change,
  type ProposalRecord,
} from '@waymark/store';
import { projectChange } from '../standing/project.ts';
import { assess } from './assess.ts';

/**
 * Makes an approved proposal part of the directory, in the transaction of its last approval: record, revision,
 * tombstone of a merged record, what follows for verification, and the bases of other open proposals.
 * @returns the proposal as it closed
 * @throws Problem when the world moved so that the proposal no longer fits; nothing is written then
 */
export async function applyProposal(
  change: Change,
  proposal: ProposalRecord,
  approverIds: readonly string[],
): Promise<ProposalRecord> {
  const { tx, now, audit } = change;
  const current = await findRecord(tx, proposal.recordId);
  orThrow(recordStateRefusal(proposal.kind, current?.state));
  if ((current?.revision ?? 0) !== proposal.baseRevision) throw new Problem(refuse('stale-base'));
  const parsed = parseDocument(proposal.recordType, proposal.doc);
  if (!parsed.ok) throw new Problem(refuse('document-invalid', undefined, parsed.problems));
  const { doc } = parsed;
  await refuseBrokenReferences(change, proposal, doc);
  await refuseUnfitRetirement(change, proposal, doc);

  const written = await putRecord(
    tx,
    {
      id: proposal.recordId,
      type: proposal.recordType,
      slug: doc.slug,
      state: stateAfter(proposal.kind, current?.state),
      contentHash: contentHash(doc),
      doc,
      proposalId: proposal.id,
      at: now,
    },
    proposal.baseRevision,
  );
  if (!written) throw new Problem(refuse('stale-base'));
  await projectChange(tx, current, written);
  const merged = proposal.kind === 'merge' ? await retireMerged(change, proposal) : undefined;
  if (proposal.kind === 'lift') await liftSuspensions(tx, proposal.recordId, now);
  const closed = await updateProposal(tx, proposal.id, proposal.version, {
    state: 'applied',
    updatedAt: now,
    closedAt: now,
  });
  if (!closed) throw new Problem(refuse('stale-content'));
  const contributors = [...new Set((await contributorsOf(tx, proposal.id)).map(({ userId }) => userId))].sort();
  for (const record of [written, ...(merged ? [merged] : [])]) {
    await audit('proposal.apply', `${record.type}:${record.id}`, {
      proposalId: proposal.id,
      kind: proposal.kind,
      revision: record.revision,
      state: record.state,
      contentHash: record.contentHash,
      proposalHash: proposal.contentHash,
      approvers: [...approverIds].sort(),
      contributors,
      policyVersion: proposal.policyVersion,
    });
    await moveBases(change, record, proposal.id);
  }
  return closed;
}

async function refuseBrokenReferences(change: Change, proposal: ProposalRecord, doc: { slug: string }): Promise<void> {
  const owner = await slugOwner(change.tx, proposal.recordType, doc.slug);
  if (owner !== undefined && owner !== proposal.recordId) throw new Problem(refuse('record-exists'));
  const wanted = referencesOf(proposal.recordType, doc);
  const known = await recordReferences(
    change.tx,
    wanted.map((w) => w.id),
  );
  const broken = wanted.filter((w) => known[w.id]?.type !== w.type);
  if (broken.length > 0) {
    throw new Problem(
      refuse(
        'unknown-reference',
        'Approve what the document refers to first',
        broken.map(({ path, id, type }) => ({
          path,
          message: `There is no ${type} with the id ${id} in the directory yet`,
        })),
      ),
    );
  }
}

async function refuseUnfitRetirement(
  change: Change,
  proposal: ProposalRecord,
  doc: { retirement?: Retirement | undefined } | object,
): Promise<void> {
  if (proposal.kind !== 'retire') return;
  const retirement = 'retirement' in doc ? doc.retirement : undefined;
  if (!retirement)
    throw new Problem(refuse('document-invalid', undefined, [{ path: '/retirement', message: 'Give the reason' }]));
  if (retirement.successors.length === 0) {
    if (REASONS_WITH_SUCCESSOR.includes(retirement.reason)) throw new Problem(refuse('successor-required'));
    return;
  }
  const successors = await recordReferences(change.tx, retirement.successors);
  const fit = retirement.successors.every((id) => id !== proposal.recordId && successors[id]?.state === 'active');
  if (!fit) throw new Problem(refuse('successor-not-active'));
}

/** The losing record of a merge becomes a tombstone that points to the winner. */
async function retireMerged(change: Change, proposal: ProposalRecord): Promise<DirectoryRecord> {
  const loser = proposal.mergedId === null ? undefined : await findRecord(change.tx, proposal.mergedId);
  if (!loser || loser.state === 'retired') throw new Problem(refuse('record-not-active'));
  if (loser.revision !== proposal.mergedRevision) throw new Problem(refuse('stale-base'));
  const retirement: Retirement = { reason: 'merged-into', successors: [proposal.recordId], redirect: 'auto' };
  const doc = { ...(loser.doc as Entry | Organisation), retirement };
  const written = await putRecord(
    change.tx,
    {
      id: loser.id,
      type: loser.type,
      slug: loser.slug,
      state: 'retired',
      contentHash: contentHash(doc),
      doc,
      proposalId: proposal.id,
      at: change.now,
    },
    loser.revision,
  );
  if (!written) throw new Problem(refuse('stale-base'));
  await projectChange(change.tx, loser, written);
  return written;
}

/**
 * Moves the other open proposals of a record onto its new revision (DESIGN §4.5): fields nobody else touched are merged
 * and approvals asked again; the same field becomes a conflict a person must decide.
 */
async function moveBases(change: Change, record: DirectoryRecord, appliedId: string): Promise<void> {
  const { tx, now, audit } = change;
  for (const open of await openProposalsOf(tx, record.id, appliedId)) {
    const { doc, conflicts } = await rebased(change, open, record);
    const content = open.recordId === record.id ? { ...open, doc, baseRevision: record.revision } : open;
    const assessed = await assess(tx, conflicts.length > 0 ? open : content, record.doc);
    const { version: policyVersion, policy } = await currentPolicy(tx);
    await voidApprovals(tx, open.id, now);
    const set =
      conflicts.length > 0
        ? { conflicts }
        : {
            conflicts,
            doc: assessed.doc,
            baseRevision: content.baseRevision,
            contentHash: assessed.contentHash,
            risk: assessed.risk,
            requiredApprovals: approvalsFor(assessed.risk, policy),
            policyVersion,
          };
    await updateProposal(tx, open.id, open.version, { ...set, updatedAt: now });
    await audit('proposal.rebase', `proposal:${open.id}`, {
      onto: record.revision,
      conflicts: conflicts.map((c) => c.path),
      contentHash: conflicts.length > 0 ? open.contentHash : assessed.contentHash,
    });
  }
}

async function rebased(
  change: Change,
  open: ProposalRecord,
  record: DirectoryRecord,
): Promise<{ doc: unknown; conflicts: Conflict[] }> {
  if (open.recordId !== record.id) {
    // The record a merge would retire moved: only a person can say what that means for the united document.
    return { doc: open.doc, conflicts: [{ path: '/merged', label: 'Merged record' }] };
  }
  if (open.kind === 'create') return { doc: open.doc, conflicts: [{ path: '/id', label: 'Id' }] };
  const base = await findRevision(change.tx, record.id, open.baseRevision);
  const { merged, conflicts } = mergeDocuments(base?.doc, record.doc, open.doc);
  return { doc: merged, conflicts };
}
