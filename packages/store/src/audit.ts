import { createHash, randomBytes } from 'node:crypto';
import { and, asc, count, desc, eq, gte, inArray, isNotNull, isNull, like, lt, lte, sql, type SQL } from 'drizzle-orm';
import {
  auditLeafHash,
  canonicalJson,
  commitmentTo,
  completedBy,
  neededBy,
  rootOf,
  type AuditAction,
  type AuditEvent,
  type AuditLeaf,
  type Subtree,
} from '@waymark/domain';
import { auditEvent, auditNode, user } from './tables.ts';
import { placeholdersOf, prepared } from './prepared.ts';
import type { Reader, Writer } from './store.ts';

/** Where the log stands: number of leaves and root, hex. */
export type AuditHead = { size: number; root: string };

/**
 * Appends one leaf to the log and its finished subtrees to the tree, in the caller's transaction.
 * @returns the leaf's sequence number
 */
export async function appendAuditEvent(
  tx: Writer,
  event: { id: string; at: string; actor: string; action: AuditAction; subject: string; payload: unknown },
): Promise<number> {
  const seq = await auditSize(tx);
  const salt = randomBytes(16).toString('hex');
  const payload = canonicalJson(event.payload ?? null);
  const leaf: AuditLeaf = {
    seq,
    at: event.at,
    actor: event.actor,
    action: event.action,
    subject: event.subject,
    commitment: commitmentTo(salt, JSON.parse(payload)),
  };
  const hash = auditLeafHash(leaf);
  await insertEvent(tx).execute({ ...leaf, id: event.id, leafHash: Buffer.from(hash).toString('hex'), salt, payload });
  const siblings = await loadSubtrees(tx, siblingsOf(seq));
  for (const [level, position, node] of completedBy(seq, hash, siblings)) {
    await insertNode(tx).execute({ level, position, hash: Buffer.from(node) });
  }
  return seq;
}

const insertEvent = prepared((tx: Writer) =>
  tx.insert(auditEvent).values(placeholdersOf(auditEvent)).returning({ seq: auditEvent.seq }).prepare(),
);
const insertNode = prepared((tx: Writer) =>
  tx.insert(auditNode).values(placeholdersOf(auditNode)).returning({ level: auditNode.level }).prepare(),
);

/** The left siblings that appending leaf `index` joins. */
function siblingsOf(index: number): [number, number][] {
  const wanted: [number, number][] = [];
  let at = index;
  for (let level = 0; at % 2 === 1; level += 1) {
    wanted.push([level, at - 1]);
    at = (at - 1) / 2;
  }
  return wanted;
}

/**
 * Computes something on the tree from exactly the rows it needs: a proof costs as many reads as it has hashes.
 * @param compute runs twice, first over nothing to see what it reads (see `neededBy`)
 */
export async function onAuditTree<T>(read: Reader, compute: (subtree: Subtree) => T): Promise<T> {
  return compute(await loadSubtrees(read, neededBy(compute)));
}

async function loadSubtrees(read: Reader, wanted: readonly [number, number][]): Promise<Subtree> {
  const found = new Map<string, Uint8Array>();
  for (const [level, position] of wanted) {
    const hash = await auditNodeAt(read, level, position);
    if (hash) found.set(`${level}/${position}`, hash);
  }
  return (level, position) => {
    const hash = found.get(`${level}/${position}`);
    if (!hash) throw new Error(`The audit tree lacks node ${level}/${position}`);
    return hash;
  };
}

const lastEvent = prepared((read: Reader) =>
  read.select({ seq: auditEvent.seq }).from(auditEvent).orderBy(desc(auditEvent.seq)).limit(1).prepare(),
);

/** Number of leaves. */
export async function auditSize(read: Reader): Promise<number> {
  const [last] = await lastEvent(read).execute();
  return last === undefined ? 0 : last.seq + 1;
}

/** Head of the log, now or as it was at an earlier size. */
export async function auditHead(read: Reader, at?: number): Promise<AuditHead> {
  const size = at ?? (await auditSize(read));
  const root = await onAuditTree(read, (subtree) => rootOf(subtree, size));
  return { size, root: Buffer.from(root).toString('hex') };
}

export type AuditQuery = {
  actor?: string | undefined;
  action?: string | undefined;
  subject?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  order?: 'asc' | 'desc' | undefined;
  limit: number;
  offset: number;
};

function auditWhere(query: Omit<AuditQuery, 'limit' | 'offset' | 'order'>): SQL | undefined {
  return and(
    query.actor === undefined ? undefined : eq(auditEvent.actor, query.actor),
    query.action === undefined
      ? undefined
      : query.action.includes('.')
        ? eq(auditEvent.action, query.action as AuditAction)
        : like(auditEvent.action, `${query.action.replace(/[%_]/g, '')}.%`),
    query.subject === undefined ? undefined : eq(auditEvent.subject, query.subject),
    query.from === undefined ? undefined : gte(auditEvent.at, query.from),
    query.to === undefined ? undefined : lte(auditEvent.at, query.to),
  );
}

/** Events with their payloads, newest first unless asked otherwise. */
export async function listAuditEvents(read: Reader, query: AuditQuery): Promise<{ data: AuditEvent[]; total: number }> {
  const where = auditWhere(query);
  const rows = await read
    .select({ event: auditEvent, actorName: user.name })
    .from(auditEvent)
    .leftJoin(user, eq(user.id, auditEvent.actor))
    .where(where)
    .orderBy(query.order === 'asc' ? asc(auditEvent.seq) : desc(auditEvent.seq))
    .limit(query.limit)
    .offset(query.offset);
  const [total] = await read.select({ n: count() }).from(auditEvent).where(where);
  return { data: rows.map(({ event, actorName }) => toAuditEvent(event, actorName)), total: total?.n ?? 0 };
}

export async function findAuditEvent(read: Reader, seq: number): Promise<AuditEvent | undefined> {
  const [row] = await read
    .select({ event: auditEvent, actorName: user.name })
    .from(auditEvent)
    .leftJoin(user, eq(user.id, auditEvent.actor))
    .where(eq(auditEvent.seq, seq));
  return row && toAuditEvent(row.event, row.actorName);
}

/** One leaf with what opens its commitment; undefined when it does not exist or its payload was erased. */
export async function openedLeaf(
  read: Reader,
  seq: number,
): Promise<{ leaf: AuditLeaf; payload: unknown; salt: string } | undefined> {
  const [row] = await read.select().from(auditEvent).where(eq(auditEvent.seq, seq));
  if (!row || row.payload === null || row.salt === null) return undefined;
  const { at, actor, action, subject, commitment, salt } = row;
  return { leaf: { seq, at, actor, action, subject, commitment }, payload: JSON.parse(row.payload) as unknown, salt };
}

/** Rows from `start` on as they stand in the file, salts included: for verification. */
export async function auditRowsFrom(read: Reader, start: number, limit: number) {
  return read.select().from(auditEvent).where(gte(auditEvent.seq, start)).orderBy(asc(auditEvent.seq)).limit(limit);
}

const nodeAt = prepared((read: Reader) =>
  read
    .select({ hash: auditNode.hash })
    .from(auditNode)
    .where(and(eq(auditNode.level, sql.placeholder('level')), eq(auditNode.position, sql.placeholder('position'))))
    .prepare(),
);

/** One complete subtree's hash. */
export async function auditNodeAt(read: Reader, level: number, position: number): Promise<Buffer | undefined> {
  const [row] = await nodeAt(read).execute({ level, position });
  return row?.hash;
}

/** The hashes of neighbouring subtrees, in order: positions from `start` on, before `end`. */
export async function auditNodesIn(read: Reader, level: number, start: number, end: number): Promise<Buffer[]> {
  const rows = await read
    .select({ hash: auditNode.hash })
    .from(auditNode)
    .where(and(eq(auditNode.level, level), gte(auditNode.position, start), lt(auditNode.position, end)))
    .orderBy(asc(auditNode.position));
  return rows.map(({ hash }) => hash);
}

/** What was done in an event whose payload was erased. */
export async function erasedActionAt(read: Reader, seq: number): Promise<AuditAction | undefined> {
  const [row] = await read
    .select({ action: auditEvent.action })
    .from(auditEvent)
    .where(and(eq(auditEvent.seq, seq), isNull(auditEvent.payload)));
  return row?.action;
}

/** Events about one subject whose payloads are still there, oldest first. */
export async function auditEventsAbout(
  read: Reader,
  subject: string,
): Promise<{ seq: number; action: AuditAction; payload: unknown }[]> {
  const rows = await read
    .select({ seq: auditEvent.seq, action: auditEvent.action, payload: auditEvent.payload })
    .from(auditEvent)
    .where(and(eq(auditEvent.subject, subject), isNotNull(auditEvent.payload)))
    .orderBy(asc(auditEvent.seq));
  return rows.map((row) => ({ ...row, payload: JSON.parse(row.payload ?? 'null') as unknown }));
}

/** Erases payloads and their salts; leaves and tree stay. The guards ask for an erase event that names them, written before. */
export async function erasePayloads(tx: Writer, seqs: readonly number[]): Promise<void> {
  for (const seq of seqs) {
    await tx
      .update(auditEvent)
      .set({ payload: null, salt: null })
      .where(eq(auditEvent.seq, seq))
      .returning({ seq: auditEvent.seq });
  }
}

export async function auditNodeCount(read: Reader): Promise<number> {
  const [row] = await read.select({ n: count() }).from(auditNode);
  return row?.n ?? 0;
}

/** Events of some actions about some subjects, oldest first: verification binds rows to them. */
export async function auditPayloadsOf(
  read: Reader,
  action: AuditAction,
): Promise<{ seq: number; subject: string; actor: string; payload: unknown }[]> {
  const rows = await read
    .select({ seq: auditEvent.seq, subject: auditEvent.subject, actor: auditEvent.actor, payload: auditEvent.payload })
    .from(auditEvent)
    .where(and(eq(auditEvent.action, action), isNotNull(auditEvent.payload)))
    .orderBy(asc(auditEvent.seq));
  return rows.map((row) => ({ ...row, payload: JSON.parse(row.payload ?? 'null') as unknown }));
}

function toAuditEvent(event: typeof auditEvent.$inferSelect, actorName: string | null): AuditEvent {
  const { seq, id, at, actor, action, subject, commitment, leafHash } = event;
  return {
    seq,
    id,
    at,
    actor,
    action,
    subject,
    commitment,
    leafHash,
    actorName,
    payload: event.payload === null ? null : (JSON.parse(event.payload) as unknown),
  };
}

/** SHA-256 of a text, hex: the way tokens and request bodies are kept. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The events about some things with what opens their commitments, oldest first; of one action or several. */
export async function openedEvents(
  read: Reader,
  subject: string,
  actions: readonly AuditAction[],
): Promise<{ leaf: AuditLeaf; payload: unknown; salt: string | null }[]> {
  const rows = await read
    .select()
    .from(auditEvent)
    .where(and(eq(auditEvent.subject, subject), inArray(auditEvent.action, [...actions])))
    .orderBy(asc(auditEvent.seq));
  return rows.map(({ seq, at, actor, action, subject, commitment, salt, payload }) => ({
    leaf: { seq, at, actor, action, subject, commitment },
    payload: payload === null ? null : (JSON.parse(payload) as unknown),
    salt,
  }));
}
