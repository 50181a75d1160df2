import { sql } from 'drizzle-orm';
import { idempotency } from './tables.ts';
import type { Writer } from './store.ts';

/** Forgets what was answered where the answer holds this text: a request sent again would be carried out anew, or refused. */
export async function forgetResultsNaming(tx: Writer, text: string): Promise<void> {
  const pattern = `%${text.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
  await tx
    .delete(idempotency)
    .where(sql`${idempotency.result} like ${pattern} escape '\\'`)
    .returning({ key: idempotency.key });
}
