import { and, asc, count, desc, eq, gt, gte, inArray, max, or, sql } from 'drizzle-orm';
import type { DirectoryRecord, SnapshotState } from '@waymark/domain';
import { auditEvent, record, snapshot, verificationState } from './tables.ts';
import { toRecord } from './records.ts';
import type { Reader, Writer } from './store.ts';
import type { VerificationStateRow } from './verificationStates.ts';

export type SnapshotRecord = typeof snapshot.$inferSelect;
export type SnapshotColumns = typeof snapshot.$inferInsert;

/** The audit heads that published snapshots carry, oldest first. */
export async function publishedHeads(read: Reader): Promise<{ size: number; root: string; from: string }[]> {
  const rows = await read
    .select({ sequence: snapshot.sequence, size: snapshot.auditSize, root: snapshot.auditRoot })
    .from(snapshot)
    .where(eq(snapshot.state, 'published'))
    .orderBy(asc(snapshot.sequence));
  return rows.map(({ sequence, size, root }) => ({ size, root, from: `snapshot ${sequence}` }));
}

/** Snapshots that wait to be published. */
export async function preparedSnapshots(read: Reader): Promise<SnapshotRecord[]> {
  return snapshotsIn(read, 'prepared');
}

/** Snapshots in one state, oldest first. */
export async function snapshotsIn(read: Reader, state: SnapshotState): Promise<SnapshotRecord[]> {
  return read.select().from(snapshot).where(eq(snapshot.state, state)).orderBy(asc(snapshot.sequence));
}

export async function findSnapshot(read: Reader, sequence: number): Promise<SnapshotRecord | undefined> {
  const [row] = await read.select().from(snapshot).where(eq(snapshot.sequence, sequence));
  return row;
}

/** The highest number ever given, published or not; 0 before the first. Numbers are never given twice. */
export async function lastSequence(read: Reader): Promise<number> {
  const [row] = await read.select({ last: max(snapshot.sequence) }).from(snapshot);
  return row?.last ?? 0;
}

/** When clients got each snapshot, oldest first. */
export async function publishedMoments(read: Reader): Promise<{ sequence: number; publishedAt: string }[]> {
  const rows = await read
    .select({ sequence: snapshot.sequence, publishedAt: snapshot.publishedAt })
    .from(snapshot)
    .where(eq(snapshot.state, 'published'))
    .orderBy(asc(snapshot.sequence));
  return rows.flatMap(({ sequence, publishedAt }) => (publishedAt === null ? [] : [{ sequence, publishedAt }]));
}

/** One page, newest first. */
export async function pageSnapshots(
  read: Reader,
  query: { states?: readonly SnapshotState[] | undefined },
  page: { limit: number; offset: number },
): Promise<{ data: SnapshotRecord[]; total: number }> {
  const where = query.states === undefined ? undefined : inArray(snapshot.state, [...query.states]);
  const data = await read
    .select()
    .from(snapshot)
    .where(where)
    .orderBy(desc(snapshot.sequence))
    .limit(page.limit)
    .offset(page.offset);
  const [total] = await read.select({ n: count() }).from(snapshot).where(where);
  return { data, total: total?.n ?? 0 };
}

export async function insertSnapshot(tx: Writer, row: SnapshotColumns): Promise<void> {
  await tx.insert(snapshot).values(row).returning({ sequence: snapshot.sequence });
}

/** Changes a snapshot that still is in the state the change starts from. @returns undefined when it moved meanwhile */
export async function updateSnapshot(
  tx: Writer,
  sequence: number,
  from: SnapshotState,
  set: Partial<SnapshotColumns>,
): Promise<SnapshotRecord | undefined> {
  const [row] = await tx
    .update(snapshot)
    .set(set)
    .where(and(eq(snapshot.sequence, sequence), eq(snapshot.state, from)))
    .returning();
  return row;
}

/**
 * Whether anything entered, changed or left the directory since the log had `size` events, was found wrong, or may be unsafe.
 * What was merely confirmed, or ran out, waits for the next snapshot: otherwise nobody could publish while others check.
 */
export async function directoryMovedSince(read: Reader, size: number): Promise<boolean> {
  const said = (member: string) => sql`${auditEvent.payload} ->> ${member}`;
  const moved = or(
    inArray(auditEvent.action, ['proposal.apply', 'record.suspend']),
    and(
      eq(auditEvent.action, 'verification.record'),
      inArray(said('outcome'), ['contradicted', 'gone', 'confirmed-changed']),
    ),
    and(eq(auditEvent.action, 'alarm.raise'), eq(said('unsafe'), 1)),
  );
  const rows = await read
    .select({ seq: auditEvent.seq })
    .from(auditEvent)
    .where(and(gte(auditEvent.seq, size), moved))
    .limit(1);
  return rows.length > 0;
}

/**
 * The whole directory in id order, whatever the type and state, `batch` rows at a time, and beside each entry what follows from
 * its verification.
 */
export async function* eachRecordById(
  read: Reader,
  batch = 250,
): AsyncGenerator<{ record: DirectoryRecord; state: VerificationStateRow | null }> {
  let after = '';
  for (;;) {
    const rows = await read
      .select({ record, state: verificationState })
      .from(record)
      .leftJoin(verificationState, eq(verificationState.recordId, record.id))
      .where(gt(record.id, after))
      .orderBy(asc(record.id))
      .limit(batch);
    for (const row of rows) yield { record: toRecord(row.record), state: row.state };
    if (rows.length < batch) return;
    after = rows.at(-1)?.record.id ?? '';
  }
}

/**
 * Names of active organisations by id: those that are published. What is out of sight is named in no file, and a signer, who
 * has nothing but the files, makes the same ones again.
 */
export async function organisationNames(read: Reader): Promise<Map<string, string>> {
  const rows = await read
    .select({ id: record.id, name: record.name })
    .from(record)
    .where(and(eq(record.type, 'organisation'), eq(record.state, 'active')));
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** Ids of entries that are out of sight now. */
export async function suspendedIds(read: Reader): Promise<Set<string>> {
  const rows = await read
    .select({ id: record.id })
    .from(record)
    .where(and(eq(record.type, 'entry'), eq(record.state, 'suspended')));
  return new Set(rows.map((row) => row.id));
}

/** Manifests of the newest snapshots, whatever became of them. */
export async function recentManifests(read: Reader, limit: number): Promise<unknown[]> {
  const rows = await read
    .select({ manifest: snapshot.manifest })
    .from(snapshot)
    .orderBy(desc(snapshot.sequence))
    .limit(limit);
  return rows.map(({ manifest }) => manifest);
}
