import { setImmediate } from 'node:timers/promises';
import { contentHash, followsMerge } from '@waymark/domain';
import {
  auditNodeAt,
  auditNodeCount,
  auditPayloadsOf,
  auditRowsFrom,
  contributorsOf,
  eachRecord,
  eachRevision,
  findProposal,
  findRevision,
  listUsers,
  publishedHeads,
  reviewsOf,
  type Reader,
} from '@waymark/store';
import { proposalHash } from '../proposals/assess.ts';
import { verifyVerifications } from '../standing/verify.ts';
import { erasedEvents } from './erasedEvents.ts';
import { loggedPeople } from './loggedPeople.ts';
import { verifyHeads, verifyLog, Wrong, type KeptHead, type StoredLog } from './verifyLog.ts';

export type { KeptHead } from './verifyLog.ts';

export type Verification = {
  ok: boolean;
  checked: {
    events: number;
    nodes: number;
    revisions: number;
    records: number;
    approvals: number;
    heads: number;
    people: number;
    verifications: number;
    standings: number;
  };
  /** The first thing that is wrong, in the order checked: log, tree, published heads, revisions, approvals, records, people, verifications. */
  firstProblem?: string;
};

/**
 * Re-reads everything and names the first thing that is wrong: every leaf and commitment, the tree, published heads,
 * every revision's hash and approvals, every record against its newest revision, every person's roles and status
 * against the log, every verification against the log, and what is kept of verification against its events. Reads only.
 * @param kept heads from published snapshots, beside those the database remembers: a history rewritten whole contradicts them
 */
export async function verifyAudit(read: Reader, kept: readonly KeptHead[] = []): Promise<Verification> {
  const checked = {
    events: 0,
    nodes: 0,
    revisions: 0,
    records: 0,
    approvals: 0,
    heads: 0,
    people: 0,
    verifications: 0,
    standings: 0,
  };
  try {
    const tree = await verifyLog(storedLog(read), checked);
    verifyHeads(tree, [...(await publishedHeads(read)), ...kept], checked);
    await verifyRevisions(read, checked);
    await verifyRecords(read, checked);
    await verifyPeople(read, checked);
    await verifyEvents(read, checked);
    return { ok: true, checked };
  } catch (error) {
    if (!(error instanceof Wrong)) throw error;
    return { ok: false, checked, firstProblem: error.message };
  }
}

function storedLog(read: Reader): StoredLog {
  return {
    rowsFrom: (start, limit) => auditRowsFrom(read, start, limit),
    nodeAt: (level, position) => auditNodeAt(read, level, position),
    nodeCount: () => auditNodeCount(read),
    erased: async () => new Map((await erasedEvents(read)).map(({ seq, subject }) => [seq, subject])),
  };
}

async function verifyEvents(read: Reader, checked: Verification['checked']): Promise<void> {
  const { events, standings, problem } = await verifyVerifications(read);
  Object.assign(checked, { verifications: events, standings });
  if (problem !== undefined) throw new Wrong(problem);
}

type Stored = NonNullable<Awaited<ReturnType<typeof findRevision>>>;

type Applied = {
  proposalId: string;
  revision: number;
  contentHash: string;
  state: string;
  proposalHash: string;
  approvers: string[];
};

async function verifyRevisions(read: Reader, checked: Verification['checked']): Promise<void> {
  const applied = new Map<string, Applied>();
  for (const { subject, payload } of await auditPayloadsOf(read, 'proposal.apply')) {
    const fact = payload as Applied; // Written by applyProposal alone and committed to above.
    applied.set(`${subject.split(':')[1]}#${fact.revision}`, fact);
  }
  const approvals = new Set(
    (await auditPayloadsOf(read, 'proposal.approve')).map(
      ({ actor, subject, payload }) => `${subject} ${actor} ${(payload as { contentHash: string }).contentHash}`,
    ),
  );
  let last: Stored | undefined;
  for await (const row of eachRevision(read)) {
    const name = `revision ${row.revision} of ${row.type} ${row.recordId}`;
    if (hashOf(row.doc, name) !== row.contentHash) throw new Wrong(`${name}: the document does not match its hash`);
    const event = applied.get(`${row.recordId}#${row.revision}`);
    if (!event) throw new Wrong(`${name}: no audit event says it was applied`);
    if (event.contentHash !== row.contentHash || event.proposalId !== row.proposalId || event.state !== row.state) {
      throw new Wrong(`${name}: the audit log applied another content`);
    }
    applied.delete(`${row.recordId}#${row.revision}`);
    if (checked.revisions % 200 === 0) await setImmediate(); // Others are served meanwhile.
    const before = last?.recordId === row.recordId ? last : undefined;
    checked.approvals += await verifyApprovals(read, { row, before }, event, approvals, name);
    checked.revisions += 1;
    last = row;
  }
  const [missing] = applied.keys();
  if (missing !== undefined) throw new Wrong(`revision ${missing.replace('#', ' number ')} was applied but is gone`);
}

async function verifyApprovals(
  read: Reader,
  { row, before }: { row: Stored; before: Stored | undefined },
  event: Applied,
  approvals: ReadonlySet<string>,
  name: string,
): Promise<number> {
  const { proposalId } = row;
  const proposal = await findProposal(read, proposalId);
  if (!proposal) throw new Wrong(`${name}: its proposal ${proposalId} is gone`);
  if (proposal.state !== 'applied') throw new Wrong(`${name}: its proposal ${proposalId} is ${proposal.state}`);
  if (proposalHash(proposal) !== proposal.contentHash || proposal.contentHash !== event.proposalHash) {
    throw new Wrong(`${name}: proposal ${proposalId} does not match the hash that was approved`);
  }
  if (proposal.recordId !== row.recordId && !(before && followsMerge({ ...before, id: row.recordId }, row, proposal)))
    throw new Wrong(`${name}: proposal ${proposalId} is about another record`);
  const contributors = new Set((await contributorsOf(read, proposalId)).map((c) => c.userId));
  const standing = (await reviewsOf(read, proposalId)).filter(
    (r) => r.decision === 'approve' && r.voidedAt === null && r.contentHash === proposal.contentHash,
  );
  const approvers = new Set(standing.map((r) => r.reviewerId));
  for (const id of approvers) {
    if (contributors.has(id)) throw new Wrong(`${name}: approved by ${id}, who contributed to it`);
    if (!approvals.has(`proposal:${proposalId} ${id} ${proposal.contentHash}`))
      throw new Wrong(`${name}: the approval by ${id} is not in the audit log`);
  }
  if (approvers.size < Math.max(1, proposal.requiredApprovals))
    throw new Wrong(`${name}: ${approvers.size} approvals, ${proposal.requiredApprovals} are needed`);
  if ([...approvers].sort().join() !== event.approvers.join())
    throw new Wrong(`${name}: approvers differ from the audit log`);
  return approvers.size;
}

async function verifyRecords(read: Reader, checked: Verification['checked']): Promise<void> {
  const newest = new Map<string, { revision: number; contentHash: string; state: string; at: string }>();
  for await (const { recordId, revision, contentHash: hash, state, at } of eachRevision(read)) {
    newest.set(recordId, { revision, contentHash: hash, state, at });
  }
  const suspended = new Set(
    (await auditPayloadsOf(read, 'record.suspend')).map(
      ({ subject, payload }) => `${subject.split(':')[1]}#${(payload as { revision: number }).revision}`,
    ),
  );
  for (const type of ['entry', 'organisation', 'country'] as const) {
    for await (const record of eachRecord(read, type)) {
      const name = `${type} ${record.slug} (${record.id})`;
      const last = newest.get(record.id);
      if (!last || last.revision !== record.revision || last.contentHash !== record.contentHash)
        throw new Wrong(`${name} does not show its newest approved revision`);
      if (hashOf(record.doc, name) !== record.contentHash)
        throw new Wrong(`${name}: the document does not match its hash`);
      // Published beside the document, so they must be what was approved too.
      if (record.slug !== record.doc.slug) throw new Wrong(`${name}: its handle is not the approved one`);
      if (record.updatedAt !== last.at)
        throw new Wrong(`${name}: its date of change is not that of its newest revision`);
      // A suspension stands until a later revision: one that ended by itself would show an unsafe entry again.
      const decided = suspended.has(`${record.id}#${record.revision}`) ? 'suspended' : last.state;
      if (record.state !== decided) {
        throw new Wrong(`${name} is ${record.state}, which nobody decided`);
      }
      newest.delete(record.id);
      checked.records += 1;
    }
  }
  const [missing] = newest.keys();
  if (missing !== undefined) throw new Wrong(`record ${missing} is gone from the directory`);
}

const PEOPLE_AT_ONCE = 500;

/** A role granted past the two admins would let somebody approve: whoever holds what must stand in the log. */
async function verifyPeople(read: Reader, checked: Verification['checked']): Promise<void> {
  const logged = await loggedPeople(read);
  for (let offset = 0; ; offset += PEOPLE_AT_ONCE) {
    const { data } = await listUsers(read, { sort: 'createdAt', limit: PEOPLE_AT_ONCE, offset });
    for (const { id, name: called, status, roles } of data) {
      const name = `person ${called} (${id})`;
      const said = logged.get(id);
      if (!said) throw new Wrong(`${name}: no audit event says that they were brought in`);
      if (status !== said.status) throw new Wrong(`${name} is ${status}, the audit log says ${said.status}`);
      if (!sameMembers(roles, said.roles))
        throw new Wrong(`${name} holds ${listed(roles)}, the audit log says ${listed(said.roles)}`);
      logged.delete(id);
      checked.people += 1;
    }
    if (data.length < PEOPLE_AT_ONCE) break;
  }
  const [missing] = logged.keys();
  if (missing !== undefined) throw new Wrong(`person ${missing} was brought in but is gone`);
}

const listed = (roles: readonly string[]) => roles.join(', ') || 'no role';
const sameMembers = (a: readonly string[], b: readonly string[]) => [...a].sort().join() === [...b].sort().join();

function hashOf(doc: unknown, name: string): string {
  try {
    return contentHash(doc);
  } catch {
    throw new Wrong(`${name}: the document is not readable`);
  }
}
