import { sql } from 'drizzle-orm';
import { blob, check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { at, json } from './column.ts';
import { batch } from './batch.ts';
import { user } from './user.ts';

/** What the columns of one partner's lists mean, under the name of the partner. */
export const importProfile = sqliteTable('import_profile', {
  id: text().primaryKey(),
  name: text().notNull().unique(),
  mapping: json<unknown>().notNull(),
  version: integer().notNull(),
  updatedBy: text().notNull(),
  updatedAt: at().notNull(),
});

/** A file on its way into the directory. Its bytes are kept while somebody works on it, and while the next list of the partner is compared with it. */
export const importFile = sqliteTable(
  'import_file',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    size: integer().notNull(),
    sha256: text().notNull(),
    content: blob({ mode: 'buffer' }),
    /** How to read it, where that is not found out: sheet, delimiter. */
    reading: json<{ sheet?: string; delimiter?: string }>().notNull(),
    profileId: text().references(() => importProfile.id),
    mapping: json<unknown>().notNull(),
    state: text().$type<'open' | 'committed' | 'discarded'>().notNull(),
    version: integer().notNull(),
    authorId: text()
      .notNull()
      .references(() => user.id),
    batchId: text().references(() => batch.id),
    createdAt: at().notNull(),
    updatedAt: at().notNull(),
    closedAt: at(),
  },
  (t) => [
    index('import_file_by_state').on(t.state, t.updatedAt),
    index('import_file_by_profile').on(t.profileId, t.state, t.closedAt),
    check('import_file_state', sql`${t.state} in ('open','committed','discarded')`),
  ],
);

/** What people said of rows, by the fingerprint of what a row says: remembered for the next file that says the same. */
export const rowDecision = sqliteTable('row_decision', {
  fingerprint: text().primaryKey(),
  decision: json<unknown>().notNull(),
  decidedBy: text().notNull(),
  decidedAt: at().notNull(),
});
