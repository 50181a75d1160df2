import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { at, json } from './column.ts';

/** A correction somebody outside sent: structured, short, guarded, and gone 30 days after it was decided. */
export const correction = sqliteTable(
  'correction',
  {
    id: text().primaryKey(),
    recordId: text().notNull(),
    path: text(),
    what: text().notNull(),
    value: json<unknown>(),
    note: text(),
    contact: text(),
    fingerprint: text().notNull(),
    times: integer().notNull().default(1),
    receivedAt: at().notNull(),
    state: text().$type<'open' | 'accepted' | 'dismissed'>().notNull(),
    decidedBy: text(),
    decidedAt: at(),
    proposalId: text(),
    purgeAt: at().notNull(),
  },
  (t) => [
    index('correction_by_state').on(t.state, t.receivedAt),
    uniqueIndex('correction_fingerprint').on(t.fingerprint),
    index('correction_purge').on(t.purgeAt),
  ],
);
