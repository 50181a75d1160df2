import { importRefusal, refuse } from '@waymark/domain';
import { change, findImport, orThrow, Problem, updateImport, type Context } from '@waymark/store';
import { forget } from '../corrections/retention.ts';
import { forgetLooks } from './look.ts';
import { forgetPreviews } from './previews.ts';
import { showImport, type ImportView } from './show.ts';

/**
 * Throws an open import away, with the bytes of its file. What people decided of its rows stays: they decided on what rows say.
 * @throws Problem not-found, import-closed
 */
export async function discardImport(ctx: Context, id: string): Promise<ImportView> {
  await change(ctx, 'proposal.write', async ({ tx, actor, now, audit }) => {
    const record = await findImport(tx, id);
    if (!record) throw new Problem(refuse('not-found'));
    orThrow(importRefusal(record, actor));
    const ended = { state: 'discarded', content: null, closedAt: now, updatedAt: now } as const;
    if (!(await updateImport(tx, id, record.version, ended))) throw new Problem(refuse('stale-revision'));
    await audit('import.discard', `import:${id}`, { sha256: record.sha256 });
    return { id };
  });
  forgetPreviews(ctx.store, [id]);
  forgetLooks(ctx.store, [id]);
  await forget(ctx.store);
  return showImport(ctx, id);
}
