import { refuse } from '@waymark/domain';
import { change, deleteDistinctPair, inOrder, Problem, type Context } from '@waymark/store';
import { typeOfPair, type PairOfIds } from './dismiss.ts';

/** Takes back that two records are two: they may be one again. @throws Problem not-found when nobody had called them two, not-permitted */
export function reopenDuplicate(ctx: Context, { first, second }: PairOfIds): Promise<void> {
  return change(ctx, 'proposal.write', async ({ tx, audit }) => {
    const type = await typeOfPair(tx, first, second);
    if (!(await deleteDistinctPair(tx, first, second))) throw new Problem(refuse('not-found'));
    const { firstId, secondId } = inOrder(first, second);
    await audit('duplicate.reopen', `${type}:${firstId}`, { other: secondId });
  });
}
