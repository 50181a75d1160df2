import { impactOf, parseDocument, refuse, type DirectoryRecord, type Effect, type Entry } from '@waymark/domain';
import { activeEntriesServing, findRecord, Problem, type Context } from '@waymark/store';
import { firstStepsOfRecord, type FirstSteps } from '../coverage/firstSteps.ts';
import { countriesOf } from '../proposals/show.ts';

/** What might happen to an entry. */
type Happening = { retire: true } | { doc: unknown };

/**
 * What each country loses or gains if an entry left, or became another document. Nothing is written.
 * @throws Problem not-found, document-invalid
 */
export async function impactOfRecord(ctx: Context, id: string, change: Happening): Promise<Effect[]> {
  const record = await entryRecord(ctx, id);
  const before = { ...(record.doc as Entry), state: record.state };
  const after = 'retire' in change ? undefined : proposed(change.doc);
  const others = (await activeEntriesServing(ctx.store.read, countriesOf([before, after]))).filter((e) => e.id !== id);
  return impactOf(
    before,
    after,
    others.map((e) => ({ ...e, state: 'active' as const })),
  );
}

/**
 * Whose first step would change with it. Nothing is written.
 * @throws Problem not-found, document-invalid
 */
export async function firstStepsAfter(ctx: Context, id: string, change: Happening): Promise<FirstSteps> {
  const record = await entryRecord(ctx, id);
  const after = 'retire' in change ? undefined : proposed(change.doc);
  return firstStepsOfRecord(ctx.store.read, record, after, ctx.now().toISOString());
}

async function entryRecord(ctx: Context, id: string): Promise<DirectoryRecord> {
  const record = await findRecord(ctx.store.read, id);
  if (!record || record.type !== 'entry') throw new Problem(refuse('not-found'));
  return record;
}

function proposed(doc: unknown) {
  const parsed = parseDocument('entry', doc);
  if (!parsed.ok) throw new Problem(refuse('document-invalid', undefined, parsed.problems));
  return { ...parsed.doc, state: 'active' as const };
}
