import { sql } from 'drizzle-orm';
import { check, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { at, json } from './column.ts';

/** What a snapshot went through; its content is files, not rows. */
export const snapshot = sqliteTable(
  'snapshot',
  {
    sequence: integer().primaryKey(),
    kind: text().$type<'full' | 'patch'>().notNull(),
    state: text().$type<'prepared' | 'publishing' | 'published' | 'discarded'>().notNull(),
    auditSize: integer().notNull(),
    auditRoot: text().notNull(),
    contentDigest: text().notNull(),
    manifest: json<unknown>().notNull(),
    difference: json<unknown>().notNull(),
    gate: json<unknown>(),
    preparedBy: text().notNull(),
    preparedAt: at().notNull(),
    confirmedBy: text(),
    confirmedReason: text(),
    publishedBy: text(),
    publishedAt: at(),
    targetsVersion: integer(),
  },
  (t) => [check('snapshot_two_people', sql`${t.confirmedBy} is null or ${t.confirmedBy} <> ${t.preparedBy}`)],
);

/**
 * How far each copy of each snapshot is. A work list: what it led to for clients is in the audit log. One row per place and
 * snapshot; renewed signatures of the same snapshot go through the same row.
 */
export const delivery = sqliteTable(
  'delivery',
  {
    /** No table of destinations: they are in a file of the machine, and rows outlive them. */
    destination: text().notNull(),
    sequence: integer()
      .notNull()
      .references(() => snapshot.sequence),
    url: text().notNull(),
    /** Whether the snapshot counts as published only once it is seen there. */
    required: integer({ mode: 'boolean' }).notNull(),
    state: text().$type<'pending' | 'uploaded' | 'seen' | 'failed' | 'superseded'>().notNull(),
    /** Which timestamp the state speaks of. */
    timestampVersion: integer(),
    attempts: integer().notNull(),
    nextAt: at().notNull(),
    /** Why the last attempt failed: a code of `DestinationProblem`, and words for the person who has to mend it. */
    failure: text(),
    detail: text(),
    uploadedAt: at(),
    /** When clients saw the snapshot there first. Stays, whatever becomes of later attempts. */
    seenAt: at(),
  },
  (t) => [
    primaryKey({ columns: [t.destination, t.sequence] }),
    check('delivery_state', sql`${t.state} in ('pending','uploaded','seen','failed','superseded')`),
  ],
);
