import { and, asc, count, desc, eq, isNull, lte } from 'drizzle-orm';
import { consumer, webhookDelivery } from './tables.ts';
import type { Reader, Writer } from './store.ts';

export type WebhookRow = typeof webhookDelivery.$inferSelect;
export type WebhookState = WebhookRow['state'];

/** A message that waits, with where it goes and what signs it. */
export type WaitingWebhook = WebhookRow & { url: string; secret: string };

export async function insertWebhook(
  tx: Writer,
  row: Pick<WebhookRow, 'id' | 'consumerId' | 'event' | 'body' | 'createdAt'>,
): Promise<void> {
  await tx
    .insert(webhookDelivery)
    .values({ ...row, state: 'waiting', nextAt: row.createdAt })
    .returning({ id: webhookDelivery.id });
}

/** Messages whose time has come, oldest first. Those of an app that was removed, or told its address no more, are none. */
export async function dueWebhooks(read: Reader, now: string, limit: number): Promise<WaitingWebhook[]> {
  const rows = await read
    .select({ delivery: webhookDelivery, url: consumer.webhookUrl, secret: consumer.webhookSecret })
    .from(webhookDelivery)
    .innerJoin(consumer, eq(consumer.id, webhookDelivery.consumerId))
    .where(and(eq(webhookDelivery.state, 'waiting'), lte(webhookDelivery.nextAt, now), isNull(consumer.removedAt)))
    .orderBy(asc(webhookDelivery.nextAt), asc(webhookDelivery.id))
    .limit(limit);
  return rows.flatMap(({ delivery, url, secret }) => (url === null ? [] : [{ ...delivery, url, secret }]));
}

/** Takes a message to try it, before anything leaves: of two that read the same row one gets nothing. */
export async function claimWebhook(
  tx: Writer,
  { id, attempts }: Pick<WebhookRow, 'id' | 'attempts'>,
  nextAt: string,
): Promise<boolean> {
  const rows = await tx
    .update(webhookDelivery)
    .set({ attempts: attempts + 1, nextAt })
    .where(
      and(eq(webhookDelivery.id, id), eq(webhookDelivery.state, 'waiting'), eq(webhookDelivery.attempts, attempts)),
    )
    .returning({ id: webhookDelivery.id });
  return rows.length > 0;
}

export async function noteWebhookFailure(tx: Writer, id: string, failure: string): Promise<void> {
  await tx.update(webhookDelivery).set({ failure }).where(eq(webhookDelivery.id, id)).returning({
    id: webhookDelivery.id,
  });
}

/** Ends a message, or lets one that was given up wait again. */
export async function moveWebhook(
  tx: Writer,
  id: string,
  from: WebhookState,
  set: Pick<WebhookRow, 'state' | 'failure' | 'doneAt'> & Partial<Pick<WebhookRow, 'attempts' | 'nextAt'>>,
): Promise<WebhookRow | undefined> {
  const [row] = await tx
    .update(webhookDelivery)
    .set(set)
    .where(and(eq(webhookDelivery.id, id), eq(webhookDelivery.state, from)))
    .returning();
  return row;
}

/** The messages to one app, newest first. */
export async function pageWebhooks(
  read: Reader,
  query: { consumerId: string; state?: WebhookState | undefined },
  page: { limit: number; offset: number },
): Promise<{ data: WebhookRow[]; total: number }> {
  const where = and(
    eq(webhookDelivery.consumerId, query.consumerId),
    query.state === undefined ? undefined : eq(webhookDelivery.state, query.state),
  );
  const data = await read
    .select()
    .from(webhookDelivery)
    .where(where)
    .orderBy(desc(webhookDelivery.createdAt), desc(webhookDelivery.id))
    .limit(page.limit)
    .offset(page.offset);
  const [counted] = await read.select({ n: count() }).from(webhookDelivery).where(where);
  return { data, total: counted?.n ?? 0 };
}

/** How many messages to each app were given up. */
export async function deadWebhooks(read: Reader): Promise<Map<string, number>> {
  const rows = await read
    .select({ consumerId: webhookDelivery.consumerId, n: count() })
    .from(webhookDelivery)
    .where(eq(webhookDelivery.state, 'dead'))
    .groupBy(webhookDelivery.consumerId);
  return new Map(rows.map(({ consumerId, n }) => [consumerId, n]));
}
