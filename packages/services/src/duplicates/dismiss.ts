import { refuse, type UnitableType } from '@waymark/domain';
import {
  change,
  findRecord,
  inOrder,
  orThrow,
  Problem,
  putDistinctPair,
  type Context,
  type Reader,
} from '@waymark/store';

export type PairOfIds = { first: string; second: string };

/**
 * Remembers that two records are two, and why: they leave the queue (see `thoseThatComeBack` for when they return).
 * @throws Problem not-found, comment-required, input-invalid for one record twice or records of two types, not-permitted
 */
export function dismissDuplicate(ctx: Context, { first, second }: PairOfIds, reason: string): Promise<void> {
  return change(ctx, 'proposal.write', async ({ tx, actor, now, audit }) => {
    const said = reason.trim();
    if (said === '') throw new Problem(refuse('comment-required'));
    const type = await typeOfPair(tx, first, second);
    const pair = inOrder(first, second);
    await putDistinctPair(tx, { ...pair, reason: said, decidedBy: actor.id, decidedAt: now });
    await audit('duplicate.dismiss', `${type}:${pair.firstId}`, { other: pair.secondId, reason: said });
  });
}

/** The type of two records that can be one. @throws Problem not-found, input-invalid */
export async function typeOfPair(read: Reader, first: string, second: string): Promise<UnitableType> {
  const [a, b] = [await findRecord(read, first), await findRecord(read, second)];
  if (!a || !b) throw new Problem(refuse('not-found'));
  orThrow(
    a.type === b.type && a.id !== b.id && a.type !== 'country'
      ? undefined
      : refuse('input-invalid', 'Name two entries, or two organisations'),
  );
  return a.type as UnitableType; // Looked at above.
}
