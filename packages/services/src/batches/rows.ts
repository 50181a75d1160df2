import {
  asKeyed,
  diffDocuments,
  isTree,
  referencesOf,
  refuse,
  reviewRefusal,
  type Actor,
  type BatchRowResult,
  type Change,
  type Decision,
  type ProposalKind,
  type ProposalState,
  type RecordType,
  type Refusal,
  type Risk,
} from '@waymark/domain';
import {
  contributorsOf,
  findActor,
  findBatch,
  pageBatchRows,
  Problem,
  recordReferences,
  selectOfBatch,
  standingApprovers,
  type BatchProposal,
  type BatchRowQuery,
  type BatchRowRecord,
  type Context,
  type ProposalRecord,
  type Reader,
} from '@waymark/store';
import { baseDocument, isObject } from '../proposals/document.ts';
import type { Reference } from '../proposals/show.ts';

/** A proposal as a row of its batch shows it. */
export type RowProposal = {
  id: string;
  kind: ProposalKind;
  recordType: RecordType;
  recordName: string;
  state: ProposalState;
  risk: Risk;
  contentHash: string;
  version: number;
  requiredApprovals: number;
  approvals: number;
  conflictCount: number;
  changes: Change[];
  /** What the paths of the changes speak of: the channels with their types, the sources with their titles. */
  outline: unknown;
  references: Record<string, Reference>;
  /** Why the asking person may not decide so; null = allowed. The same rule decides when they try. */
  can: Record<'approve' | 'requestChanges' | 'decline', Refusal | null>;
};

export type BatchRowView = {
  position: number;
  row: number | null;
  recordId: string | null;
  /** The record it is about, where it is in the directory. */
  record: Reference | null;
  result: BatchRowResult;
  /** Why it was no proposal in review when the batch was made. */
  refusal: Refusal | null;
  detail: unknown;
  proposal: RowProposal | null;
};

/** One page of a batch's rows in their order, each with its proposal as it is now. @throws Problem not-found */
export async function listBatchRows(
  ctx: Context,
  id: string,
  query: BatchRowQuery,
  page: { limit: number; offset: number },
): Promise<{ data: BatchRowView[]; total: number }> {
  const { read } = ctx.store;
  if (!(await findBatch(read, id))) throw new Problem(refuse('not-found'));
  const actor = (await findActor(read, ctx.actorId)) ?? { id: '', name: '', roles: [], status: 'disabled' };
  const { rows, total } = await pageBatchRows(read, id, query, page);
  const records = await recordReferences(
    read,
    rows.flatMap(({ recordId }) => recordId ?? []),
  );
  return { data: await Promise.all(rows.map((row) => toView(read, row, records, actor))), total };
}

/**
 * The proposals of a batch that the asking person may approve (`approve`), or that wait to be sent to review (`submit`), in the order in
 * which that works, each with the hash of its content at this moment.
 * @throws Problem not-found
 */
export async function selectRows(
  ctx: Context,
  id: string,
  action: 'approve' | 'submit',
  query: BatchRowQuery,
): Promise<BatchProposal[]> {
  const { read } = ctx.store;
  if (!(await findBatch(read, id))) throw new Problem(refuse('not-found'));
  return selectOfBatch(read, id, query, action === 'submit' ? 'draft' : { reviewer: ctx.actorId });
}

async function toView(
  read: Reader,
  { position, row, recordId, result, refusal, detail, proposal }: BatchRowRecord & { proposal: ProposalRecord | null },
  records: Record<string, Reference>,
  actor: Actor,
): Promise<BatchRowView> {
  const shown = proposal && (await toRowProposal(read, proposal, actor));
  const record = records[recordId ?? ''] ?? null;
  return { position, row, recordId, record, result, refusal, detail, proposal: shown };
}

async function toRowProposal(read: Reader, proposal: ProposalRecord, actor: Actor): Promise<RowProposal> {
  const { id, kind, recordType, recordName, state, risk, contentHash, version, requiredApprovals, doc } = proposal;
  const base = await baseDocument(read, proposal);
  const approverIds = await standingApprovers(read, id, contentHash);
  const facts = {
    ...proposal,
    contributorIds: (await contributorsOf(read, id)).map(({ userId }) => userId),
    approverIds,
    conflictCount: proposal.conflicts.length,
  };
  const refusalOf = (decision: Decision) => reviewRefusal(facts, actor, { decision }) ?? null;
  return {
    id,
    kind,
    recordType,
    recordName,
    state,
    risk,
    contentHash,
    version,
    requiredApprovals,
    approvals: approverIds.length,
    conflictCount: proposal.conflicts.length,
    changes: diffDocuments(base, doc),
    outline: outlineOf([doc, base]),
    references: await recordReferences(
      read,
      [doc, base].flatMap((each) =>
        isObject(each) ? referencesOf(recordType, each).map((reference) => reference.id) : [],
      ),
    ),
    can: { approve: refusalOf('approve'), requestChanges: refusalOf('request-changes'), decline: refusalOf('decline') },
  };
}

/** As much of documents as names the units in them. The first that knows one wins. */
export function outlineOf(docs: readonly unknown[]): unknown {
  const listed = (list: 'channels' | 'evidence', member: 'type' | 'title') => {
    const known = docs.flatMap((doc) => (isTree(doc) ? [...(asKeyed(doc[list], `/${list}`) ?? [])] : []));
    const named = known.map(([id, item]) => [id, { id, [member]: isTree(item) ? item[member] : undefined }] as const);
    return [...new Map(named.reverse()).values()];
  };
  return { channels: listed('channels', 'type'), evidence: listed('evidence', 'title') };
}
