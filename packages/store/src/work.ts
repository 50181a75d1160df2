import { and, eq, isNull, lte, notExists, or, sql, type SQL } from 'drizzle-orm';
import { placeholdersOf, prepared } from './prepared.ts';
import { alarm, work } from './tables.ts';
import type { Writer } from './store.ts';

export type WorkRow = typeof work.$inferSelect;

/** A claim that ended by itself counts no more: no job has to end it. */
function isFree(userId: string, now: string): SQL | undefined {
  return or(isNull(work.claimedBy), eq(work.claimedBy, userId), isNull(work.claimedUntil), lte(work.claimedUntil, now));
}

/** So that one UPDATE with its condition decides, whether or not anybody ever planned this check. */
async function ensureWork(tx: Writer, recordId: string): Promise<void> {
  await tx.insert(work).values({ recordId }).onConflictDoNothing().returning({ recordId: work.recordId });
}

/** Takes a check on for a while. @returns nothing when somebody else is at it */
export async function claimWork(
  tx: Writer,
  recordId: string,
  claim: { userId: string; now: string; until: string },
): Promise<WorkRow | undefined> {
  await ensureWork(tx, recordId);
  const [row] = await tx
    .update(work)
    .set({ claimedBy: claim.userId, claimedUntil: claim.until })
    .where(and(eq(work.recordId, recordId), isFree(claim.userId, claim.now)))
    .returning();
  return row;
}

/** Gives a check back. @returns nothing when this person does not hold it */
export async function releaseWork(tx: Writer, recordId: string, userId: string): Promise<WorkRow | undefined> {
  const [row] = await tx
    .update(work)
    .set({ claimedBy: null, claimedUntil: null })
    .where(and(eq(work.recordId, recordId), eq(work.claimedBy, userId)))
    .returning();
  return row;
}

/**
 * Puts a check off. @returns nothing when somebody else is at it, or an alarm says that the entry may be unsafe
 */
export async function snoozeWork(
  tx: Writer,
  recordId: string,
  snooze: { userId: string; now: string; until: string; reason: string },
): Promise<WorkRow | undefined> {
  await ensureWork(tx, recordId);
  const unsafeAlarm = tx
    .select({ id: alarm.id })
    .from(alarm)
    .where(and(eq(alarm.recordId, recordId), isNull(alarm.closedAt), eq(alarm.unsafe, true)));
  const [row] = await tx
    .update(work)
    .set({ snoozedUntil: snooze.until, snoozeReason: snooze.reason, claimedBy: null, claimedUntil: null })
    .where(and(eq(work.recordId, recordId), isFree(snooze.userId, snooze.now), notExists(unsafeAlarm)))
    .returning();
  return row;
}

/** Brings a check back that was put off or waits for its next attempt: something new speaks against the entry. */
export async function wakeWork(tx: Writer, recordId: string): Promise<void> {
  await tx
    .update(work)
    .set({ snoozedUntil: null, snoozeReason: null, nextAttemptAt: null })
    .where(eq(work.recordId, recordId))
    .returning({ recordId: work.recordId });
}

/** Gives the next check of an entry to a person, or to nobody. */
export async function assignWork(
  tx: Writer,
  recordId: string,
  assigneeId: string | null,
  plannedFor: string | null,
): Promise<WorkRow> {
  const set = { assigneeId, plannedFor };
  const [row] = await tx
    .insert(work)
    .values({ recordId, ...set })
    .onConflictDoUpdate({ target: work.recordId, set })
    .returning();
  if (!row) throw new Error('An upsert returned nothing');
  return row;
}

const planned = placeholdersOf(work);
const planCheck = prepared((tx: Writer) =>
  tx
    .insert(work)
    .values({ recordId: planned.recordId, assigneeId: planned.assigneeId, plannedFor: planned.plannedFor })
    .onConflictDoUpdate({
      target: work.recordId,
      set: { assigneeId: planned.assigneeId, plannedFor: planned.plannedFor },
      setWhere: or(isNull(work.claimedBy), isNull(work.claimedUntil), lte(work.claimedUntil, sql.placeholder('now'))),
    })
    .returning({ recordId: work.recordId })
    .prepare(),
);

/** Writes one line of a plan. @returns false when somebody took the check on meanwhile */
export async function planWork(
  tx: Writer,
  check: { recordId: string; userId: string; day: string },
  now: string,
): Promise<boolean> {
  const { recordId, userId: assigneeId, day: plannedFor } = check;
  return (await planCheck(tx).execute({ recordId, assigneeId, plannedFor, now })).length > 0;
}

/** Whether somebody is at a check now. */
export function isClaimedNow({ claimedBy, claimedUntil }: Pick<WorkRow, 'claimedBy' | 'claimedUntil'>, now: string) {
  return claimedBy !== null && claimedUntil !== null && claimedUntil > now;
}
