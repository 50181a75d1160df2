import { sql } from 'drizzle-orm';
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Role } from '@waymark/domain';
import { at, json } from './column.ts';

export const user = sqliteTable(
  'user',
  {
    id: text().primaryKey(),
    name: text().notNull(),
    email: text().notNull(),
    status: text().$type<'invited' | 'active' | 'disabled'>().notNull(),
    createdAt: at().notNull(),
    /** When two admins erased who this was. Name and address are no longer a person's, and nobody comes back under this id. */
    erasedAt: at(),
  },
  (t) => [
    uniqueIndex('user_email').on(t.email),
    check('user_status', sql`${t.status} in ('invited','active','disabled')`),
  ],
);

export const userRole = sqliteTable(
  'user_role',
  {
    userId: text()
      .notNull()
      .references(() => user.id),
    role: text().$type<Role>().notNull(),
    grantedAt: at().notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.role] })],
);

/** Kept apart from user so that no list query can join a secret by accident (SECURITY TH14). */
export const credential = sqliteTable('credential', {
  userId: text()
    .primaryKey()
    .references(() => user.id),
  passwordHash: text().notNull(),
  updatedAt: at().notNull(),
});

/** One-time links: only the hash of the token is kept. */
export const oneTimeLink = sqliteTable('one_time_link', {
  tokenHash: text().primaryKey(),
  purpose: text().$type<'setup' | 'invite' | 'reset'>().notNull(),
  userId: text(),
  expiresAt: at().notNull(),
  usedAt: at(),
});

/** `id` is the SHA-256 of the session id the browser holds: a stolen database holds no usable session. */
export const session = sqliteTable(
  'session',
  {
    id: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => user.id),
    createdAt: at().notNull(),
    expiresAt: at().notNull(),
  },
  (t) => [index('session_by_user').on(t.userId)],
);

/** Failed sign-ins per key (account, network) in the current window. */
export const signInAttempt = sqliteTable('sign_in_attempt', {
  key: text().primaryKey(),
  failures: integer().notNull(),
  windowStart: at().notNull(),
});

/** What one admin asks and a second must confirm: people, roles, resets, policy (DESIGN §4.4, SECURITY A-07). */
export const adminRequest = sqliteTable(
  'admin_request',
  {
    id: text().primaryKey(),
    kind: text()
      .$type<'user.create' | 'user.roles' | 'user.reset' | 'user.enable' | 'user.erase' | 'policy.change'>()
      .notNull(),
    subject: text().notNull(),
    payload: json<unknown>().notNull(),
    requestedBy: text().notNull(),
    requestedAt: at().notNull(),
    state: text().$type<'open' | 'confirmed' | 'refused'>().notNull(),
    decidedBy: text(),
    decidedAt: at(),
  },
  (t) => [
    index('admin_request_by_state').on(t.state, t.requestedAt),
    check(
      'admin_request_two_people',
      sql`${t.state} <> 'confirmed' or (${t.decidedBy} is not null and ${t.decidedBy} <> ${t.requestedBy})`,
    ),
  ],
);
