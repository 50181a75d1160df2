import { sql } from 'drizzle-orm';
import { check, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { SignatureFile, SigningRequest, UrgentWithdrawals } from '@waymark/domain';
import { at, json } from './column.ts';

/** The list of withdrawals that the people on duty were asked to sign, whole each time. At most one is open; an ended one stays. */
export const urgentRequest = sqliteTable(
  'urgent_request',
  {
    sequence: integer().primaryKey(),
    version: integer().notNull(),
    digest: text().notNull().unique(),
    request: json<SigningRequest>().notNull(),
    withdrawals: json<UrgentWithdrawals>().notNull(),
    createdAt: at().notNull(),
    state: text().$type<'open' | 'published' | 'void'>().notNull(),
    endedAt: at(),
  },
  (t) => [
    uniqueIndex('urgent_request_open')
      .on(t.state)
      .where(sql`${t.state} = 'open'`),
    check('urgent_request_state', sql`${t.state} in ('open','published','void')`),
  ],
);

/** One signature per key and list, kept after it was verified. */
export const urgentSignature = sqliteTable(
  'urgent_signature',
  {
    sequence: integer()
      .notNull()
      .references(() => urgentRequest.sequence),
    keyid: text().notNull(),
    signature: json<SignatureFile>().notNull(),
    uploadedBy: text().notNull(),
    at: at().notNull(),
  },
  (t) => [primaryKey({ columns: [t.sequence, t.keyid] })],
);
