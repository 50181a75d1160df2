import { and, eq } from 'drizzle-orm';
import { watch } from './tables.ts';
import type { Reader, Writer } from './store.ts';

export type WatchRow = typeof watch.$inferSelect;

/** Where the watcher stands with every address it looked at. As many rows as addresses are published. */
export async function watchRows(read: Reader): Promise<WatchRow[]> {
  return read.select().from(watch);
}

export async function putWatch(tx: Writer, row: WatchRow): Promise<void> {
  const { recordId: _, path: __, ...set } = row;
  await tx
    .insert(watch)
    .values(row)
    .onConflictDoUpdate({ target: [watch.recordId, watch.path], set })
    .returning({ path: watch.path });
}

/** Forgets what is published no more. */
export async function dropWatch(tx: Writer, { recordId, path }: Pick<WatchRow, 'recordId' | 'path'>): Promise<void> {
  await tx
    .delete(watch)
    .where(and(eq(watch.recordId, recordId), eq(watch.path, path)))
    .returning({ path: watch.path });
}
