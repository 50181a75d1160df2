import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { AuditAction } from '@waymark/domain';
import { at } from './column.ts';

/** The log. No foreign keys: events outlive their subjects. Payload and salt may be erased; the leaf may not change. */
export const auditEvent = sqliteTable(
  'audit_event',
  {
    seq: integer().primaryKey(),
    id: text().notNull().unique(),
    at: at().notNull(),
    actor: text().notNull(),
    action: text().$type<AuditAction>().notNull(),
    subject: text().notNull(),
    commitment: text().notNull(),
    leafHash: text().notNull(),
    salt: text(),
    payload: text(),
  },
  (t) => [
    index('audit_by_subject').on(t.subject, t.seq),
    index('audit_by_actor').on(t.actor, t.seq),
    index('audit_by_action').on(t.action, t.seq),
  ],
);

/** Complete subtrees of the RFC 6962 tree over the leaves: append and proofs cost O(log n). */
export const auditNode = sqliteTable(
  'audit_node',
  { level: integer().notNull(), position: integer().notNull(), hash: blob({ mode: 'buffer' }).notNull() },
  (t) => [primaryKey({ columns: [t.level, t.position] })],
);
