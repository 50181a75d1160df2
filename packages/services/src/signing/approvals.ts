import {
  canonicalJson,
  consistencyProof,
  contentHash,
  differingRecords,
  idsToProve,
  inTurn,
  isOtherThanVerification,
  refuse,
  type ApprovalLine,
  type DifferingRecord,
  type Manifest,
  type PublishedRecord,
  type ProvenRevision,
  type Tombstones,
} from '@waymark/domain';
import {
  findProposal,
  findRevision,
  listPolicies,
  onAuditTree,
  openedEvents,
  Problem,
  recentManifests,
  type ProposalRecord,
  type Reader,
} from '@waymark/store';
import { provenEvent } from './provenEvent.ts';

/** What of a snapshot takes approvals. */
export type ToApprove = { directory: AsyncIterable<string>; tombstones: Tombstones };

/**
 * The lines of `approvals.ndjson`: for everything that clients get anew, who approved it, with proofs in the audit log that
 * a signer checks without us (SNAPSHOTS §4.2).
 * @param before what clients have; @param after what they would get
 * @throws Problem storage-failed when the log does not hold what the directory says
 */
export async function* approvalLines(
  read: Reader,
  manifest: Manifest,
  before: ToApprove,
  after: ToApprove,
): AsyncGenerator<string> {
  yield lineOf(await headLine(read, manifest));
  for (const { version, policy } of await listPolicies(read)) yield lineOf({ kind: 'policy', version, policy });
  const stones = idsToProve(before.tombstones, after.tombstones);
  const toProve = new Set(stones);
  for await (const { id, pair } of inTurn(differingRecords(before.directory, after.directory), stones)) {
    const line = pair && (await aboutRecord(read, pair, manifest));
    if (line?.kind !== 'record' && toProve.has(id)) yield lineOf(await aboutStones(read, id, after, manifest));
    if (line) yield lineOf(line);
  }
}

function lineOf(line: ApprovalLine): string {
  return `${canonicalJson(line)}\n`;
}

/** So many snapshots a signer may be behind in those they signed and that never went out. */
const REMEMBERED = 20;

async function headLine(read: Reader, { sequence, audit: head }: Manifest): Promise<ApprovalLine> {
  const heads = new Map<number, string>();
  for (const manifest of await recentManifests(read, REMEMBERED)) {
    const { audit } = manifest as Manifest; // Written by `stageManifest` alone.
    if (audit.size > 0 && audit.size < head.size) heads.set(audit.size, audit.root);
  }
  const grown = [];
  for (const [size, root] of heads) {
    const proof = await onAuditTree(read, (subtree) => consistencyProof(subtree, size, head.size));
    grown.push({ size, root, proof: proof.map((hash) => Buffer.from(hash).toString('hex')) });
  }
  return { kind: 'waymark-approvals', format: 1, sequence, head, grown };
}

async function aboutRecord(
  read: Reader,
  { was, is }: DifferingRecord,
  manifest: Manifest,
): Promise<ApprovalLine | undefined> {
  if (is) {
    if (was && !isOtherThanVerification(was, is)) return undefined;
    return aboutRevisions(read, is, { from: was?.revision ?? 1, to: is.revision }, manifest);
  }
  if (!was) return undefined;
  if (manifest.changes.suspended.includes(was.id)) return aboutSuspension(read, was, manifest);
  if (!manifest.changes.retired.includes(was.id)) return undefined;
  return aboutRevisions(read, was, { from: was.revision, to: Number.MAX_SAFE_INTEGER }, manifest);
}

/** Clients do not get the record itself, or not anew: what its tombstones say is proven by all it went through. */
function aboutStones(read: Reader, id: string, { tombstones }: ToApprove, manifest: Manifest): Promise<ApprovalLine> {
  const type = tombstones.byId.get(id)?.find((stone) => stone.type === 'organisation') ? 'organisation' : 'entry';
  return aboutRevisions(read, { id, type }, { from: 1, to: Number.MAX_SAFE_INTEGER }, manifest);
}

async function aboutRevisions(
  read: Reader,
  { id, type }: Pick<PublishedRecord, 'id' | 'type'>,
  { from, to }: { from: number; to: number },
  { audit: { size } }: Manifest,
): Promise<ApprovalLine> {
  const applied = await openedEvents(read, `${type}:${id}`, ['proposal.apply']);
  const revisions: ProvenRevision[] = [];
  for (let number = from; number <= to; number += 1) {
    const row = await findRevision(read, id, number);
    if (!row) break;
    const event = applied.find(
      ({ leaf, payload }) => leaf.seq < size && (payload as { revision?: number } | null)?.revision === number,
    );
    // Approved after the freeze: not in this snapshot.
    if (!event && to === Number.MAX_SAFE_INTEGER) break;
    const proposal = await findProposal(read, row.proposalId);
    if (!event || !proposal) throw notInLog(`${type} ${id}, revision ${number}`);
    // What clients have was proven to its signers: of it, only the document is needed.
    const isKnown = number === from && from > 1;
    const people = isKnown
      ? { approvals: [], contributions: [] }
      : await peopleOf(read, proposal, event.leaf.seq, size);
    revisions.push({
      revision: number,
      state: row.state,
      doc: row.doc,
      proposal: {
        id: proposal.id,
        kind: proposal.kind,
        recordType: proposal.recordType,
        recordId: proposal.recordId,
        baseRevision: proposal.baseRevision,
        mergedId: proposal.mergedId,
        mergedRevision: proposal.mergedRevision,
      },
      ...(contentHash(proposal.doc) === row.contentHash ? {} : { proposed: proposal.doc }),
      applied: await provenEvent(read, event, size, 'open'),
      ...people,
    });
  }
  if (revisions.length === 0) throw notInLog(`${type} ${id}`);
  return { kind: 'record', id, type, revisions };
}

const CONTRIBUTIONS = ['proposal.create', 'proposal.edit', 'proposal.submit'] as const;

async function peopleOf(read: Reader, { id, contentHash: hash }: ProposalRecord, before: number, size: number) {
  const approvals = [];
  for (const event of await openedEvents(read, `proposal:${id}`, ['proposal.approve'])) {
    const isOfThis = (event.payload as { contentHash?: string } | null)?.contentHash === hash;
    if (isOfThis && event.leaf.seq < before) approvals.push(await provenEvent(read, event, size, 'open'));
  }
  const contributions = [];
  for (const event of await openedEvents(read, `proposal:${id}`, CONTRIBUTIONS)) {
    if (event.leaf.seq < before) contributions.push(await provenEvent(read, event, size, 'closed'));
  }
  return { approvals, contributions };
}

async function aboutSuspension(
  read: Reader,
  { id, type }: PublishedRecord,
  { audit: { size } }: Manifest,
): Promise<ApprovalLine> {
  const events = await openedEvents(read, `${type}:${id}`, ['record.suspend']);
  const last = events.findLast(({ leaf }) => leaf.seq < size);
  if (!last) throw notInLog(`the suspension of ${type} ${id}`);
  // Why, stays inside: it may name what nobody should find on a signer's stick.
  return { kind: 'suspension', id, event: await provenEvent(read, last, size, 'closed') };
}

function notInLog(what: string): Problem {
  return new Problem(refuse('storage-failed', `The audit log does not hold ${what}; verify it`));
}
