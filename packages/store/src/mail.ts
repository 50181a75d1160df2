import { and, asc, count, eq, lte } from 'drizzle-orm';
import { mail } from './tables.ts';
import type { Reader, Writer } from './store.ts';

/**
 * That mail is on, and what a letter needs to know of this place. Absent from a context, mail is off: nothing is put into the
 * outbox then.
 */
export type Post = {
  /** The address people type: where links in letters lead. */
  origin: string;
};

export type MailRow = typeof mail.$inferSelect;
export type MailKind = MailRow['kind'];

/** A letter that waits, with all that is needed to send it. */
export type WaitingMail = MailRow & { recipient: string; subject: string; body: string };

export async function insertMail(
  tx: Writer,
  row: Pick<MailRow, 'id' | 'kind' | 'subjectId' | 'recipient' | 'subject' | 'body' | 'createdAt'>,
): Promise<void> {
  await tx
    .insert(mail)
    .values({ ...row, state: 'waiting', nextAt: row.createdAt })
    .returning({ id: mail.id });
}

/** Letters whose time has come, oldest first. */
export async function dueMail(read: Reader, now: string, limit: number): Promise<WaitingMail[]> {
  const rows = await read
    .select()
    .from(mail)
    .where(and(eq(mail.state, 'waiting'), lte(mail.nextAt, now)))
    .orderBy(asc(mail.nextAt), asc(mail.id))
    .limit(limit);
  return rows.filter(isWhole);
}

function isWhole(row: MailRow): row is WaitingMail {
  return row.recipient !== null && row.subject !== null && row.body !== null;
}

/**
 * Takes a letter to try it: counts the attempt and says when the next one would be, before anything leaves. So a process that
 * dies while sending tries again later, and of two that read the same row one gets nothing.
 */
export async function claimMail(
  tx: Writer,
  { id, attempts }: Pick<MailRow, 'id' | 'attempts'>,
  nextAt: string,
): Promise<MailRow | undefined> {
  const [row] = await tx
    .update(mail)
    .set({ attempts: attempts + 1, nextAt })
    .where(and(eq(mail.id, id), eq(mail.state, 'waiting'), eq(mail.attempts, attempts)))
    .returning();
  return row;
}

/** Notes why an attempt failed; the letter goes on waiting. */
export async function noteMailFailure(tx: Writer, id: string, failure: string): Promise<void> {
  await tx
    .update(mail)
    .set({ failure })
    .where(and(eq(mail.id, id), eq(mail.state, 'waiting')))
    .returning({ id: mail.id });
}

/** Ends a letter, sent or given up. Its words and its recipient go at once (`secure_delete` overwrites them). */
export async function finishMail(
  tx: Writer,
  id: string,
  state: 'sent' | 'failed',
  at: string,
  failure: string | null,
): Promise<MailRow | undefined> {
  const [row] = await tx
    .update(mail)
    .set({ state, doneAt: at, failure, recipient: null, subject: null, body: null })
    .where(and(eq(mail.id, id), eq(mail.state, 'waiting')))
    .returning();
  return row;
}

/** How many letters wait, were sent, or were given up. */
export async function countMail(read: Reader): Promise<Record<MailRow['state'], number>> {
  const rows = await read.select({ state: mail.state, n: count() }).from(mail).groupBy(mail.state);
  const found = new Map(rows.map(({ state, n }) => [state, n]));
  return { waiting: found.get('waiting') ?? 0, sent: found.get('sent') ?? 0, failed: found.get('failed') ?? 0 };
}

/** The letters about one thing, oldest first. */
export async function mailAbout(read: Reader, subjectId: string): Promise<MailRow[]> {
  return read.select().from(mail).where(eq(mail.subjectId, subjectId)).orderBy(asc(mail.createdAt), asc(mail.id));
}
