import { and, asc, count, desc, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { AlarmKind } from '@waymark/domain';
import { isInJson, prepared } from './prepared.ts';
import { alarm, record } from './tables.ts';
import type { Reader, Writer } from './store.ts';

export type AlarmRow = typeof alarm.$inferSelect;

/** The alarm of this kind about this fact that waits for a person; there is one at most. */
export async function openAlarm(
  read: Reader,
  { recordId, path, kind }: { recordId: string; path: string; kind: AlarmKind },
): Promise<AlarmRow | undefined> {
  const [row] = await read
    .select()
    .from(alarm)
    .where(and(eq(alarm.recordId, recordId), eq(alarm.path, path), eq(alarm.kind, kind), isNull(alarm.closedAt)));
  return row;
}

/** @returns nothing when the same alarm waits already */
export async function insertAlarm(
  tx: Writer,
  row: Omit<AlarmRow, 'closedAt' | 'closedBy' | 'closeNote'>,
): Promise<AlarmRow | undefined> {
  const [inserted] = await tx.insert(alarm).values(row).onConflictDoNothing().returning();
  return inserted;
}

/** What is known of an open alarm now. It becomes unsafe, never safe: that takes a person who closes it. */
export async function updateAlarm(
  tx: Writer,
  id: string,
  set: Pick<AlarmRow, 'unsafe' | 'detail'>,
): Promise<AlarmRow | undefined> {
  const [row] = await tx
    .update(alarm)
    .set({ detail: set.detail, ...(set.unsafe ? { unsafe: true } : {}) })
    .where(and(eq(alarm.id, id), isNull(alarm.closedAt)))
    .returning();
  return row;
}

/** @returns nothing when somebody dealt with it already, or there is none */
export async function closeAlarmRow(
  tx: Writer,
  id: string,
  set: { closedAt: string; closedBy: string; closeNote: string },
): Promise<AlarmRow | undefined> {
  const [row] = await tx
    .update(alarm)
    .set(set)
    .where(and(eq(alarm.id, id), isNull(alarm.closedAt)))
    .returning();
  return row;
}

export async function findAlarm(read: Reader, id: string): Promise<AlarmRow | undefined> {
  const [row] = await read.select().from(alarm).where(eq(alarm.id, id));
  return row;
}

export type AlarmQuery = { state: 'open' | 'closed'; recordId?: string | undefined };

/** One page of alarms: open ones unsafe first and then the longest waiting, closed ones newest first. */
export async function pageAlarms(
  read: Reader,
  { state, recordId }: AlarmQuery,
  page: { limit: number; offset: number },
): Promise<{ data: (AlarmRow & { recordName: string })[]; total: number }> {
  const where = and(
    state === 'open' ? isNull(alarm.closedAt) : isNotNull(alarm.closedAt),
    recordId === undefined ? undefined : eq(alarm.recordId, recordId),
  );
  const order =
    state === 'open'
      ? [desc(alarm.unsafe), asc(alarm.raisedAt), asc(alarm.id)]
      : [desc(alarm.closedAt), desc(alarm.id)];
  const rows = await read
    .select({ alarm, name: record.name })
    .from(alarm)
    .leftJoin(record, eq(record.id, alarm.recordId))
    .where(where)
    .orderBy(...order)
    .limit(page.limit)
    .offset(page.offset);
  const [counted] = await read.select({ n: count() }).from(alarm).where(where);
  return {
    data: rows.map((row) => ({ ...row.alarm, recordName: row.name ?? row.alarm.recordId })),
    total: counted?.n ?? 0,
  };
}

const openAlarmsByIds = prepared((read: Reader) =>
  read
    .select()
    .from(alarm)
    .where(and(isInJson(alarm.recordId, 'ids'), isNull(alarm.closedAt)))
    .orderBy(asc(alarm.raisedAt), asc(alarm.id))
    .prepare(),
);

/** Alarms about these records that wait for a person, the longest waiting first. */
export async function openAlarmsByRecord(read: Reader, ids: readonly string[]): Promise<Map<string, AlarmRow[]>> {
  const rows = await openAlarmsByIds(read).execute({ ids: JSON.stringify(ids) });
  const alarms = new Map<string, AlarmRow[]>();
  for (const row of rows) alarms.set(row.recordId, [...(alarms.get(row.recordId) ?? []), row]);
  return alarms;
}

/** How many alarms wait for a person, and how many of them say that an entry may be unsafe. */
export async function countOpenAlarms(read: Reader): Promise<{ open: number; unsafe: number }> {
  const [row] = await read
    .select({ open: count(), unsafe: sql<number>`coalesce(sum(${alarm.unsafe}), 0)` })
    .from(alarm)
    .where(isNull(alarm.closedAt));
  return { open: row?.open ?? 0, unsafe: row?.unsafe ?? 0 };
}
