import { sql } from 'drizzle-orm';
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { WebhookEvent } from '@waymark/domain';
import { at } from './column.ts';

/** An app that uses the directory and said so. Its tokens are kept as hashes; the secret of its webhook signs, so it is kept whole. */
export const consumer = sqliteTable(
  'consumer',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    contact: text().notNull(),
    note: text(),
    webhookUrl: text(),
    webhookSecret: text().notNull(),
    tokenHash: text().notNull(),
    lastSequence: integer(),
    schemaVersion: text(),
    lastSeenAt: at(),
    createdAt: at().notNull(),
    createdBy: text().notNull(),
    removedAt: at(),
    /** ETag. */
    version: integer().notNull(),
  },
  (t) => [uniqueIndex('consumer_by_token').on(t.tokenHash), index('consumer_by_name').on(t.removedAt, t.name)],
);

/** The outbox of webhooks: what an app is to be told, until it was or was given up. */
export const webhookDelivery = sqliteTable(
  'webhook_delivery',
  {
    id: text().primaryKey(),
    consumerId: text()
      .notNull()
      .references(() => consumer.id),
    event: text().$type<WebhookEvent>().notNull(),
    /** The very text that is signed and sent, each time the same. */
    body: text().notNull(),
    state: text().$type<'waiting' | 'delivered' | 'dead'>().notNull(),
    attempts: integer().notNull().default(0),
    nextAt: at().notNull(),
    failure: text(),
    createdAt: at().notNull(),
    doneAt: at(),
  },
  (t) => [
    index('webhook_due').on(t.state, t.nextAt),
    index('webhook_by_consumer').on(t.consumerId, t.createdAt),
    check('webhook_state', sql`${t.state} in ('waiting','delivered','dead')`),
  ],
);
