import { setImmediate as othersTurn } from 'node:timers/promises';
import { refuse, withdrawBatchRefusal } from '@waymark/domain';
import {
  change,
  countBatchRows,
  countOpenOfOthers,
  findBatch,
  openProposalsOfBatch,
  orThrow,
  Problem,
  type Context,
} from '@waymark/store';
import { withdrawIn } from '../proposals/withdraw.ts';
import { ROWS_AT_ONCE } from './open.ts';
import { showBatch, type BatchView } from './show.ts';

/**
 * Takes every open proposal of a batch back in one change; what was decided already stays. Nothing happens when one of them refuses.
 * @throws Problem not-found, not-permitted, batch-closed, not-a-contributor
 */
export async function withdrawBatch(ctx: Context, id: string): Promise<BatchView> {
  await change(ctx, 'proposal.write', async (door) => {
    const { tx, actor, audit } = door;
    if (!(await findBatch(tx, id))) throw new Problem(refuse('not-found'));
    const { states } = await countBatchRows(tx, id);
    orThrow(withdrawBatchRefusal({ states, ofOthers: await countOpenOfOthers(tx, id, actor.id) }, actor));
    const open = await openProposalsOfBatch(tx, id);
    for (const [n, proposal] of open.entries()) {
      await withdrawIn(door, proposal);
      if (n % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await othersTurn();
    }
    await audit('batch.withdraw', `batch:${id}`, { withdrawn: open.length, before: states });
    return { id };
  });
  return showBatch(ctx, id);
}
