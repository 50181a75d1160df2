import {
  and,
  asc,
  count,
  desc,
  eq,
  getTableColumns,
  inArray,
  isNotNull,
  like,
  min,
  notExists,
  sql,
  type SQL,
} from 'drizzle-orm';
import {
  OPEN_STATES,
  type BatchRowResult,
  type ProposalKind,
  type ProposalState,
  type RecordType,
  type Risk,
} from '@waymark/domain';
import { placeholdersOf, prepared } from './prepared.ts';
import { isReviewableBy, type ProposalRecord } from './proposals.ts';
import { batch, batchRow, contributor, importFile, proposal, user } from './tables.ts';
import type { Reader, Writer } from './store.ts';

export type BatchRecord = typeof batch.$inferSelect;
export type BatchRowRecord = typeof batchRow.$inferSelect;

export async function insertBatch(tx: Writer, row: BatchRecord): Promise<void> {
  await tx.insert(batch).values(row).returning({ id: batch.id });
}

const insertRow = prepared((tx: Writer) =>
  tx.insert(batchRow).values(placeholdersOf(batchRow)).returning({ position: batchRow.position }).prepare(),
);

export async function insertBatchRow(tx: Writer, row: BatchRowRecord): Promise<void> {
  await insertRow(tx).execute(row);
}

const author = { authorName: user.name };

export async function findBatch(
  read: Reader,
  id: string,
): Promise<(BatchRecord & { authorName: string | null }) | undefined> {
  const [row] = await read
    .select({ ...getTableColumns(batch), ...author })
    .from(batch)
    .leftJoin(user, eq(user.id, batch.authorId))
    .where(eq(batch.id, id));
  return row;
}

/** Batches, the newest first. */
export async function pageBatches(
  read: Reader,
  page: { limit: number; offset: number },
): Promise<{ rows: (BatchRecord & { authorName: string | null })[]; total: number }> {
  const rows = await read
    .select({ ...getTableColumns(batch), ...author })
    .from(batch)
    .leftJoin(user, eq(user.id, batch.authorId))
    .orderBy(desc(batch.createdAt), desc(batch.id))
    .limit(page.limit)
    .offset(page.offset);
  const [total] = await read.select({ n: count() }).from(batch);
  return { rows, total: total?.n ?? 0 };
}

/** Batches that take this one's effect back. */
export async function undoingBatches(read: Reader, id: string): Promise<string[]> {
  const rows = await read.select({ id: batch.id }).from(batch).where(eq(batch.undoes, id));
  return rows.map((row) => row.id);
}

export type BatchCounts = {
  /** By what became of a row when the batch was made. */
  results: Partial<Record<BatchRowResult, number>>;
  /** Proposals of the batch by the state they are in now. */
  states: Partial<Record<ProposalState, number>>;
};

export async function countBatchRows(read: Reader, batchId: string): Promise<BatchCounts> {
  const results = await read
    .select({ result: batchRow.result, n: count() })
    .from(batchRow)
    .where(eq(batchRow.batchId, batchId))
    .groupBy(batchRow.result);
  const states = await read
    .select({ state: proposal.state, n: count() })
    .from(batchRow)
    .innerJoin(proposal, eq(proposal.id, batchRow.proposalId))
    .where(eq(batchRow.batchId, batchId))
    .groupBy(proposal.state);
  return {
    results: Object.fromEntries(results.map(({ result, n }) => [result, n])),
    states: Object.fromEntries(states.map(({ state, n }) => [state, n])),
  };
}

export type BatchRowQuery = {
  results?: readonly BatchRowResult[] | undefined;
  states?: readonly ProposalState[] | undefined;
  risks?: readonly Risk[] | undefined;
  /** Part of the name of the record. */
  q?: string | undefined;
};

function rowsWhere(batchId: string, { results, states, risks, q = '' }: BatchRowQuery): SQL | undefined {
  const words = q.trim().replace(/[%_\\]/g, '');
  return and(
    eq(batchRow.batchId, batchId),
    results === undefined ? undefined : inArray(batchRow.result, [...results]),
    states === undefined ? undefined : inArray(proposal.state, [...states]),
    risks === undefined ? undefined : inArray(proposal.risk, [...risks]),
    words === '' ? undefined : like(proposal.recordName, `%${words}%`),
  );
}

/** Rows of a batch in their order, each with its proposal as it is now. */
export async function pageBatchRows(
  read: Reader,
  batchId: string,
  query: BatchRowQuery,
  page: { limit: number; offset: number },
): Promise<{ rows: (BatchRowRecord & { proposal: ProposalRecord | null })[]; total: number }> {
  const rows = await read
    .select({ ...getTableColumns(batchRow), proposal })
    .from(batchRow)
    .leftJoin(proposal, eq(proposal.id, batchRow.proposalId))
    .where(rowsWhere(batchId, query))
    .orderBy(asc(batchRow.position))
    .limit(page.limit)
    .offset(page.offset);
  const [total] = await read
    .select({ n: count() })
    .from(batchRow)
    .leftJoin(proposal, eq(proposal.id, batchRow.proposalId))
    .where(rowsWhere(batchId, query));
  return { rows, total: total?.n ?? 0 };
}

/** One proposal of a batch, as much of it as a decision names. */
export type BatchProposal = {
  id: string;
  kind: ProposalKind;
  recordType: RecordType;
  recordName: string;
  contentHash: string;
};

/**
 * What of a batch somebody could decide on, or send to review, in the order in which that works: new organisations before what
 * refers to them.
 * @param by who reviews: only what they may approve; `draft`: what waits to be sent
 */
export async function selectOfBatch(
  read: Reader,
  batchId: string,
  query: BatchRowQuery,
  by: { reviewer: string } | 'draft',
): Promise<BatchProposal[]> {
  const wanted =
    by === 'draft'
      ? inArray(proposal.state, ['draft', 'changes-requested'])
      : and(isReviewableBy(read, by.reviewer), eq(proposal.conflicts, []));
  return read
    .select({
      id: proposal.id,
      kind: proposal.kind,
      recordType: proposal.recordType,
      recordName: proposal.recordName,
      contentHash: proposal.contentHash,
    })
    .from(batchRow)
    .innerJoin(proposal, eq(proposal.id, batchRow.proposalId))
    .where(and(rowsWhere(batchId, query), wanted))
    .orderBy(
      sql`case when ${proposal.recordType} = 'organisation' and ${proposal.kind} <> 'retire' then 0 else 1 end`,
      asc(batchRow.position),
    );
}

/** Open proposals of a batch to which this person contributed nothing. */
export async function countOpenOfOthers(read: Reader, batchId: string, userId: string): Promise<number> {
  const contributed = read
    .select({ userId: contributor.userId })
    .from(contributor)
    .where(and(eq(contributor.proposalId, proposal.id), eq(contributor.userId, userId)));
  const [row] = await read
    .select({ n: count() })
    .from(batchRow)
    .innerJoin(proposal, eq(proposal.id, batchRow.proposalId))
    .where(and(eq(batchRow.batchId, batchId), inArray(proposal.state, [...OPEN_STATES]), notExists(contributed)));
  return row?.n ?? 0;
}

/** Whose proposals are counted: those a person may review, or those they wrote that are in a state. */
export type WaitingIn = { reviewableBy: string } | { authorId: string; state: ProposalState };

/** Records that came into the directory with a batch. */
export async function countBrought(read: Reader, batchId: string): Promise<number> {
  const [row] = await read
    .select({ n: count() })
    .from(batchRow)
    .innerJoin(proposal, eq(proposal.id, batchRow.proposalId))
    .where(and(eq(batchRow.batchId, batchId), eq(proposal.kind, 'create'), eq(proposal.state, 'applied')));
  return row?.n ?? 0;
}

/** Batches in which something waits for a person, the longest waiting first, each as one line. */
export async function waitingBatches(read: Reader, who: WaitingIn, limit: number) {
  const isWanted =
    'reviewableBy' in who
      ? isReviewableBy(read, who.reviewableBy)
      : and(eq(proposal.authorId, who.authorId), eq(proposal.state, who.state));
  const since = min(sql<string>`coalesce(${proposal.submittedAt}, ${proposal.updatedAt})`);
  return read
    .select({
      id: batch.id,
      kind: batch.kind,
      title: batch.title,
      authorName: user.name,
      proposals: count(),
      risk: sql<Risk>`max(${proposal.risk})`,
      since: sql<string>`${since}`,
    })
    .from(proposal)
    .innerJoin(batchRow, eq(batchRow.proposalId, proposal.id))
    .innerJoin(batch, eq(batch.id, batchRow.batchId))
    .leftJoin(user, eq(user.id, batch.authorId))
    .where(isWanted)
    .groupBy(batch.id)
    .orderBy(asc(since), asc(batch.id))
    .limit(limit);
}

/** The file a batch was made of, when it was uploaded. */
export async function importOfBatch(read: Reader, batchId: string) {
  const [row] = await read
    .select({ id: importFile.id, name: importFile.name, sha256: importFile.sha256 })
    .from(importFile)
    .where(eq(importFile.batchId, batchId));
  return row;
}

const proposalsInBatch = prepared((read: Reader) =>
  read
    .select({ n: count(batchRow.proposalId) })
    .from(batchRow)
    .where(eq(batchRow.batchId, sql.placeholder('batchId')))
    .prepare(),
);

/** How many rows of a batch became a proposal. */
export async function countBatchProposals(read: Reader, batchId: string): Promise<number> {
  const [row] = await proposalsInBatch(read).execute({ batchId });
  return row?.n ?? 0;
}

/** Proposals of a batch that are not closed, in their order. */
export async function openProposalsOfBatch(read: Reader, batchId: string): Promise<ProposalRecord[]> {
  return proposalsOfBatch(read, batchId, OPEN_STATES);
}

/** Proposals of a batch in these states, in their order. */
export async function proposalsOfBatch(
  read: Reader,
  batchId: string,
  states: readonly ProposalState[],
): Promise<ProposalRecord[]> {
  const rows = await read
    .select({ proposal })
    .from(batchRow)
    .innerJoin(proposal, eq(proposal.id, batchRow.proposalId))
    .where(and(eq(batchRow.batchId, batchId), inArray(proposal.state, [...states])))
    .orderBy(asc(batchRow.position));
  return rows.map((row) => row.proposal);
}

const membership = prepared((read: Reader) =>
  read
    .select({ id: batch.id, kind: batch.kind, title: batch.title, row: batchRow.row, request: batch.request })
    .from(batchRow)
    .innerJoin(batch, eq(batch.id, batchRow.batchId))
    .where(and(isNotNull(batchRow.proposalId), eq(batchRow.proposalId, sql.placeholder('proposalId'))))
    .prepare(),
);

/** The batch a proposal belongs to, and the row of the file it was made of. */
export async function batchOfProposal(read: Reader, proposalId: string) {
  const [row] = await membership(read).execute({ proposalId });
  return row;
}
