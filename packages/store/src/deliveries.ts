import { and, asc, eq, inArray, isNull, ne, notInArray, sql } from 'drizzle-orm';
import { delivery } from './tables.ts';
import type { Reader, Writer } from './store.ts';

export type DeliveryRecord = typeof delivery.$inferSelect;

/** A place that snapshots are copied to, as its rows know it. */
export type DeliveryPlace = Pick<DeliveryRecord, 'url' | 'required'> & { name: string };

export async function findDelivery(
  read: Reader,
  destination: string,
  sequence: number,
): Promise<DeliveryRecord | undefined> {
  const [row] = await read.select().from(delivery).where(isOne({ destination, sequence }));
  return row;
}

/** The copies of these snapshots, by place. */
export async function deliveriesOf(read: Reader, sequences: readonly number[]): Promise<DeliveryRecord[]> {
  if (sequences.length === 0) return [];
  return read
    .select()
    .from(delivery)
    .where(inArray(delivery.sequence, [...sequences]))
    .orderBy(asc(delivery.sequence), asc(delivery.destination));
}

/**
 * Says that a snapshot is to be copied to these places and that older ones no longer are; nor is anything to places that are
 * named no more. Saying it again changes only what is said of the place.
 */
export async function wantDeliveries(
  tx: Writer,
  sequence: number,
  places: readonly DeliveryPlace[],
  now: string,
): Promise<void> {
  for (const { name: destination, url, required } of places) {
    await tx
      .insert(delivery)
      .values({ destination, sequence, url, required, state: 'pending', attempts: 0, nextAt: now })
      .onConflictDoUpdate({
        target: [delivery.destination, delivery.sequence],
        set: { url, required, state: wantedAgain },
      })
      .returning({ sequence: delivery.sequence });
  }
  const unfinished = and(isNull(delivery.seenAt), ne(delivery.state, 'superseded'));
  const names = places.map(({ name }) => name);
  for (const isPast of [ne(delivery.sequence, sequence), notInArray(delivery.destination, names)]) {
    await tx
      .update(delivery)
      .set({ state: 'superseded' })
      .where(and(unfinished, isPast))
      .returning({ sequence: delivery.sequence });
  }
}

/** @returns undefined when it moved since it was read */
export async function updateDelivery(
  tx: Writer,
  row: Pick<DeliveryRecord, 'destination' | 'sequence' | 'attempts'>,
  set: Partial<Omit<DeliveryRecord, 'destination' | 'sequence'>>,
): Promise<DeliveryRecord | undefined> {
  const [saved] = await tx
    .update(delivery)
    .set(set)
    .where(and(isOne(row), eq(delivery.attempts, row.attempts)))
    .returning();
  return saved;
}

/** A place that was taken out and put in again. */
const wantedAgain = sql`case when ${delivery.state} = 'superseded' then 'pending' else ${delivery.state} end`;

function isOne({ destination, sequence }: Pick<DeliveryRecord, 'destination' | 'sequence'>) {
  return and(eq(delivery.destination, destination), eq(delivery.sequence, sequence));
}
