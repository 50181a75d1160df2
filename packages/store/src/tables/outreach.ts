import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { at } from './column.ts';

/** What was agreed with an organisation about being contacted (DOMAIN §5, courtesy). */
export const courtesy = sqliteTable('courtesy', {
  organisationId: text().primaryKey(),
  agreedWay: text(),
  agreedHours: text(),
  /** Test calls and messages were agreed with them. */
  testsArranged: integer({ mode: 'boolean' }).notNull(),
  minDaysBetween: integer().notNull(),
  version: integer().notNull(),
  updatedAt: at().notNull(),
});

/** Each time an organisation was contacted: mails of the ladder, calls, messages. */
export const outreach = sqliteTable(
  'outreach',
  {
    id: text().primaryKey(),
    organisationId: text().notNull(),
    way: text().$type<'mail' | 'call' | 'message'>().notNull(),
    template: text(),
    language: text(),
    /** The internal contact of the organisation that was addressed: its id, never its address. */
    contactId: text(),
    /** 1, 2, 3: day 0, 7, 21 of the ladder, then another contact. */
    attempt: integer().notNull(),
    by: text().notNull(),
    at: at().notNull(),
    nextAt: at(),
    /** Hash of the one-time link the mail carried. */
    linkHash: text(),
    outcome: text().$type<'open' | 'answered' | 'no-answer' | 'failed' | 'superseded'>().notNull(),
    answeredAt: at(),
  },
  (t) => [index('outreach_by_organisation').on(t.organisationId, t.at), index('outreach_due').on(t.outcome, t.nextAt)],
);

/** A link with which a listed organisation sees and confirms its own entries: only the hash of the token is kept. */
export const ownerLink = sqliteTable(
  'owner_link',
  {
    tokenHash: text().primaryKey(),
    organisationId: text().notNull(),
    createdBy: text().notNull(),
    createdAt: at().notNull(),
    expiresAt: at().notNull(),
    usedAt: at(),
  },
  (t) => [index('owner_link_by_organisation').on(t.organisationId)],
);
