import { refuse } from '@waymark/domain';
import { findImport, Problem, recordReferences, type Context } from '@waymark/store';
import { previewState } from './previews.ts';

/** An entry that the last list of the partner named and this one does not. */
export type GoneEntry = {
  id: string;
  name: string;
  slug: string | null;
  /** Number of its row in the last list. */
  row: number;
};

/**
 * Entries that the last list of the same partner named and no row of this one may mean. They are a question to the partner: nothing is
 * retired unless whoever commits names it.
 * @throws Problem not-found, preview-missing
 */
export async function listGone(
  { store }: Context,
  id: string,
  page: { limit: number; offset: number },
): Promise<{ data: GoneEntry[]; total: number }> {
  if (!(await findImport(store.read, id))) throw new Problem(refuse('not-found'));
  const { ready } = previewState(store, id);
  if (!ready) throw new Problem(refuse('preview-missing'));
  const gone = ready.since?.gone ?? [];
  const shown = gone.slice(page.offset, page.offset + page.limit);
  const known = await recordReferences(
    store.read,
    shown.map((entry) => entry.id),
  );
  const data = shown.map((entry) => ({
    ...entry,
    name: known[entry.id]?.name ?? entry.id,
    slug: known[entry.id]?.slug ?? null,
  }));
  return { data, total: gone.length };
}
