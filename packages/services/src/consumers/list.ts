import { BEHIND_AFTER_DAYS, daysBehind, refuse } from '@waymark/domain';
import {
  deadWebhooks,
  findConsumer,
  listConsumers,
  Problem,
  publishedMoments,
  type ConsumerRow,
  type Context,
} from '@waymark/store';

/** An app as staff see it: neither its token nor its secret. */
export type ConsumerView = Omit<ConsumerRow, 'webhookSecret' | 'tokenHash' | 'removedAt' | 'createdBy'> & {
  /** Days since a snapshot came out that it does not know; 0 when it knows the newest. */
  daysBehind: number;
  /** Messages to it that were given up. */
  deadWebhooks: number;
};

/** Every registered app, and how many of them are behind. */
export async function showConsumers(
  ctx: Pick<Context, 'store' | 'now'>,
): Promise<{ data: ConsumerView[]; behind: number; behindAfterDays: number }> {
  const data = await toViews(ctx, await listConsumers(ctx.store.read));
  const behind = data.filter((consumer) => consumer.daysBehind >= BEHIND_AFTER_DAYS).length;
  return { data, behind, behindAfterDays: BEHIND_AFTER_DAYS };
}

/** @throws Problem not-found */
export async function showConsumer(ctx: Pick<Context, 'store' | 'now'>, id: string): Promise<ConsumerView> {
  const row = await findConsumer(ctx.store.read, id);
  const [view] = row ? await toViews(ctx, [row]) : [];
  if (!view) throw new Problem(refuse('not-found'));
  return view;
}

async function toViews(
  { store: { read }, now }: Pick<Context, 'store' | 'now'>,
  rows: readonly ConsumerRow[],
): Promise<ConsumerView[]> {
  const published = await publishedMoments(read);
  const dead = await deadWebhooks(read);
  return rows.map((row) => {
    const { webhookSecret: _secret, tokenHash: _hash, removedAt: _removed, createdBy: _by, ...shown } = row;
    const seen = { sequence: row.lastSequence, since: row.createdAt };
    return {
      ...shown,
      daysBehind: daysBehind(published, seen, now().toISOString()),
      deadWebhooks: dead.get(row.id) ?? 0,
    };
  });
}
