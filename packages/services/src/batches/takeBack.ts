import {
  diffDocuments,
  mergeDocuments,
  pathsWithoutPrimaryEvidence,
  refuse,
  sameValue,
  type Conflict,
  type DirectoryRecord,
  type Evidence,
  type ProposalKind,
  type Refusal,
  type RetireReason,
} from '@waymark/domain';
import { findRecord, findRevision, recordsNaming, type ProposalRecord, type Reader } from '@waymark/store';
import { undoMergeRows } from '../duplicates/undoMerge.ts';
import type { NewProposal } from '../proposals/create.ts';
import { isObject } from '../proposals/document.ts';
import type { BatchRowPlan } from './open.ts';

export type TakingBack = {
  /** Why records that came with the batch leave again: the public reason of their tombstones. */
  reason: RetireReason | undefined;
  /** Who says that what stood there before is right; supports what goes back. */
  source: Omit<Evidence, 'id' | 'supports'> | undefined;
  summary: string;
  /** Records that leave with the same batch: what they name does not hold the others. */
  leaving: ReadonlySet<string>;
};

/** What takes each kind back. A merge touches many records; a lift is taken back by suspending, which needs no proposal. */
const INVERSE: Record<Exclude<ProposalKind, 'merge' | 'lift'>, 'update' | 'retire' | 'restore'> = {
  create: 'retire',
  update: 'update',
  retire: 'restore',
  restore: 'retire',
};

/**
 * The rows of a batch that take an applied proposal back, one for each record it touched: each field returns to what it was, unless
 * somebody changed it since. Then the row is a draft, and a person chooses.
 * @param read inside the change that makes the batch
 */
export async function takeBack(read: Reader, proposal: ProposalRecord, terms: TakingBack): Promise<BatchRowPlan[]> {
  if (proposal.kind !== 'merge') return [await rowOf(read, proposal, terms)];
  const rows = await undoMergeRows(read, proposal.id);
  return rows.map((row) => ({ ...row, detail: { takesBack: proposal.id } }));
}

async function rowOf(read: Reader, proposal: ProposalRecord, terms: TakingBack): Promise<BatchRowPlan> {
  const { id, kind, recordId } = proposal;
  const detail = { takesBack: id };
  const refused = (refusal: Refusal): BatchRowPlan => ({ recordId, detail, result: 'refused', refusal });
  if (kind === 'lift' || kind === 'merge') return refused(refuse('undo-impossible', 'Suspend the entry instead'));
  const now = await findRecord(read, recordId);
  const written = await findRevision(read, recordId, proposal.baseRevision + 1);
  if (!now || !written) return refused(refuse('not-found'));
  if (kind === 'create') {
    const naming = (await recordsNaming(read, recordId)).filter((record) => !terms.leaving.has(record.id));
    if (naming.length > 0) return refused(refuse('still-referred-to', `By ${naming.length} of the directory`));
    const hold = sameValue(now.doc, written.doc) ? undefined : refuse('stale-content', 'Others changed it since');
    return { recordId, detail, proposal: leaving(now, terms), hold };
  }
  const before = await findRevision(read, recordId, proposal.baseRevision);
  if (!before) return refused(refuse('not-found'));
  const { merged, conflicts } = mergeDocuments(written.doc, now.doc, before.doc);
  const doc = keepingHandles(merged, now);
  if (kind === 'update' && sameValue(doc, now.doc)) return { recordId, detail, result: 'unchanged' };
  return { recordId, detail, proposal: goingBack(INVERSE[kind], now, doc, conflicts, terms) };
}

function leaving({ id, type, doc }: DirectoryRecord, { reason, summary }: TakingBack): NewProposal {
  return {
    kind: 'retire',
    recordType: type,
    recordId: id,
    doc,
    ...(reason === undefined ? {} : { retirement: { reason, successors: [], redirect: 'none' } }),
    summary,
    part: 'reverter',
  };
}

function goingBack(
  kind: 'update' | 'retire' | 'restore',
  now: DirectoryRecord,
  doc: unknown,
  conflicts: Conflict[],
  { source, summary }: TakingBack,
): NewProposal {
  return {
    kind,
    recordType: now.type,
    recordId: now.id,
    doc: kind === 'update' && source ? withSource(doc, now.doc, source) : doc,
    conflicts,
    summary,
    part: 'reverter',
  };
}

/** A handle is never given back, so the present one stays. */
function keepingHandles(doc: unknown, { slug, doc: now }: DirectoryRecord): unknown {
  const history = 'slugHistory' in now && now.slugHistory ? { slugHistory: now.slugHistory } : {};
  return isObject(doc) ? { ...doc, slug, ...history } : doc;
}

/** Adds who says so for what goes back, where going back needs a source. */
function withSource(doc: unknown, now: unknown, source: Omit<Evidence, 'id' | 'supports'>): unknown {
  const supports = pathsWithoutPrimaryEvidence('update', diffDocuments(now, doc), [], []).slice(0, 100);
  if (supports.length === 0 || !isObject(doc)) return doc;
  const evidence = (doc['evidence'] ?? []) as Evidence[]; // It was approved with this schema.
  return { ...doc, evidence: [...evidence, { ...source, id: freeId(evidence), supports }] };
}

function freeId(taken: readonly Evidence[]): string {
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? 'undo' : `undo-${n}`;
    if (!taken.some((item) => item.id === id)) return id;
  }
}
