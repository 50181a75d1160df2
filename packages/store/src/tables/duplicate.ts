import { primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { at } from './column.ts';

/** Pairs of records that somebody looked at and called two. The smaller id stands first. */
export const distinctPair = sqliteTable(
  'distinct_pair',
  {
    firstId: text().notNull(),
    secondId: text().notNull(),
    reason: text().notNull(),
    decidedBy: text().notNull(),
    decidedAt: at().notNull(),
  },
  (t) => [primaryKey({ columns: [t.firstId, t.secondId] })],
);
