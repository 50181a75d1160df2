import { importRefusal, refuse } from '@waymark/domain';
import { findActor, findImport, orThrow, Problem, type Context } from '@waymark/store';
import { cancelPreview, requestPreview } from './previews.ts';
import { showImport, type ImportView } from './show.ts';

/**
 * Starts to say what would become of each row, in a thread; answers at once how far it is. Nothing is written.
 * @throws Problem not-found, import-closed
 */
export async function startPreview(ctx: Context, id: string): Promise<ImportView> {
  const record = await findImport(ctx.store.read, id);
  if (!record) throw new Problem(refuse('not-found'));
  const actor = await findActor(ctx.store.read, ctx.actorId);
  orThrow(actor === undefined ? refuse('not-permitted') : importRefusal(record, actor));
  const { result } = await requestPreview(ctx.store, record);
  result.catch(() => undefined); // The view says whether it failed.
  return showImport(ctx, id);
}

/** Ends making a preview; what was ready before stays. @throws Problem not-found */
export async function stopPreview(ctx: Context, id: string): Promise<ImportView> {
  cancelPreview(ctx.store, id);
  return showImport(ctx, id);
}
