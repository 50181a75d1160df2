import { impactOf, parseDocument, refuse, type Effect, type Entry } from '@waymark/domain';
import { activeEntriesServing, findRecord, Problem, type Context } from '@waymark/store';
import { countriesOf } from '../proposals/show.ts';

/**
 * What each country loses or gains if an entry left, or became another document. Nothing is written.
 * @throws Problem not-found, document-invalid
 */
export async function impactOfRecord(
  ctx: Context,
  id: string,
  change: { retire: true } | { doc: unknown },
): Promise<Effect[]> {
  const record = await findRecord(ctx.store.read, id);
  if (!record || record.type !== 'entry') throw new Problem(refuse('not-found'));
  const before = { ...(record.doc as Entry), state: record.state };
  const after = 'retire' in change ? undefined : proposed(change.doc);
  const others = (await activeEntriesServing(ctx.store.read, countriesOf([before, after]))).filter((e) => e.id !== id);
  return impactOf(
    before,
    after,
    others.map((e) => ({ ...e, state: 'active' as const })),
  );
}

function proposed(doc: unknown) {
  const parsed = parseDocument('entry', doc);
  if (!parsed.ok) throw new Problem(refuse('document-invalid', undefined, parsed.problems));
  return { ...parsed.doc, state: 'active' as const };
}
