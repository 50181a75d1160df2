import {
  and,
  asc,
  count,
  desc,
  eq,
  exists,
  getTableColumns,
  inArray,
  isNull,
  like,
  notExists,
  or,
  sql,
  type Placeholder,
  type SQL,
} from 'drizzle-orm';
import {
  OPEN_STATES,
  type Comment,
  type ContributorPart,
  type ProposalKind,
  type ProposalState,
  type RecordType,
  type Review,
  type Risk,
} from '@waymark/domain';
import { batchRow, comment, contributor, proposal, review, user } from './tables.ts';
import { placeholdersOf, prepared } from './prepared.ts';
import type { Reader, Writer } from './store.ts';

export type ProposalRecord = typeof proposal.$inferSelect;
export type ProposalColumns = typeof proposal.$inferInsert;

const proposalById = prepared((read: Reader) =>
  read
    .select()
    .from(proposal)
    .where(eq(proposal.id, sql.placeholder('id')))
    .prepare(),
);

export async function findProposal(read: Reader, id: string): Promise<ProposalRecord | undefined> {
  const [row] = await proposalById(read).execute({ id });
  return row;
}

const insertProposalRow = prepared((tx: Writer) =>
  tx.insert(proposal).values(placeholdersOf(proposal)).returning().prepare(),
);
/** What a proposal is born without. */
const NOTHING_YET = { mergedId: null, mergedRevision: null, summary: '', submittedAt: null, closedAt: null };

export async function insertProposal(tx: Writer, row: ProposalColumns): Promise<ProposalRecord> {
  const [inserted] = await insertProposalRow(tx).execute({ ...NOTHING_YET, ...row });
  if (!inserted) throw new Error('The proposal was not inserted');
  return inserted;
}

/** One query per set of columns that some verb changes. */
const updates = new Map<string, (tx: Writer) => ReturnType<typeof buildUpdate>>();

function buildUpdate(tx: Writer, changed: readonly string[]) {
  const columns = Object.entries(placeholdersOf(proposal)).filter(([column]) => changed.includes(column));
  return tx
    .update(proposal)
    .set({ ...Object.fromEntries(columns), version: sql`${proposal.version} + 1` })
    .where(and(eq(proposal.id, sql.placeholder('id')), eq(proposal.version, sql.placeholder('version'))))
    .returning()
    .prepare();
}

/** Changes a proposal that still is at `version`. @returns undefined when it moved meanwhile. */
export async function updateProposal(
  tx: Writer,
  id: string,
  version: number,
  set: Partial<Omit<ProposalColumns, 'id' | 'version'>>,
): Promise<ProposalRecord | undefined> {
  const changed = Object.entries(set).flatMap(([column, value]) => (value === undefined ? [] : column));
  const key = changed.join();
  const update = updates.get(key) ?? prepared((on: Writer) => buildUpdate(on, changed));
  updates.set(key, update);
  const [row] = await update(tx).execute({ ...set, id, version });
  return row;
}

const insertContributor = prepared((tx: Writer) =>
  tx
    .insert(contributor)
    .values(placeholdersOf(contributor))
    .onConflictDoNothing()
    .returning({ userId: contributor.userId })
    .prepare(),
);

/** Notes a part in a proposal, once per person and part. */
export async function addContributor(
  tx: Writer,
  proposalId: string,
  userId: string,
  part: ContributorPart,
  at: string,
): Promise<void> {
  await insertContributor(tx).execute({ proposalId, userId, part, at });
}

const contributorsByProposal = prepared((read: Reader) =>
  read
    .select({ userId: contributor.userId, name: user.name, part: contributor.part, at: contributor.at })
    .from(contributor)
    .leftJoin(user, eq(user.id, contributor.userId))
    .where(eq(contributor.proposalId, sql.placeholder('proposalId')))
    .orderBy(asc(contributor.at))
    .prepare(),
);

export async function contributorsOf(read: Reader, proposalId: string) {
  return contributorsByProposal(read).execute({ proposalId });
}

const insertReviewRow = prepared((tx: Writer) =>
  tx.insert(review).values(placeholdersOf(review)).returning({ id: review.id }).prepare(),
);

export async function insertReview(tx: Writer, row: typeof review.$inferSelect): Promise<void> {
  await insertReviewRow(tx).execute(row);
}

const reviewsByProposal = prepared((read: Reader) =>
  read
    .select({ review, name: user.name })
    .from(review)
    .leftJoin(user, eq(user.id, review.reviewerId))
    .where(eq(review.proposalId, sql.placeholder('proposalId')))
    .orderBy(asc(review.at), asc(review.id))
    .prepare(),
);

/** All decisions on a proposal, oldest first, voided ones included. */
export async function reviewsOf(read: Reader, proposalId: string): Promise<Review[]> {
  const rows = await reviewsByProposal(read).execute({ proposalId });
  return rows.map(({ review: r, name }) => ({ ...r, reviewerName: name ?? r.reviewerId }));
}

const approversByContent = prepared((read: Reader) =>
  read
    .selectDistinct({ id: review.reviewerId })
    .from(review)
    .where(
      and(
        eq(review.proposalId, sql.placeholder('proposalId')),
        eq(review.decision, 'approve'),
        isNull(review.voidedAt),
        eq(review.contentHash, sql.placeholder('contentHash')),
      ),
    )
    .prepare(),
);

/** Approvals that stand: not voided, of this very content. */
export async function standingApprovers(read: Reader, proposalId: string, contentHash: string): Promise<string[]> {
  const rows = await approversByContent(read).execute({ proposalId, contentHash });
  return rows.map((row) => row.id);
}

/** Makes every standing approval void: the content changed. @returns how many */
export async function voidApprovals(tx: Writer, proposalId: string, at: string): Promise<number> {
  const rows = await tx
    .update(review)
    .set({ voidedAt: at })
    .where(and(eq(review.proposalId, proposalId), eq(review.decision, 'approve'), isNull(review.voidedAt)))
    .returning({ id: review.id });
  return rows.length;
}

export async function insertComment(tx: Writer, row: typeof comment.$inferInsert) {
  const [inserted] = await tx.insert(comment).values(row).returning();
  if (!inserted) throw new Error('The comment was not inserted');
  return inserted;
}

/** @returns undefined when it is not there or was resolved already */
export async function resolveCommentRow(tx: Writer, proposalId: string, id: string, by: string, at: string) {
  const [row] = await tx
    .update(comment)
    .set({ resolvedAt: at, resolvedBy: by })
    .where(and(eq(comment.id, id), eq(comment.proposalId, proposalId), isNull(comment.resolvedAt)))
    .returning();
  return row;
}

export async function findComment(read: Reader, proposalId: string, id: string) {
  const [row] = await read
    .select()
    .from(comment)
    .where(and(eq(comment.id, id), eq(comment.proposalId, proposalId)));
  return row;
}

const commentsByProposal = prepared((read: Reader) =>
  read
    .select({ comment, name: user.name })
    .from(comment)
    .leftJoin(user, eq(user.id, comment.authorId))
    .where(eq(comment.proposalId, sql.placeholder('proposalId')))
    .orderBy(asc(comment.at), asc(comment.id))
    .prepare(),
);

export async function commentsOf(read: Reader, proposalId: string): Promise<Comment[]> {
  const rows = await commentsByProposal(read).execute({ proposalId });
  return rows.map(({ comment: c, name }) => ({ ...c, authorName: name ?? c.authorId }));
}

/** Open proposals that would change a record, or merge it away. */
const isOpenFor = and(
  or(eq(proposal.recordId, sql.placeholder('recordId')), eq(proposal.mergedId, sql.placeholder('recordId'))),
  inArray(proposal.state, [...OPEN_STATES]),
);
const openByRecord = prepared((read: Reader) =>
  read.select().from(proposal).where(isOpenFor).orderBy(asc(proposal.createdAt)).prepare(),
);

/** Open proposals of a record: a change applied to it moves their base. */
export async function openProposalsOf(read: Reader, recordId: string, except?: string): Promise<ProposalRecord[]> {
  return (await openByRecord(read).execute({ recordId })).filter((row) => row.id !== except);
}

const openCreateByRecord = prepared((read: Reader) =>
  read
    .select()
    .from(proposal)
    .where(
      and(
        eq(proposal.recordId, sql.placeholder('recordId')),
        eq(proposal.kind, 'create'),
        inArray(proposal.state, [...OPEN_STATES]),
      ),
    )
    .prepare(),
);

/** Whether an open create proposal claims this record id. */
export async function openCreateOf(read: Reader, recordId: string): Promise<ProposalRecord | undefined> {
  const [row] = await openCreateByRecord(read).execute({ recordId });
  return row;
}

const openCount = prepared((read: Reader) => read.select({ n: count() }).from(proposal).where(isOpenFor).prepare());

/** How many open proposals would change a record, or merge it away. */
export async function countOpenProposals(read: Reader, recordId: string): Promise<number> {
  const [row] = await openCount(read).execute({ recordId });
  return row?.n ?? 0;
}

export type ProposalSort = 'updatedAt' | '-updatedAt' | 'submittedAt' | '-submittedAt' | 'risk' | '-risk';

export type ProposalQuery = {
  states?: readonly ProposalState[] | undefined;
  kind?: ProposalKind | undefined;
  risk?: Risk | undefined;
  recordType?: RecordType | undefined;
  recordId?: string | undefined;
  authorId?: string | undefined;
  /** Of this batch, or of none. */
  batch?: string | null | undefined;
  /** In review and this person never touched it nor approved what stands: their work as a reviewer. */
  reviewableBy?: string | undefined;
  q?: string | undefined;
  sort?: ProposalSort | undefined;
};

/** In review, and this person neither contributed to it nor approved what stands. */
export function isReviewableBy(read: Reader, userId: string | Placeholder): SQL | undefined {
  const contributed = read
    .select({ userId: contributor.userId })
    .from(contributor)
    .where(and(eq(contributor.proposalId, proposal.id), eq(contributor.userId, userId)));
  const approved = read
    .select({ id: review.id })
    .from(review)
    .where(
      and(
        eq(review.proposalId, proposal.id),
        eq(review.reviewerId, userId),
        eq(review.decision, 'approve'),
        isNull(review.voidedAt),
        eq(review.contentHash, proposal.contentHash),
      ),
    );
  return and(eq(proposal.state, 'in-review'), notExists(contributed), notExists(approved));
}

/** Of a batch, or of none. */
function isOfBatch(read: Reader, batchId: string | null): SQL {
  const rows = read
    .select({ batchId: batchRow.batchId })
    .from(batchRow)
    .where(and(eq(batchRow.proposalId, proposal.id), batchId === null ? undefined : eq(batchRow.batchId, batchId)));
  return batchId === null ? notExists(rows) : exists(rows);
}

function proposalWhere(read: Reader, query: ProposalQuery): SQL | undefined {
  return and(
    query.states === undefined ? undefined : inArray(proposal.state, [...query.states]),
    query.kind === undefined ? undefined : eq(proposal.kind, query.kind),
    query.risk === undefined ? undefined : eq(proposal.risk, query.risk),
    query.recordType === undefined ? undefined : eq(proposal.recordType, query.recordType),
    query.recordId === undefined
      ? undefined
      : or(eq(proposal.recordId, query.recordId), eq(proposal.mergedId, query.recordId)),
    query.authorId === undefined ? undefined : eq(proposal.authorId, query.authorId),
    query.batch === undefined ? undefined : isOfBatch(read, query.batch),
    query.reviewableBy === undefined ? undefined : isReviewableBy(read, query.reviewableBy),
    query.q === undefined || query.q.trim() === ''
      ? undefined
      : like(proposal.recordName, `%${query.q.trim().replace(/[%_\\]/g, '')}%`),
  );
}

function proposalOrder(sort: ProposalSort): SQL[] {
  const column = { updatedAt: proposal.updatedAt, submittedAt: proposal.submittedAt, risk: proposal.risk }[
    sort.replace('-', '') as 'updatedAt' | 'submittedAt' | 'risk'
  ];
  const direction = sort.startsWith('-') ? desc : asc;
  return [direction(column), asc(proposal.createdAt), asc(proposal.id)];
}

const QUEUE_ORDER = [proposal.submittedAt, proposal.createdAt, proposal.id] as const;
const inQueueOrder = sql.join([...QUEUE_ORDER], sql`, `);
const placeInQueue = sql`(${sql.placeholder('submittedAt')}, ${sql.placeholder('createdAt')}, ${sql.placeholder('id')})`;

const firstInQueue = prepared((read: Reader) => queueOf(read, undefined, asc));
const nextInQueue = prepared((read: Reader) => queueOf(read, sql`(${inQueueOrder}) > ${placeInQueue}`, asc));
const previousInQueue = prepared((read: Reader) => queueOf(read, sql`(${inQueueOrder}) < ${placeInQueue}`, desc));

function queueOf(read: Reader, where: SQL | undefined, direction: typeof asc) {
  return read
    .select({ id: proposal.id })
    .from(proposal)
    .where(and(isReviewableBy(read, sql.placeholder('userId')), where))
    .orderBy(...QUEUE_ORDER.map(direction))
    .limit(1)
    .prepare();
}

/**
 * What a person reviews before and after a proposal, oldest submission first.
 * @param from undefined when the proposal does not wait for this person: then their queue begins with `next`
 */
export async function queueNeighbours(
  read: Reader,
  userId: string,
  from: Pick<ProposalRecord, 'id' | 'submittedAt' | 'createdAt'> | undefined,
): Promise<{ previous: string | null; next: string | null }> {
  if (!from) return { previous: null, next: (await firstInQueue(read).execute({ userId }))[0]?.id ?? null };
  const { id, submittedAt, createdAt } = from;
  const place = { userId, id, submittedAt, createdAt };
  const [previous] = await previousInQueue(read).execute(place);
  const [next] = await nextInQueue(read).execute(place);
  return { previous: previous?.id ?? null, next: next?.id ?? null };
}

const { doc: _, ...columnsBesideDocument } = getTableColumns(proposal);

/** One page of proposals with what a list row shows of each: no document is read. */
export async function pageProposals(read: Reader, query: ProposalQuery, page: { limit: number; offset: number }) {
  const rows = await read
    .select({
      proposal: columnsBesideDocument,
      authorName: user.name,
      approvals: sql<number>`(select count(distinct ${review.reviewerId}) from ${review} where ${review.proposalId} = ${proposal.id} and ${review.decision} = 'approve' and ${review.voidedAt} is null and ${review.contentHash} = ${proposal.contentHash})`,
      openComments: sql<number>`(select count(*) from ${comment} where ${comment.proposalId} = ${proposal.id} and ${comment.resolvedAt} is null)`,
    })
    .from(proposal)
    .leftJoin(user, eq(user.id, proposal.authorId))
    .where(proposalWhere(read, query))
    .orderBy(...proposalOrder(query.sort ?? '-updatedAt'))
    .limit(page.limit)
    .offset(page.offset);
  return rows;
}

export async function countProposals(read: Reader, query: ProposalQuery): Promise<number> {
  const [row] = await read.select({ n: count() }).from(proposal).where(proposalWhere(read, query));
  return row?.n ?? 0;
}

/** Proposals in key order, for verification. */
export async function proposalsByIds(read: Reader, ids: readonly string[]): Promise<ProposalRecord[]> {
  return ids.length === 0
    ? []
    : read
        .select()
        .from(proposal)
        .where(inArray(proposal.id, [...ids]));
}
