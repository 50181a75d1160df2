import { importRefusal, refuse } from '@waymark/domain';
import { findActor, findImport, orThrow, Problem, type Context } from '@waymark/store';
import { cancelPreview, requestPreview, type Preview } from './previews.ts';
import { showImport, type ImportView } from './show.ts';

/**
 * Starts to say what would become of each row, in a thread; answers at once how far it is. Nothing is written.
 * @throws Problem not-found, import-closed
 */
export async function startPreview(ctx: Context, id: string): Promise<ImportView> {
  const { result } = await begin(ctx, id);
  result.catch(() => undefined); // The view says whether it failed.
  return showImport(ctx, id);
}

async function begin(ctx: Context, id: string): Promise<{ result: Promise<Preview> }> {
  const record = await findImport(ctx.store.read, id);
  if (!record) throw new Problem(refuse('not-found'));
  const actor = await findActor(ctx.store.read, ctx.actorId);
  orThrow(actor === undefined ? refuse('not-permitted') : importRefusal(record, actor));
  return requestPreview(ctx.store, record);
}

/**
 * The same for who has nothing else to do meanwhile: waits until it is known, whole.
 * @throws Problem not-found, import-closed, file-unreadable and its kin
 */
export async function awaitPreview(ctx: Context, id: string): Promise<Preview> {
  return (await begin(ctx, id)).result;
}

/** Ends making a preview; what was ready before stays. @throws Problem not-found */
export async function stopPreview(ctx: Context, id: string): Promise<ImportView> {
  cancelPreview(ctx.store, id);
  return showImport(ctx, id);
}
