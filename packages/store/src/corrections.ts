import { and, asc, count, desc, eq, gt, gte, inArray, lte, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { correction, record, user } from './tables.ts';
import type { Reader, Writer } from './store.ts';

export type CorrectionRow = typeof correction.$inferSelect;
export type CorrectionState = CorrectionRow['state'];

export async function insertCorrection(tx: Writer, row: typeof correction.$inferInsert): Promise<void> {
  await tx.insert(correction).values(row).returning({ id: correction.id });
}

/** What waits about one entry: a new one may be one of these again. */
export async function openCorrectionsOf(read: Reader, recordId: string): Promise<CorrectionRow[]> {
  return read
    .select()
    .from(correction)
    .where(and(eq(correction.recordId, recordId), eq(correction.state, 'open')));
}

/** The same one came again. */
export async function countOnceMore(tx: Writer, id: string): Promise<number> {
  const [row] = await tx
    .update(correction)
    .set({ times: sql`${correction.times} + 1` })
    .where(eq(correction.id, id))
    .returning({ times: correction.times });
  return row?.times ?? 0;
}

/** How many came about an entry since then. */
export async function countReceived(read: Reader, recordId: string, since: string): Promise<number> {
  const [row] = await read
    .select({ n: count() })
    .from(correction)
    .where(and(eq(correction.recordId, recordId), gte(correction.receivedAt, since)));
  return row?.n ?? 0;
}

export async function countCorrections(read: Reader, state: CorrectionState): Promise<number> {
  const [row] = await read.select({ n: count() }).from(correction).where(eq(correction.state, state));
  return row?.n ?? 0;
}

export async function findCorrection(read: Reader, id: string): Promise<CorrectionRow | undefined> {
  const [row] = await read.select().from(correction).where(eq(correction.id, id));
  return row;
}

const decider = alias(user, 'decider');

/** A page of corrections with the entry as it is now: what waits longest first, what was decided last first. */
export async function listCorrectionRows(
  read: Reader,
  state: CorrectionState,
  page: { limit: number; offset: number },
): Promise<
  (CorrectionRow & {
    entry: { slug: string; name: string; state: string; doc: unknown } | null;
    decidedByName: string | null;
  })[]
> {
  const rows = await read
    .select({
      correction,
      entry: { slug: record.slug, name: record.name, state: record.state, doc: record.doc },
      decidedByName: decider.name,
    })
    .from(correction)
    .leftJoin(record, eq(record.id, correction.recordId))
    .leftJoin(decider, eq(decider.id, correction.decidedBy))
    .where(eq(correction.state, state))
    .orderBy(
      ...(state === 'open'
        ? [asc(correction.receivedAt), asc(correction.id)]
        : [desc(correction.decidedAt), desc(correction.id)]),
    )
    .limit(page.limit)
    .offset(page.offset);
  return rows.map(({ correction: row, entry, decidedByName }) => ({ ...row, entry, decidedByName }));
}

/** Decides an open correction; the predicate lets one of two people be first. @returns undefined when it is decided already */
export async function closeCorrection(
  tx: Writer,
  id: string,
  set: {
    state: 'accepted' | 'dismissed';
    decidedBy: string;
    decidedAt: string;
    purgeAt: string;
    proposalId?: string | undefined;
  },
): Promise<CorrectionRow | undefined> {
  const [row] = await tx
    .update(correction)
    .set(set)
    .where(and(eq(correction.id, id), eq(correction.state, 'open')))
    .returning();
  return row;
}

/** @returns what was deleted, without its words */
export async function deleteCorrections(
  tx: Writer,
  ids: readonly string[],
): Promise<{ id: string; recordId: string; path: string | null }[]> {
  return tx
    .delete(correction)
    .where(inArray(correction.id, [...ids]))
    .returning({ id: correction.id, recordId: correction.recordId, path: correction.path });
}

/** Whose time has come. What is dated after `ahead` was received under a wrong clock: nobody can say when its time would be. */
export async function dueForPurge(read: Reader, now: string, ahead: string): Promise<string[]> {
  const rows = await read
    .select({ id: correction.id })
    .from(correction)
    .where(or(lte(correction.purgeAt, now), gt(correction.receivedAt, ahead)));
  return rows.map(({ id }) => id);
}
