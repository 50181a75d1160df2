import { and, asc, eq, isNull } from 'drizzle-orm';
import { signingRequest, snapshotSignature, windowReminder } from './tables.ts';
import type { Reader, Writer } from './store.ts';

export type SigningRequestRow = typeof signingRequest.$inferSelect;
export type SignatureRow = typeof snapshotSignature.$inferSelect;

export async function findSigningRequest(read: Reader, sequence: number): Promise<SigningRequestRow | undefined> {
  const [row] = await read.select().from(signingRequest).where(eq(signingRequest.sequence, sequence));
  return row;
}

export async function insertSigningRequest(
  tx: Writer,
  row: Omit<SigningRequestRow, 'voidedAt' | 'voidedBecause'>,
): Promise<void> {
  await tx.insert(signingRequest).values(row).returning({ sequence: signingRequest.sequence });
}

/** @returns undefined when there is none, or it is void already */
export async function voidSigningRequest(
  tx: Writer,
  sequence: number,
  voidedAt: string,
  voidedBecause: string,
): Promise<SigningRequestRow | undefined> {
  const [row] = await tx
    .update(signingRequest)
    .set({ voidedAt, voidedBecause })
    .where(and(eq(signingRequest.sequence, sequence), isNull(signingRequest.voidedAt)))
    .returning();
  return row;
}

/** Signatures over the request of a snapshot, in the order they came. */
export async function signaturesOf(read: Reader, sequence: number): Promise<SignatureRow[]> {
  return read
    .select()
    .from(snapshotSignature)
    .where(eq(snapshotSignature.sequence, sequence))
    .orderBy(asc(snapshotSignature.at), asc(snapshotSignature.keyid));
}

/** @returns false when this key signed it already */
export async function insertSignature(tx: Writer, row: SignatureRow): Promise<boolean> {
  const inserted = await tx
    .insert(snapshotSignature)
    .values(row)
    .onConflictDoNothing()
    .returning({ keyid: snapshotSignature.keyid });
  return inserted.length > 0;
}

/** Notes that people were reminded of a window. @returns false when they were already */
export async function insertWindowReminder(tx: Writer, opensAt: string, sentAt: string): Promise<boolean> {
  const inserted = await tx
    .insert(windowReminder)
    .values({ opensAt, sentAt })
    .onConflictDoNothing()
    .returning({ opensAt: windowReminder.opensAt });
  return inserted.length > 0;
}

/** Whether people were reminded of a window. */
export async function wasReminded(read: Reader, opensAt: string): Promise<boolean> {
  const rows = await read.select().from(windowReminder).where(eq(windowReminder.opensAt, opensAt));
  return rows.length > 0;
}
