import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { AlarmKind } from '@waymark/domain';
import { at, json } from './column.ts';

/** What speaks against a fact and waits for a person. Closed, never deleted. */
export const alarm = sqliteTable(
  'alarm',
  {
    id: text().primaryKey(),
    recordId: text().notNull(),
    path: text().notNull(),
    kind: text().$type<AlarmKind>().notNull(),
    unsafe: integer({ mode: 'boolean' }).notNull(),
    /** Facts for a person: addresses, dates, codes. Never a body of a page or words of a reporter. */
    detail: json<Record<string, string | number | boolean>>().notNull(),
    raisedAt: at().notNull(),
    raisedBy: text().notNull(),
    closedAt: at(),
    closedBy: text(),
    closeNote: text(),
  },
  (t) => [
    index('alarm_by_record').on(t.recordId, t.closedAt),
    // The same alarm is raised once, however often its cause is seen.
    uniqueIndex('alarm_open_once')
      .on(t.recordId, t.path, t.kind)
      .where(sql`${t.closedAt} is null`),
    index('alarm_open').on(t.closedAt, t.unsafe, t.raisedAt),
  ],
);

/** Where the watcher stands with one address of one record: the last answer, not a history. */
export const watch = sqliteTable(
  'watch',
  {
    recordId: text().notNull(),
    path: text().notNull(),
    url: text().notNull(),
    host: text().notNull(),
    nextAt: at().notNull(),
    lastAt: at(),
    lastOutcome: text(),
    failingSince: at(),
    failures: integer().notNull().default(0),
    fingerprint: text(),
    finalUrl: text(),
  },
  (t) => [primaryKey({ columns: [t.recordId, t.path] }), index('watch_due').on(t.nextAt, t.host)],
);
