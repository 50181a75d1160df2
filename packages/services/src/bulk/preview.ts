import {
  contentHash,
  isPermitted,
  isProposing,
  refuse,
  type Actor,
  type Effect,
  type Entry,
  type RefusalCode,
} from '@waymark/domain';
import { directoryVersion, findActor, Problem, type Context, type Store } from '@waymark/store';
import { countEffects, reachesPeople } from './effects.ts';
import { digestOf, GATES, planSteps, type BulkOutcome, type BulkRequest, type BulkRow } from './plan.ts';

/** What an action would do, before anybody does it. */
export type BulkPreview = {
  /** What doing it must name: the rows that were seen. */
  digest: string;
  counts: Record<BulkOutcome, number>;
  /** How often each reason stands beside a row. */
  reasons: { code: RefusalCode; count: number }[];
  /** What people of each country lose or gain by all of it together, last options first; the first of them. */
  effects: Effect[];
  effectCount: number;
  rows: BulkRow[];
  /** Rows of the outcomes asked for. */
  total: number;
};

export type RowWindow = { outcomes?: readonly BulkOutcome[] | undefined; limit: number; offset: number };

type Figures = Omit<BulkPreview, 'rows' | 'total'> & { rows: readonly BulkRow[] };

/** A screen shows the worst; the number says how many more there are. */
const EFFECTS_SHOWN = 500;

/**
 * What the action would do to each selected entry, a window of the rows, and what people would lose. Nothing is written.
 * @throws Problem not-signed-in, not-permitted, selection-too-large, successor-required, successor-not-active, input-invalid
 */
export async function previewBulk(ctx: Context, request: BulkRequest, window: RowWindow): Promise<BulkPreview> {
  const actor = await findActor(ctx.store.read, ctx.actorId);
  if (!actor) throw new Problem(refuse('not-signed-in'));
  if (!isPermitted(actor, GATES[request.action.action])) throw new Problem(refuse('not-permitted'));
  const { rows: all, ...figures } = await keptFigures(ctx, actor, request);
  const { outcomes, limit, offset } = window;
  const wanted = outcomes === undefined ? all : all.filter(({ outcome }) => outcomes.includes(outcome));
  return { ...figures, rows: wanted.slice(offset, offset + limit), total: wanted.length };
}

/** Turning a page, or coming back to one, shall not judge thousands of documents again. Each holds some megabytes at most. */
const KEPT = 4;
const kept = new WeakMap<Store, Map<string, Promise<Figures>>>();

async function keptFigures(ctx: Context, actor: Actor, request: BulkRequest): Promise<Figures> {
  const { store } = ctx;
  // Of what is proposed nothing matters but the directory; drafts and work are in anybody's hands.
  const state = isProposing(request.action) ? await directoryVersion(store.read) : String(store.generation());
  const key = `${state} ${contentHash(request)}`;
  const known = kept.get(store) ?? new Map<string, Promise<Figures>>();
  kept.set(store, known);
  const figures = known.get(key) ?? readFigures(ctx, actor, request);
  known.delete(key);
  known.set(key, figures);
  if (known.size > KEPT) known.delete(known.keys().next().value ?? '');
  // What failed is tried again.
  figures.catch(() => known.delete(key));
  return figures;
}

async function readFigures({ store, now }: Context, actor: Actor, request: BulkRequest): Promise<Figures> {
  const { action } = request;
  const planner = { read: store.read, actor, now: now().toISOString() };
  const digest = digestOf(action);
  const reached = reachesPeople(action) ? countEffects() : undefined;
  const rows: BulkRow[] = [];
  const counts: Figures['counts'] = { review: 0, draft: 0, done: 0, unchanged: 0, refused: 0 };
  const reasons = new Map<RefusalCode, number>();
  for await (const step of planSteps(planner, request)) {
    const { row, record, doc } = step;
    digest.add(step);
    rows.push(row);
    counts[row.outcome] += 1;
    if (row.refusal) reasons.set(row.refusal.code, (reasons.get(row.refusal.code) ?? 0) + 1);
    if (record && doc !== undefined) reached?.add(record, action.action === 'retire' ? undefined : (doc as Entry));
  }
  const effects = (await reached?.finish(store.read)) ?? [];
  return {
    digest: digest.hex(),
    counts,
    reasons: [...reasons].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count),
    effects: effects.slice(0, EFFECTS_SHOWN),
    effectCount: effects.length,
    rows,
  };
}
