import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { EntryStanding, Evidence, Method, Outcome } from '@waymark/domain';
import { at, json } from './column.ts';

/** What of a standing is kept beside its columns. Facts are not: whoever wants them looks at the events. */
export type StoredStanding = Pick<EntryStanding, 'families' | 'channels'>;

/** Who looked at which facts of which revision, how and with what outcome (DOMAIN §3.6). Append-only. */
export const verification = sqliteTable(
  'verification',
  {
    id: text().primaryKey(),
    recordId: text().notNull(),
    revision: integer().notNull(),
    paths: json<string[]>().notNull(),
    method: text().$type<Method>().notNull(),
    outcome: text().$type<Outcome>().notNull(),
    observed: json<Record<string, unknown>>(),
    performedAt: at().notNull(),
    /** One of the two: a person of ours, or the organisation itself through its link. */
    userId: text(),
    organisationId: text(),
    attempt: integer().notNull(),
    evidence: json<Evidence[]>().notNull(),
    note: text(),
    supersedes: text(),
    proposalId: text(),
    /** Whether it was a country's sole option then: the shorter cadence stays with what was confirmed under it. */
    underSoleOption: integer({ mode: 'boolean' }).notNull(),
    recordedAt: at().notNull(),
  },
  (t) => [
    index('verification_by_record').on(t.recordId, t.performedAt),
    index('verification_by_user').on(t.userId, t.recordedAt),
    check('verification_witness', sql`(${t.userId} is null) <> (${t.organisationId} is null)`),
    check(
      'verification_outcome',
      sql`${t.outcome} in ('confirmed','confirmed-changed','not-reached','contradicted','gone')`,
    ),
  ],
);

/**
 * `dueRank` of the domain as SQL: the queue is walked by an index over it. Names of columns stand alone, since an index takes
 * no others.
 */
export const DUE_RANK = sql<number>`((case when unsafe then 0 when open_alarms > 0 then 10 else 20 end) + (case risk_class when 'G' then 0 when 'A' then 2 when 'B' then 4 when 'C' then 6 else 8 end) + (1 - is_sole_option))`;

/**
 * What follows from events, for lists to sort and filter by: rebuildable at any time, so it is no truth of its own. Nothing in
 * it depends on the clock: confidence only falls as time passes, so the moments when it falls say all.
 */
export const verificationState = sqliteTable(
  'verification_state',
  {
    recordId: text().primaryKey(),
    riskClass: text().$type<'G' | 'A' | 'B' | 'C' | 'D'>().notNull(),
    isSoleOption: integer({ mode: 'boolean' }).notNull(),
    contradicted: integer({ mode: 'boolean' }).notNull(),
    highUntil: at(),
    mediumUntil: at(),
    lowUntil: at(),
    lastConfirmedAt: at(),
    remindAt: at().notNull(),
    dueAt: at().notNull(),
    expiresAt: at(),
    openAlarms: integer().notNull(),
    unsafe: integer({ mode: 'boolean' }).notNull(),
    /** What snapshots say beside it: families of methods, and the same per channel (domain `Standing`). */
    standing: json<StoredStanding>().notNull(),
  },
  (t) => [
    index('verification_state_by_due').on(t.dueAt),
    index('verification_state_by_expiry').on(t.expiresAt),
    index('verification_state_by_rank').on(DUE_RANK, t.dueAt, t.recordId),
  ],
);
