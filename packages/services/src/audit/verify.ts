import { setImmediate } from 'node:timers/promises';
import { auditLeafHash, commitmentTo, completedBy, contentHash, rootOf, sameBytes } from '@waymark/domain';
import {
  auditNodeAt,
  auditNodeCount,
  auditPayloadsOf,
  auditRowsFrom,
  contributorsOf,
  eachRecord,
  eachRevision,
  findProposal,
  listUsers,
  publishedHeads,
  reviewsOf,
  type Reader,
} from '@waymark/store';
import { proposalHash } from '../proposals/assess.ts';
import { verifyVerifications } from '../standing/verify.ts';
import { erasedEvents } from './erasedEvents.ts';
import { loggedPeople } from './loggedPeople.ts';

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

class Wrong extends Error {}

/** A head somebody outside keeps: the size and root a published snapshot carries. */
export type KeptHead = { size: number; root: string; from: string };

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
    const tree = await verifyLog(read, checked);
    await verifyHeads(read, tree, kept, checked);
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

async function verifyEvents(read: Reader, checked: Verification['checked']): Promise<void> {
  const { events, standings, problem } = await verifyVerifications(read);
  Object.assign(checked, { verifications: events, standings });
  if (problem !== undefined) throw new Wrong(problem);
}

/** The tree rebuilt from the leaves, level by level. */
type Tree = Uint8Array[][];

async function verifyLog(read: Reader, checked: Verification['checked']): Promise<Tree> {
  const erased = new Map((await erasedEvents(read)).map(({ seq, subject }) => [seq, subject]));
  const tree: Tree = [];
  const subtree = (level: number, index: number) => {
    const hash = tree[level]?.[index];
    if (!hash) throw new Wrong(`audit tree: node ${level}/${index} cannot be rebuilt`);
    return hash;
  };
  for (let start = 0; ;) {
    const rows = await auditRowsFrom(read, start, 1000);
    for (const row of rows) {
      if (row.seq !== start) throw new Wrong(`audit event ${start} is missing`);
      if ((row.payload === null) !== (row.salt === null))
        throw new Wrong(`audit event ${row.seq}: payload half erased`);
      // An erasure names each event, and only those about the person it was about.
      if (row.payload === null && erased.get(row.seq) !== row.subject)
        throw new Wrong(
          `audit event ${row.seq} (${row.action} ${row.subject}): the payload is gone, and nobody decided that`,
        );
      if (
        row.payload !== null &&
        row.salt !== null &&
        commitmentTo(row.salt, parse(row.payload, row.seq)) !== row.commitment
      ) {
        throw new Wrong(
          `audit event ${row.seq} (${row.action} ${row.subject}): the payload is not the one committed to`,
        );
      }
      const hash = leafOf(row);
      if (Buffer.from(hash).toString('hex') !== row.leafHash) {
        throw new Wrong(`audit event ${row.seq} (${row.action} ${row.subject}): the leaf does not match its hash`);
      }
      for (const [level, position, node] of completedBy(row.seq, hash, subtree)) {
        (tree[level] ??= [])[position] = node;
        const stored = await auditNodeAt(read, level, position);
        if (!stored || !sameBytes(stored, node))
          throw new Wrong(`audit tree: node ${level}/${position} does not match event ${row.seq}`);
        checked.nodes += 1;
      }
      start += 1;
      checked.events += 1;
      if (start % 500 === 0) await setImmediate();
    }
    if (rows.length < 1000) break;
  }
  if ((await auditNodeCount(read)) !== checked.nodes)
    throw new Wrong('audit tree: nodes stand where no event is: the end of the log was cut off');
  return tree;
}

function leafOf(row: Awaited<ReturnType<typeof auditRowsFrom>>[number]): Uint8Array {
  try {
    return auditLeafHash(row);
  } catch {
    throw new Wrong(`audit event ${row.seq}: the leaf is not readable`);
  }
}

function parse(payload: string, seq: number): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    throw new Wrong(`audit event ${seq}: the payload is not readable`);
  }
}

async function verifyHeads(
  read: Reader,
  tree: Tree,
  kept: readonly KeptHead[],
  checked: Verification['checked'],
): Promise<void> {
  const heads = [...(await publishedHeads(read)), ...kept];
  for (const head of heads) {
    if (head.size > checked.events)
      throw new Wrong(`${head.from} anchored ${head.size} audit events, only ${checked.events} are left`);
    const root = rootOf((level, index) => tree[level]?.[index] ?? new Uint8Array(), head.size);
    if (Buffer.from(root).toString('hex') !== head.root)
      throw new Wrong(`${head.from} anchored another history: the log was rewritten before event ${head.size}`);
    checked.heads += 1;
  }
}

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
    checked.approvals += await verifyApprovals(read, row.proposalId, event, approvals, name);
    checked.revisions += 1;
  }
  const [missing] = applied.keys();
  if (missing !== undefined) throw new Wrong(`revision ${missing.replace('#', ' number ')} was applied but is gone`);
}

async function verifyApprovals(
  read: Reader,
  proposalId: string,
  event: Applied,
  approvals: ReadonlySet<string>,
  name: string,
): Promise<number> {
  const proposal = await findProposal(read, proposalId);
  if (!proposal) throw new Wrong(`${name}: its proposal ${proposalId} is gone`);
  if (proposal.state !== 'applied') throw new Wrong(`${name}: its proposal ${proposalId} is ${proposal.state}`);
  if (proposalHash(proposal) !== proposal.contentHash || proposal.contentHash !== event.proposalHash) {
    throw new Wrong(`${name}: proposal ${proposalId} does not match the hash that was approved`);
  }
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
