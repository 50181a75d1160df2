import { and, asc, desc, eq, getTableColumns, lte } from 'drizzle-orm';
import { isInJson, prepared } from './prepared.ts';
import type { Reader, Writer } from './store.ts';
import { distinctPair, record, revision, user } from './tables.ts';

export type DistinctPair = typeof distinctPair.$inferSelect & { decidedByName: string | null };

const columns = { ...getTableColumns(distinctPair), decidedByName: user.name };

/** Two ids in the order in which pairs are kept. */
export const inOrder = (a: string, b: string): { firstId: string; secondId: string } =>
  a < b ? { firstId: a, secondId: b } : { firstId: b, secondId: a };

const is = (a: string, b: string) => {
  const { firstId, secondId } = inOrder(a, b);
  return and(eq(distinctPair.firstId, firstId), eq(distinctPair.secondId, secondId));
};

/** All pairs that somebody called two, the last decision first. */
export async function listDistinctPairs(read: Reader): Promise<DistinctPair[]> {
  return read
    .select(columns)
    .from(distinctPair)
    .leftJoin(user, eq(user.id, distinctPair.decidedBy))
    .orderBy(desc(distinctPair.decidedAt), asc(distinctPair.firstId), asc(distinctPair.secondId));
}

export async function findDistinctPair(read: Reader, a: string, b: string): Promise<DistinctPair | undefined> {
  const [row] = await read
    .select(columns)
    .from(distinctPair)
    .leftJoin(user, eq(user.id, distinctPair.decidedBy))
    .where(is(a, b));
  return row;
}

/** Notes that two records are two; a later decision takes the place of the one before. */
export async function putDistinctPair(tx: Writer, row: typeof distinctPair.$inferInsert): Promise<void> {
  const { reason, decidedBy, decidedAt } = row;
  await tx
    .insert(distinctPair)
    .values(row)
    .onConflictDoUpdate({
      target: [distinctPair.firstId, distinctPair.secondId],
      set: { reason, decidedBy, decidedAt },
    })
    .returning({ firstId: distinctPair.firstId });
}

/** @returns whether anybody had called them two */
export async function deleteDistinctPair(tx: Writer, a: string, b: string): Promise<boolean> {
  const rows = await tx.delete(distinctPair).where(is(a, b)).returning({ firstId: distinctPair.firstId });
  return rows.length > 0;
}

const changes = prepared((read: Reader) =>
  read.select({ id: record.id, updatedAt: record.updatedAt }).from(record).where(isInJson(record.id, 'ids')).prepare(),
);

/** When each of these records last changed. */
export async function lastChanges(read: Reader, ids: Iterable<string>): Promise<Map<string, string>> {
  const rows = await changes(read).execute({ ids: JSON.stringify([...new Set(ids)]) });
  return new Map(rows.map(({ id, updatedAt }) => [id, updatedAt]));
}

/** The document of a record as it stood at a moment; undefined before it entered. */
export async function documentAt(read: Reader, recordId: string, at: string): Promise<unknown> {
  const [row] = await read
    .select({ doc: revision.doc })
    .from(revision)
    .where(and(eq(revision.recordId, recordId), lte(revision.at, at)))
    .orderBy(desc(revision.revision))
    .limit(1);
  return row?.doc;
}

/** Revisions that one proposal made, whichever record they are of. */
export async function revisionsBy(read: Reader, proposalId: string) {
  return read
    .select({ recordId: revision.recordId, type: revision.type, revision: revision.revision })
    .from(revision)
    .where(eq(revision.proposalId, proposalId))
    .orderBy(asc(revision.recordId));
}
