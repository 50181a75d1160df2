import { REASONS_WITH_SUCCESSOR, refuse, undoBatchRefusal, type Evidence, type RetireReason } from '@waymark/domain';
import {
  change,
  countBatchRows,
  findBatch,
  orThrow,
  Problem,
  proposalsOfBatch,
  undoingBatches,
  type Context,
  type ProposalRecord,
  type Reader,
} from '@waymark/store';
import { openBatchIn, type BatchRowPlan } from './open.ts';
import { showBatch, type BatchView } from './show.ts';
import { takeBack, type TakingBack } from './takeBack.ts';

export type Undo = {
  title?: string | undefined;
  /** Why what the batch brought leaves again; needed when it brought something. */
  reason?: RetireReason | undefined;
  /** Who says that the old values are right; without it, what needs a source stays a draft. */
  source?: Omit<Evidence, 'id' | 'supports'> | undefined;
};

/**
 * Proposes to take back all that was applied of a batch, as a batch of its own that is reviewed like any other, and can be undone itself.
 * What cannot be taken back is listed with the reason; what others changed since is left to a person.
 * @returns the new batch
 * @throws Problem not-found, not-permitted, nothing-to-undo, already-undone, input-invalid without a reason
 */
export async function undoBatch(ctx: Context, id: string, undo: Undo): Promise<BatchView> {
  const made = await change(ctx, 'proposal.write', async (door) => {
    const { tx, actor } = door;
    const batch = await findBatch(tx, id);
    if (!batch) throw new Problem(refuse('not-found'));
    const { states } = await countBatchRows(tx, id);
    const undoneBy = [];
    for (const other of await undoingBatches(tx, id)) undoneBy.push((await countBatchRows(tx, other)).states);
    orThrow(undoBatchRefusal({ states, undoneBy }, actor));
    // The last first: what came after may stand on what came before.
    const applied = (await proposalsOfBatch(tx, id, ['applied'])).reverse();
    refuseWithoutReason(applied, undo);
    const title = undo.title ?? `Undo: ${batch.title}`;
    const { reason, source } = undo;
    const leaving = new Set(applied.flatMap(({ kind, recordId }) => (kind === 'create' ? [recordId] : [])));
    return openBatchIn(door, {
      kind: 'undo',
      title,
      request: { batch: id, ...(reason && { reason }), ...(source && { source }) },
      undoes: id,
      rows: plan(tx, applied, { reason, source, summary: title, leaving }),
      onRefusal: 'list',
    });
  });
  return showBatch(ctx, made.id);
}

/** Made as they are written, so that the documents of a long batch are not in the memory together. */
async function* plan(
  read: Reader,
  applied: readonly ProposalRecord[],
  terms: TakingBack,
): AsyncGenerator<BatchRowPlan> {
  for (const proposal of applied) yield* await takeBack(read, proposal, terms);
}

function refuseWithoutReason(applied: readonly ProposalRecord[], { reason }: Undo): void {
  const isFit = reason !== undefined && !REASONS_WITH_SUCCESSOR.includes(reason);
  if (isFit || !applied.some(({ kind }) => kind === 'create')) return;
  throw new Problem(
    refuse('input-invalid', undefined, [
      {
        path: '/reason',
        message: 'Say why what the batch brought leaves the directory; a reason that needs no successor',
      },
    ]),
  );
}
