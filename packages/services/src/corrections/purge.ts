import { change, deleteCorrections, dueForPurge, type Context } from '@waymark/store';
import { CORRECTIONS } from './alarm.ts';
import { DAY, forget } from './retention.ts';

/**
 * Deletes corrections whose time has come, contacts included, and every byte of them: 30 days after they were decided, 90 days after
 * they came at the latest (SECURITY M-04).
 * @returns how many
 */
export async function purgeCorrections(ctx: Omit<Context, 'actorId'>): Promise<{ purged: number }> {
  const now = ctx.now();
  const due = await dueForPurge(ctx.store.read, now.toISOString(), new Date(now.getTime() + DAY).toISOString());
  if (due.length > 0) {
    await change({ ...ctx, actorId: CORRECTIONS, idempotency: undefined }, 'system', async ({ tx, audit }) => {
      const deleted = await deleteCorrections(tx, due);
      for (const { id, recordId } of deleted)
        await audit('correction.purge', `correction:${id}`, { record: `entry:${recordId}` });
    });
  }
  await forget(ctx.store);
  return { purged: due.length };
}
