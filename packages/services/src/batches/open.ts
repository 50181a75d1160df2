import { setImmediate as othersTurn } from 'node:timers/promises';
import type { BatchKind, BatchRowResult, Refusal } from '@waymark/domain';
import { addContributor, insertBatch, insertBatchRow, Problem, type Change } from '@waymark/store';
import { draftIn, type NewProposal } from '../proposals/create.ts';
import { submitIn } from '../proposals/submit.ts';

/** What a row of a batch is to become. */
export type BatchRowPlan = {
  /** Number of the row in the file. */
  row?: number | undefined;
  recordId?: string | undefined;
  /** More for the report, as JSON. */
  detail?: unknown;
} & (
  | {
      /** A proposal, which goes to review unless something is missing that its author can add. */
      proposal: NewProposal;
      /** Why it is to stay a draft in any case. */
      hold?: Refusal | undefined;
      /** Who else had a hand in what it says, and may not approve it therefore; in the part that the proposal names. */
      contributors?: readonly string[] | undefined;
    }
  | { result: Exclude<BatchRowResult, 'submitted' | 'draft'>; refusal?: Refusal | undefined }
);

export type BatchPlan = {
  kind: BatchKind;
  title: string;
  /** What was asked for: kept with the batch, and its hash in the log. */
  request: { fileSha256?: string; [more: string]: unknown };
  undoes?: string | undefined;
  /** Made one after the other as they are written, where all of them together would fill the memory. */
  rows: Iterable<BatchRowPlan> | AsyncIterable<BatchRowPlan>;
  /**
   * What a row is when its record cannot take the proposal: `throw` undoes the whole batch (an import is all or nothing), `list` refuses
   * that row alone.
   */
  onRefusal: 'throw' | 'list';
};

export type BatchReceipt = { id: string; results: Partial<Record<BatchRowResult, number>> };

/** Rows after which others get their turn, while the transaction stays open: what they read is the directory as it was. */
export const ROWS_AT_ONCE = 10;

/**
 * Makes a batch, with one proposal for each row that has one, as a part of a change: all of it, or nothing. Its actor is the author of all
 * of them, and contributor in the part the rows name. A proposal that cannot be submitted stays a draft, and the row says why.
 * @throws Problem what drafting throws, with `onRefusal: 'throw'`
 */
export async function openBatchIn(door: Change, plan: BatchPlan): Promise<BatchReceipt> {
  const { tx, actor, now, newId, audit } = door;
  const { kind, title, request, undoes, rows, onRefusal } = plan;
  const id = newId();
  await insertBatch(tx, { id, kind, title, authorId: actor.id, createdAt: now, request, undoes: undoes ?? null });
  const results: BatchReceipt['results'] = {};
  let position = 0;
  for await (const row of rows) {
    const made = await makeRow(door, { id, request, onRefusal }, row);
    await insertBatchRow(tx, {
      batchId: id,
      position,
      row: row.row ?? null,
      recordId: made.recordId ?? row.recordId ?? null,
      proposalId: made.proposalId ?? null,
      result: made.result,
      refusal: made.refusal ?? null,
      detail: row.detail ?? null,
    });
    results[made.result] = (results[made.result] ?? 0) + 1;
    position += 1;
    if (position % ROWS_AT_ONCE === 0) await othersTurn();
  }
  await audit('batch.create', `batch:${id}`, { kind, request, ...(undoes === undefined ? {} : { undoes }), results });
  return { id, results };
}

type MadeRow = { result: BatchRowResult; refusal?: Refusal | undefined; recordId?: string; proposalId?: string };

async function makeRow(
  door: Change,
  { id, request, onRefusal }: Pick<BatchPlan, 'request' | 'onRefusal'> & { id: string },
  row: BatchRowPlan,
): Promise<MadeRow> {
  if (!('proposal' in row)) return { result: row.result, refusal: row.refusal };
  const { fileSha256 } = request;
  const provenance = {
    batch: id,
    ...(fileSha256 === undefined ? {} : { fileSha256 }),
    ...(row.row === undefined ? {} : { row: row.row }),
  };
  const drafted = await orRefusal(draftIn(door, { ...row.proposal, provenance }));
  if ('refusal' in drafted) {
    if (onRefusal === 'throw') throw new Problem(drafted.refusal);
    return { result: 'refused', refusal: drafted.refusal };
  }
  const { part = 'co-editor' } = row.proposal;
  for (const userId of row.contributors ?? []) await addContributor(door.tx, drafted.id, userId, part, door.now);
  const proposal = { proposalId: drafted.id, recordId: drafted.recordId };
  if (row.hold) return { ...proposal, result: 'draft', refusal: row.hold };
  const submitted = await orRefusal(submitIn(door, drafted.id));
  return 'refusal' in submitted
    ? { ...proposal, result: 'draft', refusal: submitted.refusal }
    : { ...proposal, result: 'submitted' };
}

/** Drafting and submitting refuse before they write anything, so that what else the change does may stand. */
async function orRefusal<T extends object>(work: Promise<T>): Promise<T | { refusal: Refusal }> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Problem) return { refusal: error.refusal };
    throw error;
  }
}
