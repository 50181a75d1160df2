import type { Decision, ProposalState, Refusal } from '@waymark/domain';
import { Problem, type Context } from '@waymark/store';
import type { Receipt } from './receipt.ts';
import { judge } from './review.ts';
import { submit } from './submit.ts';

export type RowResult = { id: string; ok: true; state: ProposalState } | { id: string; ok: false; refusal: Refusal };

/** Submits many drafts; each row obeys every rule and stands or falls alone. */
export function bulkSubmit(ctx: Context, ids: readonly string[]): Promise<RowResult[]> {
  return eachRow(ctx, ids, (row, id) => submit(row, id));
}

/** Decides on many proposals, each bound to the hash seen; each row obeys every rule and stands or falls alone. */
export function bulkReview(
  ctx: Context,
  decision: Decision,
  items: readonly { id: string; contentHash: string }[],
  comment?: string,
): Promise<RowResult[]> {
  const seen = new Map(items.map((item) => [item.id, item.contentHash]));
  return eachRow(ctx, [...seen.keys()], (row, id) =>
    judge(row, id, { decision, contentHash: seen.get(id) ?? '', comment }),
  );
}

async function eachRow(
  ctx: Context,
  ids: readonly string[],
  act: (ctx: Context, id: string) => Promise<Receipt>,
): Promise<RowResult[]> {
  const results: RowResult[] = [];
  for (const id of ids) {
    const row = ctx.idempotency
      ? { ...ctx, idempotency: { ...ctx.idempotency, key: `${ctx.idempotency.key}:${id}` } }
      : ctx;
    try {
      const { state } = await act(row, id);
      results.push({ id, ok: true, state });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      results.push({ id, ok: false, refusal: error.refusal });
    }
  }
  return results;
}
