import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { SignatureFile, SigningRequest } from '@waymark/domain';
import { at, json } from './column.ts';
import { snapshot } from './snapshot.ts';

/** What people were asked to sign of a snapshot. It never changes; any change of the snapshot makes it void. */
export const signingRequest = sqliteTable('signing_request', {
  sequence: integer()
    .primaryKey()
    .references(() => snapshot.sequence),
  version: integer().notNull(),
  digest: text().notNull().unique(),
  request: json<SigningRequest>().notNull(),
  createdAt: at().notNull(),
  voidedAt: at(),
  voidedBecause: text(),
});

/** One signature per key and request, kept after it was verified. Who brought it need not be who made it: the key says that. */
export const snapshotSignature = sqliteTable(
  'snapshot_signature',
  {
    sequence: integer()
      .notNull()
      .references(() => signingRequest.sequence),
    keyid: text().notNull(),
    signature: json<SignatureFile>().notNull(),
    uploadedBy: text().notNull(),
    at: at().notNull(),
  },
  (t) => [primaryKey({ columns: [t.sequence, t.keyid] })],
);

/** Publication windows whose reminder was written, so that nobody gets two. */
export const windowReminder = sqliteTable('window_reminder', { opensAt: at().primaryKey(), sentAt: at().notNull() });
