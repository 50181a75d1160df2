import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { at, json } from './column.ts';
import { user } from './user.ts';

/** Mail to be sent after the commit that asked for it, so that a crash loses none (DESIGN §5). Text goes when it was sent. */
export const mail = sqliteTable(
  'mail',
  {
    id: text().primaryKey(),
    kind: text().$type<'outreach' | 'digest' | 'duty' | 'invite' | 'window'>().notNull(),
    subjectId: text().notNull(),
    recipient: text(),
    subject: text(),
    body: text(),
    state: text().$type<'waiting' | 'sent' | 'failed'>().notNull(),
    attempts: integer().notNull().default(0),
    nextAt: at().notNull(),
    createdAt: at().notNull(),
    doneAt: at(),
    failure: text(),
  },
  (t) => [index('mail_waiting').on(t.state, t.nextAt)],
);

/** What mail a person wants: nothing, or a weekly digest of some countries or kinds. */
export const noticeChoice = sqliteTable('notice_choice', {
  userId: text()
    .primaryKey()
    .references(() => user.id),
  weekly: integer({ mode: 'boolean' }).notNull(),
  countries: json<string[]>().notNull(),
  kinds: json<string[]>().notNull(),
  languages: json<string[]>().notNull(),
  lastSentAt: at(),
});
