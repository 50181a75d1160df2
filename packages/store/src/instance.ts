import { instance } from './tables.ts';
import type { Reader, Writer } from './store.ts';

export type Profile = 'demo' | 'production';

/** What this installation was created as, or undefined before it was. */
export async function findInstance(read: Reader): Promise<{ profile: Profile; createdAt: string } | undefined> {
  const [row] = await read.select().from(instance);
  return row && { profile: row.profile, createdAt: row.createdAt };
}

/** There is one instance: the key refuses a second. */
export async function insertInstance(tx: Writer, row: { profile: Profile; createdAt: string }): Promise<void> {
  await tx
    .insert(instance)
    .values({ id: 1, ...row })
    .returning({ id: instance.id });
}
