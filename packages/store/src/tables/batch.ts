import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { BatchKind, BatchRowResult, Refusal } from '@waymark/domain';
import { at, json } from './column.ts';
import { proposal } from './proposal.ts';

/** Proposals that belong together and are reviewed, withdrawn and undone together. Append-only: its state follows from its proposals. */
export const batch = sqliteTable(
  'batch',
  {
    id: text().primaryKey(),
    kind: text().$type<BatchKind>().notNull(),
    title: text().notNull(),
    authorId: text().notNull(),
    createdAt: at().notNull(),
    /** What was asked for, as the verb that made it was told: the file with its hash, the action with its selection. */
    request: json<unknown>().notNull(),
    /** The batch whose effect this one takes back. */
    undoes: text(),
  },
  (t) => [
    index('batch_by_time').on(t.createdAt),
    index('batch_by_undone')
      .on(t.undoes)
      .where(sql`${t.undoes} is not null`),
    check('batch_kind', sql`${t.kind} in ('import','bulk','undo')`),
  ],
);

/** Each row of what was asked for, with what became of it. Append-only. */
export const batchRow = sqliteTable(
  'batch_row',
  {
    batchId: text()
      .notNull()
      .references(() => batch.id),
    position: integer().notNull(),
    /** Number of the row in the file, as a spreadsheet counts; none for what the rows need besides, such as an organisation. */
    row: integer(),
    recordId: text(),
    proposalId: text().references(() => proposal.id),
    result: text().$type<BatchRowResult>().notNull(),
    /** Why it is no proposal in review. */
    refusal: json<Refusal>(),
    /** More of what was read and decided, for the report of an import. */
    detail: json<unknown>(),
  },
  (t) => [
    primaryKey({ columns: [t.batchId, t.position] }),
    index('batch_row_by_proposal').on(t.proposalId),
    index('batch_row_by_record').on(t.recordId),
    check('batch_row_result', sql`${t.result} in ('submitted','draft','unchanged','undecided','rejected','refused')`),
  ],
);
