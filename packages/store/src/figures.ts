import { and, asc, count, desc, eq, gte, isNotNull, sql } from 'drizzle-orm';
import { placeholdersOf, prepared } from './prepared.ts';
import { dayFigure, record, proposal, snapshot, verificationState } from './tables.ts';
import type { Reader, Writer } from './store.ts';

const putFigure = prepared((tx: Writer) =>
  tx
    .insert(dayFigure)
    .values(placeholdersOf(dayFigure))
    .onConflictDoUpdate({ target: [dayFigure.day, dayFigure.name], set: { value: placeholdersOf(dayFigure).value } })
    .returning({ day: dayFigure.day })
    .prepare(),
);

/** Keeps figures of a day; what was kept of it under the same names goes. */
export async function putDayFigures(tx: Writer, day: string, figures: Readonly<Record<string, number>>): Promise<void> {
  for (const [name, value] of Object.entries(figures)) await putFigure(tx).execute({ day, name, value });
}

/** Figures from a day on, by day; days nobody kept are not there. */
export async function dayFiguresSince(
  read: Reader,
  from: string,
): Promise<{ day: string; figures: Record<string, number> }[]> {
  const rows = await read.select().from(dayFigure).where(gte(dayFigure.day, from)).orderBy(asc(dayFigure.day));
  const days = new Map<string, Record<string, number>>();
  for (const { day, name, value } of rows) days.set(day, { ...days.get(day), [name]: value });
  return [...days].map(([day, figures]) => ({ day, figures }));
}

const isActive = and(eq(record.type, 'entry'), eq(record.state, 'active'));

/** `confidenceAt` of the domain as SQL. */
const confidenceNow = (now: string) => sql<'contradicted' | 'high' | 'medium' | 'low' | 'none'>`case
  when ${verificationState.contradicted} then 'contradicted'
  when ${verificationState.highUntil} > ${now} then 'high'
  when ${verificationState.mediumUntil} > ${now} then 'medium'
  when ${verificationState.lowUntil} > ${now} then 'low'
  else 'none' end`;

/** How many active entries of each kind there are by confidence. */
export async function countConfidence(read: Reader, now: string) {
  const confidence = confidenceNow(now);
  return read
    .select({ kind: record.kind, confidence, entries: count() })
    .from(verificationState)
    .innerJoin(record, eq(record.id, verificationState.recordId))
    .where(isActive)
    .groupBy(record.kind, confidence)
    .orderBy(asc(record.kind));
}

/** When the entry in the middle was last confirmed, of those that ever were; and how many those are. */
export async function medianConfirmation(read: Reader): Promise<{ at: string | null; confirmed: number }> {
  const confirmed = and(isActive, isNotNull(verificationState.lastConfirmedAt));
  const [counted] = await read
    .select({ n: count() })
    .from(verificationState)
    .innerJoin(record, eq(record.id, verificationState.recordId))
    .where(confirmed);
  const n = counted?.n ?? 0;
  const [middle] = await read
    .select({ at: verificationState.lastConfirmedAt })
    .from(verificationState)
    .innerJoin(record, eq(record.id, verificationState.recordId))
    .where(confirmed)
    .orderBy(desc(verificationState.lastConfirmedAt))
    .limit(1)
    .offset(Math.floor(n / 2));
  return { at: middle?.at ?? null, confirmed: n };
}

/** How many proposals wait for review, since when the oldest does and the one in the middle. */
export async function waitingReviews(
  read: Reader,
): Promise<{ waiting: number; oldest: string | null; median: string | null }> {
  const rows = await read
    .select({ at: proposal.submittedAt })
    .from(proposal)
    .where(eq(proposal.state, 'in-review'))
    .orderBy(asc(proposal.submittedAt));
  return {
    waiting: rows.length,
    oldest: rows[0]?.at ?? null,
    median: rows[Math.floor(rows.length / 2)]?.at ?? null,
  };
}

/** The snapshot that was published last. */
export async function lastPublished(
  read: Reader,
): Promise<{ sequence: number; publishedAt: string | null } | undefined> {
  const [row] = await read
    .select({ sequence: snapshot.sequence, publishedAt: snapshot.publishedAt })
    .from(snapshot)
    .where(eq(snapshot.state, 'published'))
    .orderBy(desc(snapshot.sequence))
    .limit(1);
  return row;
}
