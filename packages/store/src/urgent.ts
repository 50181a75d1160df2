import { and, asc, eq, isNull, max } from 'drizzle-orm';
import { suspension, urgentRequest, urgentSignature } from './tables.ts';
import type { Reader, Writer } from './store.ts';

export type UrgentRequestRow = typeof urgentRequest.$inferSelect;
export type UrgentSignatureRow = typeof urgentSignature.$inferSelect;

/** What somebody on duty has to sign now, if anything. */
export async function openUrgentRequest(read: Reader): Promise<UrgentRequestRow | undefined> {
  const [row] = await read.select().from(urgentRequest).where(eq(urgentRequest.state, 'open'));
  return row;
}

/** The highest number a list of withdrawals was given; 0 before the first. */
export async function lastUrgentSequence(read: Reader): Promise<number> {
  const [row] = await read.select({ last: max(urgentRequest.sequence) }).from(urgentRequest);
  return row?.last ?? 0;
}

export async function insertUrgentRequest(tx: Writer, row: Omit<UrgentRequestRow, 'state' | 'endedAt'>): Promise<void> {
  await tx
    .insert(urgentRequest)
    .values({ ...row, state: 'open' })
    .returning({ sequence: urgentRequest.sequence });
}

/** @returns false when it was not open */
export async function endUrgentRequest(
  tx: Writer,
  sequence: number,
  state: 'published' | 'void',
  endedAt: string,
): Promise<boolean> {
  const ended = await tx
    .update(urgentRequest)
    .set({ state, endedAt })
    .where(and(eq(urgentRequest.sequence, sequence), eq(urgentRequest.state, 'open')))
    .returning({ sequence: urgentRequest.sequence });
  return ended.length > 0;
}

/** Signatures over a list, in the order they came. */
export async function urgentSignaturesOf(read: Reader, sequence: number): Promise<UrgentSignatureRow[]> {
  return read
    .select()
    .from(urgentSignature)
    .where(eq(urgentSignature.sequence, sequence))
    .orderBy(asc(urgentSignature.at), asc(urgentSignature.keyid));
}

/** @returns false when this key signed it already */
export async function insertUrgentSignature(tx: Writer, row: UrgentSignatureRow): Promise<boolean> {
  const inserted = await tx
    .insert(urgentSignature)
    .values(row)
    .onConflictDoNothing()
    .returning({ keyid: urgentSignature.keyid });
  return inserted.length > 0;
}

/** Suspensions that were not lifted, the oldest first. */
export async function standingSuspensions(read: Reader) {
  return read.select().from(suspension).where(isNull(suspension.liftedAt)).orderBy(asc(suspension.at));
}
