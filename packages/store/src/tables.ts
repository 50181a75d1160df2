/**
 * All tables. Times are ISO-8601 text in UTC, documents JSON text. Triggers that keep the rules of DESIGN §4
 * (append-only, contributors never approve, nothing enters unapproved) are in drizzle/*_guards.sql.
 */

export * from './tables/record.ts';
export * from './tables/proposal.ts';
export * from './tables/audit.ts';
export * from './tables/snapshot.ts';
export * from './tables/user.ts';
export * from './tables/instance.ts';
export * from './tables/verification.ts';
export * from './tables/watch.ts';
export * from './tables/work.ts';
export * from './tables/outreach.ts';
export * from './tables/mail.ts';
export * from './tables/correction.ts';
export * from './tables/consumer.ts';
export * from './tables/signing.ts';
export * from './tables/urgent.ts';
export * from './tables/batch.ts';
export * from './tables/import.ts';
export * from './tables/duplicate.ts';
