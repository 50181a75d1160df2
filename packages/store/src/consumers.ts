import { and, asc, eq, isNull } from 'drizzle-orm';
import { consumer } from './tables.ts';
import type { Reader, Writer } from './store.ts';

export type ConsumerRow = typeof consumer.$inferSelect;

export async function insertConsumer(
  tx: Writer,
  row: Omit<ConsumerRow, 'lastSequence' | 'schemaVersion' | 'lastSeenAt' | 'removedAt' | 'version'>,
): Promise<ConsumerRow> {
  const [written] = await tx
    .insert(consumer)
    .values({ ...row, version: 1 })
    .returning();
  if (!written) throw new Error('The consumer was not written');
  return written;
}

/** The registered apps by name; those that were removed are gone from it. */
export async function listConsumers(read: Reader): Promise<ConsumerRow[]> {
  return read.select().from(consumer).where(isNull(consumer.removedAt)).orderBy(asc(consumer.name), asc(consumer.id));
}

export async function findConsumer(read: Reader, id: string): Promise<ConsumerRow | undefined> {
  const [row] = await read
    .select()
    .from(consumer)
    .where(and(eq(consumer.id, id), isNull(consumer.removedAt)));
  return row;
}

/** By the hash of the token it shows. */
export async function findConsumerByToken(read: Reader, tokenHash: string): Promise<ConsumerRow | undefined> {
  const [row] = await read
    .select()
    .from(consumer)
    .where(and(eq(consumer.tokenHash, tokenHash), isNull(consumer.removedAt)));
  return row;
}

/** Writes what changed, unless somebody else wrote since `version` was read. */
export async function updateConsumer(
  tx: Writer,
  { id, version }: Pick<ConsumerRow, 'id' | 'version'>,
  set: Partial<
    Pick<ConsumerRow, 'name' | 'contact' | 'note' | 'webhookUrl' | 'webhookSecret' | 'tokenHash' | 'removedAt'>
  >,
): Promise<ConsumerRow | undefined> {
  const [row] = await tx
    .update(consumer)
    .set({ ...set, version: version + 1 })
    .where(and(eq(consumer.id, id), eq(consumer.version, version), isNull(consumer.removedAt)))
    .returning();
  return row;
}

/** What it says it read. No edit of what people wrote, so the version stays. */
export async function putReport(
  tx: Writer,
  id: string,
  set: { lastSequence: number; schemaVersion: string; lastSeenAt: string },
): Promise<void> {
  await tx.update(consumer).set(set).where(eq(consumer.id, id)).returning({ id: consumer.id });
}
