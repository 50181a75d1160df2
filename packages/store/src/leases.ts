import { lt, or, eq } from 'drizzle-orm';
import { lease } from './tables.ts';
import type { Writer } from './store.ts';

/**
 * Takes a job for a while, unless another process holds it (DESIGN §8). The condition stands in the upsert.
 * @returns false when somebody else works on it
 */
export async function takeLease(
  tx: Writer,
  name: string,
  holder: string,
  now: string,
  until: string,
): Promise<boolean> {
  const taken = await tx
    .insert(lease)
    .values({ name, holder, until })
    .onConflictDoUpdate({
      target: lease.name,
      set: { holder, until },
      setWhere: or(lt(lease.until, now), eq(lease.holder, holder)),
    })
    .returning({ name: lease.name });
  return taken.length > 0;
}
