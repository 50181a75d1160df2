import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import type { EntryStanding } from '@waymark/domain';
import { isInJson, placeholdersOf, prepared } from './prepared.ts';
import { optionCount, record, verificationState, work } from './tables.ts';
import type { Reader, Writer } from './store.ts';

export type VerificationStateRow = typeof verificationState.$inferSelect;

const { recordId: _key, ...kept } = placeholdersOf(verificationState);
const upsertState = prepared((tx: Writer) =>
  tx
    .insert(verificationState)
    .values(placeholdersOf(verificationState))
    .onConflictDoUpdate({ target: verificationState.recordId, set: kept })
    .returning({ recordId: verificationState.recordId })
    .prepare(),
);

/** Writes what follows from the events of an entry; anything that was there goes. */
export async function putVerificationState(tx: Writer, recordId: string, standing: EntryStanding): Promise<void> {
  const { families, channels, facts: _facts, ...columns } = standing;
  await upsertState(tx).execute({ ...columns, recordId, standing: { families, channels } });
}

const stateOf = prepared((read: Reader) =>
  read
    .select()
    .from(verificationState)
    .where(eq(verificationState.recordId, sql.placeholder('recordId')))
    .prepare(),
);

export async function findVerificationState(read: Reader, recordId: string): Promise<VerificationStateRow | undefined> {
  const [row] = await stateOf(read).execute({ recordId });
  return row;
}

const statesByIds = prepared((read: Reader) =>
  read.select().from(verificationState).where(isInJson(verificationState.recordId, 'ids')).prepare(),
);

/** Where these entries stand, by id. */
export async function verificationStatesOf(
  read: Reader,
  ids: readonly string[],
): Promise<Map<string, VerificationStateRow>> {
  const rows = await statesByIds(read).execute({ ids: JSON.stringify(ids) });
  return new Map(rows.map((row) => [row.recordId, row]));
}

/** The standing of a row, but for its facts: those follow from the events alone. */
export function toStanding(row: VerificationStateRow): Omit<EntryStanding, 'facts'> {
  const { recordId: _recordId, standing, ...columns } = row;
  return { ...columns, ...standing };
}

// Pairs come as JSON text, so that one prepared query serves any number of them; sorted, so that they are counted in order.
const pairs = sql`json_each(${sql.placeholder('pairs')})`;
const addToCounts = prepared((tx: Writer) =>
  tx
    .insert(optionCount)
    // `where true` tells SQLite that what follows is no join condition (its documentation of UPSERT).
    .select(sql`select value ->> 0, value ->> 1, ${sql.placeholder('by')} from ${pairs} where true`)
    .onConflictDoUpdate({
      target: [optionCount.area, optionCount.need],
      set: { entries: sql`${optionCount.entries} + excluded.entries` },
    })
    .returning()
    .prepare(),
);

export type OptionCount = typeof optionCount.$inferSelect;

/**
 * Counts an entry in, or with -1 out, for each of its options (`DE grooming`).
 * @returns how many entries each of them has now
 */
export async function countOptions(tx: Writer, options: readonly string[], by: 1 | -1): Promise<OptionCount[]> {
  if (options.length === 0) return [];
  return addToCounts(tx).execute({ pairs: pairsOf(options), by });
}

const aloneAt = prepared((read: Reader) =>
  read
    .select({ area: optionCount.area })
    .from(optionCount)
    .where(
      and(
        sql`(${optionCount.area}, ${optionCount.need}) in (select value ->> 0, value ->> 1 from ${pairs})`,
        eq(optionCount.entries, 1),
        // The world is no country.
        ne(optionCount.area, '001'),
      ),
    )
    .limit(1)
    .prepare(),
);

/** Whether an entry with these options is the only one for a need in a country. */
export async function isOnlyOption(read: Reader, options: readonly string[]): Promise<boolean> {
  if (options.length === 0) return false;
  return (await aloneAt(read).execute({ pairs: pairsOf(options) })).length > 0;
}

function pairsOf(options: readonly string[]): string {
  return JSON.stringify(options.map((option) => option.split(' ')));
}

/** Forgets everything that follows from events and documents, for a rebuild. */
export async function clearStandings(tx: Writer): Promise<void> {
  await tx.delete(verificationState).returning({ recordId: verificationState.recordId });
  await tx.delete(optionCount).returning({ area: optionCount.area });
}

/** Whether an entry lacks what follows from its verification: data that is older than the table. */
export async function isStandingMissing(read: Reader): Promise<boolean> {
  const [entry] = await read
    .select({ id: record.id })
    .from(record)
    .leftJoin(verificationState, eq(verificationState.recordId, record.id))
    .where(and(eq(record.type, 'entry'), isNull(verificationState.recordId)))
    .limit(1);
  return entry !== undefined;
}

/** All counts that are not zero, in order: what a rebuild is compared with. */
export async function allOptionCounts(read: Reader): Promise<OptionCount[]> {
  return read.select().from(optionCount).where(ne(optionCount.entries, 0)).orderBy(optionCount.area, optionCount.need);
}

export async function allVerificationStates(read: Reader): Promise<VerificationStateRow[]> {
  return read.select().from(verificationState).orderBy(verificationState.recordId);
}

/** Notes when somebody tries again, after an attempt that reached nobody. */
export async function putNextAttempt(
  tx: Writer,
  recordId: string,
  nextAttempt: number,
  nextAttemptAt: string | null,
): Promise<void> {
  const set = { nextAttempt, nextAttemptAt };
  await tx
    .insert(work)
    .values({ recordId, ...set })
    .onConflictDoUpdate({ target: work.recordId, set })
    .returning({ recordId: work.recordId });
}

/** What was planned about a check is done: nobody tries again, and nobody holds or postpones it. */
export async function settleWork(tx: Writer, recordId: string): Promise<void> {
  await tx
    .update(work)
    .set({
      plannedFor: null,
      claimedBy: null,
      claimedUntil: null,
      snoozedUntil: null,
      snoozeReason: null,
      nextAttempt: 1,
      nextAttemptAt: null,
    })
    .where(eq(work.recordId, recordId))
    .returning({ recordId: work.recordId });
}

/** Who does the next check of an entry, and when; nothing while nobody planned one. */
export async function plannedCheck(read: Reader, recordId: string): Promise<typeof work.$inferSelect | undefined> {
  const [row] = await read.select().from(work).where(eq(work.recordId, recordId));
  return row;
}
