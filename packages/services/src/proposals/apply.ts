import { setImmediate as othersTurn } from 'node:timers/promises';
import {
  contentHash,
  NAMES_WHAT_IS_GONE,
  parseDocument,
  recordStateRefusal,
  REASONS_WITH_SUCCESSOR,
  referencesOf,
  refuse,
  stateAfter,
  type DirectoryRecord,
  type Entry,
  type Organisation,
  type RecordReference,
  type Retirement,
} from '@waymark/domain';
import {
  contributorsOf,
  findRecord,
  liftSuspensions,
  openAlarmsOf,
  orThrow,
  Problem,
  putRecord,
  recordReferences,
  slugOwner,
  updateProposal,
  type Change,
  type ProposalRecord,
} from '@waymark/store';
import { projectChange, projectStanding } from '../standing/project.ts';
import { followMerge, RECORDS_AT_ONCE } from './followMerge.ts';
import { isMerge, moveBases, moveLinks, type Merge } from './moveBases.ts';

/**
 * Makes an approved proposal part of the directory, in the transaction of its last approval: record, revision,
 * tombstone of a merged record and the links that follow it, what follows for verification, and the bases of other open proposals.
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
  await refuseBrokenReferences(change, proposal, doc, current?.doc);
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
  const moved = isMerge(proposal)
    ? [await retireMerged(change, proposal), ...(await followMerge(change, proposal))]
    : [];
  if (proposal.kind === 'lift') await liftSuspensions(tx, proposal.recordId, now);
  const closed = await updateProposal(tx, proposal.id, proposal.version, {
    state: 'applied',
    updatedAt: now,
    closedAt: now,
  });
  if (!closed) throw new Problem(refuse('stale-content'));
  const contributors = [...new Set((await contributorsOf(tx, proposal.id)).map(({ userId }) => userId))].sort();
  for (const [place, record] of [written, ...moved].entries()) {
    if (place % RECORDS_AT_ONCE === RECORDS_AT_ONCE - 1) await othersTurn();
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
    await moveBases(change, record, proposal);
  }
  if (isMerge(proposal)) await moveLinks(change, proposal);
  // What was seen of channels that were taken over, or given back, counts from here on.
  if (isMerge(proposal)) await projectStanding(tx, written.id);
  if (proposal.kind === 'restore') for (const id of successorsOf(current)) await projectStanding(tx, id);
  return closed;
}

async function refuseBrokenReferences(
  change: Change,
  proposal: ProposalRecord,
  doc: { slug: string },
  current: unknown,
): Promise<void> {
  const owner = await slugOwner(change.tx, proposal.recordType, doc.slug);
  if (owner !== undefined && owner !== proposal.recordId) throw new Problem(refuse('record-exists'));
  const wanted = referencesOf(proposal.recordType, doc);
  const known = await recordReferences(
    change.tx,
    wanted.map((w) => w.id),
  );
  const old = new Set(referencesOf(proposal.recordType, current).map(({ path, id }) => `${path} ${id}`));
  // A link to a record that left is not made anew: what is published would lead to a tombstone.
  const isDead = ({ path, id }: RecordReference) =>
    known[id]?.state === 'retired' && path !== NAMES_WHAT_IS_GONE && !old.has(`${path} ${id}`);
  const broken = wanted.filter((w) => known[w.id]?.type !== w.type || (proposal.kind !== 'retire' && isDead(w)));
  if (broken.length > 0) {
    throw new Problem(
      refuse(
        'unknown-reference',
        'Approve what the document refers to first',
        broken.map(({ path, id, type }) => ({
          path,
          message: known[id]
            ? `The ${type} with the id ${id} is retired`
            : `There is no ${type} with the id ${id} in the directory yet`,
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

/** Whom a merge retired this record into, if one did. */
function successorsOf(record: DirectoryRecord | undefined): readonly string[] {
  const retirement = record && 'retirement' in record.doc ? record.doc.retirement : undefined;
  return retirement?.reason === 'merged-into' ? retirement.successors : [];
}

/** The losing record of a merge becomes a tombstone that points to the winner. */
async function retireMerged(change: Change, proposal: Merge): Promise<DirectoryRecord> {
  const loser = await findRecord(change.tx, proposal.mergedId);
  if (!loser || loser.state === 'retired') throw new Problem(refuse('record-not-active'));
  if (loser.revision !== proposal.mergedRevision) throw new Problem(refuse('stale-base'));
  // An alarm stays with its record: merged, an address that somebody else may have taken over would look sound again.
  if ((await openAlarmsOf(change.tx, loser.id)).some(({ unsafe }) => unsafe))
    throw new Problem(refuse('unsafe-alarm-open'));
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
