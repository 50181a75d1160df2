import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type {
  Conflict,
  ContributorPart,
  Decision,
  ProposalKind,
  ProposalState,
  RecordType,
  Risk,
} from '@waymark/domain';
import { at, json } from './column.ts';

/** A change on its way: the whole proposed document and the revision it started from. Drafts live here too. */
export const proposal = sqliteTable(
  'proposal',
  {
    id: text().primaryKey(),
    kind: text().$type<ProposalKind>().notNull(),
    recordType: text().$type<RecordType>().notNull(),
    recordId: text().notNull(),
    recordName: text().notNull(),
    baseRevision: integer().notNull(),
    /** For merges: the record that goes, and the revision of it that was seen. */
    mergedId: text(),
    mergedRevision: integer(),
    state: text().$type<ProposalState>().notNull(),
    doc: json<unknown>().notNull(),
    contentHash: text().notNull(),
    risk: text().$type<Risk>().notNull(),
    requiredApprovals: integer().notNull(),
    policyVersion: integer().notNull(),
    summary: text().notNull().default(''),
    conflicts: json<Conflict[]>().notNull(),
    authorId: text().notNull(),
    /** Counts edits of this proposal: what `If-Match` compares. */
    version: integer().notNull(),
    createdAt: at().notNull(),
    updatedAt: at().notNull(),
    submittedAt: at(),
    closedAt: at(),
  },
  (t) => [
    index('proposal_by_state').on(t.state, t.updatedAt),
    index('proposal_by_submission').on(t.state, t.submittedAt, t.createdAt, t.id),
    index('proposal_by_record').on(t.recordId, t.state),
    index('proposal_by_merged')
      .on(t.mergedId)
      .where(sql`${t.mergedId} is not null`),
    index('proposal_by_author').on(t.authorId, t.state),
    check('proposal_required', sql`${t.requiredApprovals} >= 1`),
    check('proposal_kind', sql`${t.kind} in ('create','update','retire','restore','merge','lift')`),
    check(
      'proposal_state',
      sql`${t.state} in ('draft','in-review','changes-requested','applied','declined','withdrawn')`,
    ),
  ],
);

/** Who touched a proposal's content, in which part. Append-only. */
export const contributor = sqliteTable(
  'contributor',
  {
    proposalId: text()
      .notNull()
      .references(() => proposal.id),
    userId: text().notNull(),
    part: text().$type<ContributorPart>().notNull(),
    at: at().notNull(),
  },
  (t) => [primaryKey({ columns: [t.proposalId, t.userId, t.part] }), index('contributor_by_user').on(t.userId)],
);

/** Decisions, each bound to the content hash seen. Append-only but for `voidedAt`. */
export const review = sqliteTable(
  'review',
  {
    id: text().primaryKey(),
    proposalId: text()
      .notNull()
      .references(() => proposal.id),
    reviewerId: text().notNull(),
    decision: text().$type<Decision>().notNull(),
    contentHash: text().notNull(),
    comment: text(),
    at: at().notNull(),
    voidedAt: at(),
  },
  (t) => [
    index('review_by_proposal').on(t.proposalId, t.reviewerId),
    index('review_by_reviewer').on(t.reviewerId),
    check('review_decision', sql`${t.decision} in ('approve','request-changes','decline')`),
  ],
);

/** Remarks on a proposal or one of its fields. The text never changes; a remark is only resolved. */
export const comment = sqliteTable(
  'comment',
  {
    id: text().primaryKey(),
    proposalId: text()
      .notNull()
      .references(() => proposal.id),
    path: text(),
    text: text().notNull(),
    authorId: text().notNull(),
    at: at().notNull(),
    resolvedAt: at(),
    resolvedBy: text(),
  },
  (t) => [index('comment_by_proposal').on(t.proposalId)],
);
