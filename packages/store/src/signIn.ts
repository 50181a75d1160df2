import { and, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import { signInAttempt } from './tables.ts';
import type { Writer } from './store.ts';

/** A counter of failed sign-ins and how many it takes. Keys are hashes: neither address nor network is kept. */
export type AttemptLimit = { key: string; limit: number };

/**
 * Counts one attempt under every key before the password is looked at, so that guesses sent at once count like guesses
 * sent one by one. Success gives it back (`forgiveAttempt`).
 * @param windowStart windows opened before are over
 * @returns false, with nothing counted, when a key is used up
 */
export async function reserveAttempt(
  tx: Writer,
  limits: readonly AttemptLimit[],
  now: string,
  windowStart: string,
): Promise<boolean> {
  await tx
    .delete(signInAttempt)
    .where(lt(signInAttempt.windowStart, windowStart))
    .returning({ key: signInAttempt.key });
  const keys = limits.map(({ key }) => key);
  const rows = await tx.select().from(signInAttempt).where(inArray(signInAttempt.key, keys));
  const isUsedUp = limits.some(({ key, limit }) => (rows.find((row) => row.key === key)?.failures ?? 0) >= limit);
  if (isUsedUp) return false;
  for (const key of keys) {
    await tx
      .insert(signInAttempt)
      .values({ key, failures: 1, windowStart: now })
      .onConflictDoUpdate({ target: signInAttempt.key, set: { failures: sql`${signInAttempt.failures} + 1` } })
      .returning({ key: signInAttempt.key });
  }
  return true;
}

/** The attempt succeeded: the account starts anew from this network, the others get theirs back. */
export async function forgiveAttempt(tx: Writer, limits: readonly AttemptLimit[]): Promise<void> {
  const [own, ...others] = limits;
  if (own) await tx.delete(signInAttempt).where(eq(signInAttempt.key, own.key)).returning({ key: signInAttempt.key });
  for (const { key } of others) {
    await tx
      .update(signInAttempt)
      .set({ failures: sql`${signInAttempt.failures} - 1` })
      .where(and(eq(signInAttempt.key, key), gt(signInAttempt.failures, 0)))
      .returning({ key: signInAttempt.key });
  }
}
