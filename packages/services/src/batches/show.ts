import {
  refuse,
  undoBatchRefusal,
  withdrawBatchRefusal,
  type Actor,
  type BatchKind,
  type Refusal,
  type StateCounts,
} from '@waymark/domain';
import {
  countBatchRows,
  countBrought,
  countOpenOfOthers,
  findActor,
  findBatch,
  importOfBatch,
  Problem,
  undoingBatches,
  type BatchCounts,
  type BatchRecord,
  type Context,
  type Reader,
} from '@waymark/store';

export type BatchListed = BatchCounts & {
  id: string;
  kind: BatchKind;
  title: string;
  authorId: string;
  authorName: string;
  createdAt: string;
  /** The batch it takes back. */
  undoes: string | null;
};

/** Another batch that this one takes back, or that takes this one back. */
export type RelatedBatch = { id: string; title: string; states: StateCounts };

export type BatchView = BatchListed & {
  request: unknown;
  /** The file it was made of. */
  source: { importId: string; name: string; sha256: string } | null;
  undone: RelatedBatch | null;
  undoneBy: RelatedBatch[];
  /** How many records came into the directory with it. */
  brought: number;
  /** What the asking person may do with all of it; null = allowed, otherwise why not. The same rules decide when they try. */
  can: Record<'withdraw' | 'undo', Refusal | null>;
};

/** A batch with what became of its rows. @throws Problem not-found */
export async function showBatch(ctx: Context, id: string): Promise<BatchView> {
  const { read } = ctx.store;
  const batch = await findBatch(read, id);
  if (!batch) throw new Problem(refuse('not-found'));
  const actor: Actor = (await findActor(read, ctx.actorId)) ?? { id: '', name: '', roles: [], status: 'disabled' };
  const listed = await toListed(read, batch);
  const source = await importOfBatch(read, id);
  const undoneBy = await Promise.all((await undoingBatches(read, id)).map((undo) => related(read, undo)));
  const ofOthers = await countOpenOfOthers(read, id, actor.id);
  return {
    ...listed,
    request: batch.request,
    source: source ? { importId: source.id, name: source.name, sha256: source.sha256 } : null,
    undone: batch.undoes === null ? null : await related(read, batch.undoes),
    undoneBy,
    brought: await countBrought(read, id),
    can: {
      withdraw: withdrawBatchRefusal({ states: listed.states, ofOthers }, actor) ?? null,
      undo: undoBatchRefusal({ states: listed.states, undoneBy: undoneBy.map(({ states }) => states) }, actor) ?? null,
    },
  };
}

async function related(read: Reader, id: string): Promise<RelatedBatch> {
  const { states } = await countBatchRows(read, id);
  return { id, title: (await findBatch(read, id))?.title ?? id, states };
}

/** What a list says of a batch. */
export async function toListed(
  read: Reader,
  { id, kind, title, authorId, authorName, createdAt, undoes }: BatchRecord & { authorName: string | null },
): Promise<BatchListed> {
  const counts = await countBatchRows(read, id);
  return { id, kind, title, authorId, authorName: authorName ?? authorId, createdAt, undoes, ...counts };
}
