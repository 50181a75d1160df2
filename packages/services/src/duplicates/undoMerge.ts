import { mergeDocuments, refuse, type Entry, type Organisation } from '@waymark/domain';
import {
  change,
  findProposal,
  findRecord,
  findRevision,
  openProposalsOf,
  Problem,
  revisionsBy,
  type Context,
  type Reader,
} from '@waymark/store';
import { openBatchIn, type BatchReceipt, type BatchRowPlan } from '../batches/open.ts';
import type { NewProposal } from '../proposals/create.ts';
import { isMerge, type Merge } from '../proposals/moveBases.ts';

/**
 * What takes a merge back, as rows of a batch of kind `undo` (`openBatchIn`): the record that went is restored as it was, what named it
 * names it again, and the one that stayed gets what it said before. Each is a proposal with every rule of review, the restored one
 * first: the others cannot be applied before it. What was changed since the merge stays; a field that was changed both by the merge
 * and since is a conflict that a person settles.
 * For whoever undoes a batch of which a merge is a part, too.
 * @param proposalId a merge that was applied
 * @throws Problem not-found, input-invalid when it is no applied merge
 */
export async function undoMergeRows(read: Reader, proposalId: string): Promise<BatchRowPlan[]> {
  const merge = await findProposal(read, proposalId);
  if (!merge) throw new Problem(refuse('not-found'));
  if (!isMerge(merge) || merge.state !== 'applied')
    throw new Problem(refuse('input-invalid', 'Only a merge that was applied can be taken back'));
  const made = await revisionsBy(read, proposalId);
  const order = (id: string) => (id === merge.mergedId ? 0 : id === merge.recordId ? 2 : 1);
  const rows: BatchRowPlan[] = [];
  for (const step of [...made].sort((a, b) => order(a.recordId) - order(b.recordId)))
    rows.push(step.recordId === merge.mergedId ? await restored(read, merge) : await goneBack(read, step));
  return rows;
}

/**
 * Takes a merge back: makes a batch with the proposals of `undoMergeRows`, which others review.
 * @throws Problem not-found, input-invalid, record-not-retired when what went is back already, another-open-proposal, not-permitted
 */
export function undoMerge(ctx: Context, proposalId: string): Promise<BatchReceipt> {
  return change(ctx, 'proposal.write', async (door) => {
    const rows = await undoMergeRows(door.tx, proposalId);
    const { recordName, mergedId } = (await findProposal(door.tx, proposalId)) ?? {};
    const gone = (await findRecord(door.tx, mergedId ?? ''))?.state;
    if (gone !== 'retired') throw new Problem(refuse('record-not-retired'));
    const isOnItsWay = (await openProposalsOf(door.tx, mergedId ?? '')).some(({ kind }) => kind === 'restore');
    if (isOnItsWay) throw new Problem(refuse('another-open-proposal'));
    const request = { proposalId, undoes: 'merge' };
    return openBatchIn(door, { kind: 'undo', title: recordName ?? '', request, rows, onRefusal: 'list' });
  });
}

const SUMMARY = 'Takes a merge back';

async function restored(read: Reader, { mergedId, mergedRevision, recordType }: Merge): Promise<BatchRowPlan> {
  const gone = await findRecord(read, mergedId);
  const before = await findRevision(read, mergedId, mergedRevision ?? 0);
  if (!gone || !before || gone.state !== 'retired')
    return { recordId: mergedId, result: 'refused', refusal: refuse('record-not-retired') };
  const { slug } = gone;
  const doc = { ...(before.doc as Entry | Organisation), slug };
  const proposal: NewProposal = {
    kind: 'restore',
    recordType,
    recordId: mergedId,
    doc,
    summary: SUMMARY,
    part: 'reverter',
  };
  return { recordId: mergedId, proposal };
}

type Step = Awaited<ReturnType<typeof revisionsBy>>[number];

/** Back to what the record said before the merge, but for what was changed since. */
async function goneBack(read: Reader, { recordId, type, revision }: Step): Promise<BatchRowPlan> {
  const now = await findRecord(read, recordId);
  const made = await findRevision(read, recordId, revision);
  const before = await findRevision(read, recordId, revision - 1);
  if (!now || !made || !before || now.state === 'retired')
    return { recordId, result: 'refused', refusal: refuse('record-not-active') };
  // Where somebody changed since what the merge had changed, a person chooses: the proposal stays a draft until then.
  const { merged, conflicts } = mergeDocuments(made.doc, now.doc, before.doc);
  const doc = { ...(merged as object), slug: now.slug }; // All three are documents.
  return {
    recordId,
    proposal: { kind: 'update', recordType: type, recordId, doc, conflicts, summary: SUMMARY, part: 'reverter' },
  };
}
