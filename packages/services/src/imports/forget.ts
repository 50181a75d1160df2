import { change, filesToForget, forgetContent, type Context } from '@waymark/store';
import { DAY, forget } from '../corrections/retention.ts';
import { forgetLooks } from './look.ts';
import { forgetPreviews } from './previews.ts';

/** How long a file that belongs to no profile is kept after its commit: for who asks what became of a row. */
const DAYS_KEPT = 30;

/**
 * Forgets the bytes of committed files that no later list will be compared with.
 * @returns how many
 */
export async function forgetImports(ctx: Omit<Context, 'actorId'>): Promise<{ forgotten: number }> {
  const before = new Date(ctx.now().getTime() - DAYS_KEPT * DAY).toISOString();
  const due = await filesToForget(ctx.store.read, before);
  if (due.length === 0) return { forgotten: 0 };
  await change({ ...ctx, actorId: 'system:imports', idempotency: undefined }, 'system', async ({ tx, audit }) => {
    for (const id of await forgetContent(tx, due))
      await audit('import.forget', `import:${id}`, { daysKept: DAYS_KEPT });
  });
  forgetPreviews(ctx.store, due);
  forgetLooks(ctx.store, due);
  await forget(ctx.store);
  return { forgotten: due.length };
}
