import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { at } from './column.ts';

/** Who does the next check of an entry, and when. */
export const work = sqliteTable(
  'work',
  {
    recordId: text().primaryKey(),
    assigneeId: text(),
    plannedFor: text(),
    claimedBy: text(),
    claimedUntil: at(),
    snoozedUntil: at(),
    snoozeReason: text(),
    /** The next try after somebody did not answer. */
    nextAttempt: integer().notNull().default(1),
    nextAttemptAt: at(),
  },
  (t) => [index('work_by_assignee').on(t.assigneeId, t.plannedFor)],
);
