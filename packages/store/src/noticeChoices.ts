import { and, asc, count, eq, gt, inArray, lte, type SQL } from 'drizzle-orm';
import type { RecordFacet } from './records.ts';
import { noticeChoice, record, recordFacet, verificationState } from './tables.ts';
import type { Reader, Writer } from './store.ts';

export type NoticeChoiceRow = typeof noticeChoice.$inferSelect;

export async function findNoticeChoice(read: Reader, userId: string): Promise<NoticeChoiceRow | undefined> {
  const [row] = await read.select().from(noticeChoice).where(eq(noticeChoice.userId, userId));
  return row;
}

export async function putNoticeChoice(tx: Writer, row: NoticeChoiceRow): Promise<NoticeChoiceRow> {
  const { userId: _, ...set } = row;
  const [saved] = await tx
    .insert(noticeChoice)
    .values(row)
    .onConflictDoUpdate({ target: noticeChoice.userId, set })
    .returning();
  if (!saved) throw new Error('An upsert returned nothing');
  return saved;
}

export async function deleteNoticeChoice(tx: Writer, userId: string): Promise<void> {
  await tx.delete(noticeChoice).where(eq(noticeChoice.userId, userId)).returning({ userId: noticeChoice.userId });
}

export type Expiring = {
  now: string;
  until: string;
  countries: readonly string[];
  kinds: readonly string[];
  languages: readonly string[];
};

/** Entries people see that drop out of snapshots by `until` unless somebody confirms them, the soonest first. */
export async function expiringEntries(
  read: Reader,
  { now, until, countries, kinds, languages }: Expiring,
  limit: number,
): Promise<{ data: { id: string; name: string; expiresAt: string }[]; total: number }> {
  const where = and(
    eq(record.state, 'active'),
    gt(verificationState.expiresAt, now),
    lte(verificationState.expiresAt, until),
    isAmong(read, 'country', countries),
    isAmong(read, 'kind', kinds),
    isAmong(read, 'language', languages),
  );
  const rows = await read
    .select({ id: record.id, name: record.name, expiresAt: verificationState.expiresAt })
    .from(verificationState)
    .innerJoin(record, eq(record.id, verificationState.recordId))
    .where(where)
    .orderBy(asc(verificationState.expiresAt), asc(record.id))
    .limit(limit);
  const [counted] = await read
    .select({ n: count() })
    .from(verificationState)
    .innerJoin(record, eq(record.id, verificationState.recordId))
    .where(where);
  return { data: rows.map((row) => ({ ...row, expiresAt: row.expiresAt ?? until })), total: counted?.n ?? 0 };
}

/** Nothing chosen leaves nothing out. */
function isAmong(read: Reader, facet: RecordFacet, values: readonly string[]): SQL | undefined {
  if (values.length === 0) return undefined;
  const hits = read
    .select({ seq: recordFacet.seq })
    .from(recordFacet)
    .where(and(eq(recordFacet.type, 'entry'), eq(recordFacet.facet, facet), inArray(recordFacet.value, [...values])));
  return inArray(record.seq, hits);
}
