import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { Policy } from '@waymark/domain';
import { at, json } from './column.ts';

export const policy = sqliteTable('policy', {
  version: integer().primaryKey(),
  doc: json<Policy>().notNull(),
  since: at().notNull(),
  requestId: text(),
});

/** One effect per key and person: what the first call answered is answered again. */
export const idempotency = sqliteTable(
  'idempotency',
  {
    userId: text().notNull(),
    key: text().notNull(),
    requestHash: text().notNull(),
    result: json<unknown>(),
    at: at().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.key] })],
);

/** Leases let a second process run the same jobs harmlessly (DESIGN §8). */
export const lease = sqliteTable('lease', {
  name: text().primaryKey(),
  holder: text().notNull(),
  until: at().notNull(),
});

export const instance = sqliteTable('instance', {
  id: integer().primaryKey(),
  profile: text().$type<'demo' | 'production'>().notNull(),
  createdAt: at().notNull(),
});

/** Figures of each day for the trends of the dashboard; derived, kept because the past cannot be computed again cheaply. */
export const dayFigure = sqliteTable(
  'day_figure',
  { day: text().notNull(), name: text().notNull(), value: integer().notNull() },
  (t) => [primaryKey({ columns: [t.day, t.name] })],
);
