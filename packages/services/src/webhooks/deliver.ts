import {
  change,
  claimWebhook,
  dueWebhooks,
  moveWebhook,
  noteWebhookFailure,
  type Context,
  type WaitingWebhook,
} from '@waymark/store';
import { postWebhook, type Courier, type PostFailure } from './post.ts';
import { webhookHeaders } from './sign.ts';

/** Minutes until the next try, by how many there were (Standard Webhooks 1.0, "Retry schedule"): three days in all. */
const WAITS = [5 / 60, 5, 30, 120, 300, 600, 840, 1200, 1440] as const;
export const WEBHOOK_ATTEMPTS = WAITS.length + 1;

const BATCH = 50;
const AT_ONCE = 4;

export type WebhooksDelivered = { delivered: number; waiting: number; dead: number };

/**
 * Sends what waits in the outbox of webhooks. A message is claimed before it leaves and ended after it was taken, so a process that
 * dies in between sends it once more: at least once, always under the same id and with the same words.
 * @param leaving aborted when the process stops: what is under way is finished, the rest waits for the next start
 */
export async function deliverWebhooks(
  ctx: Omit<Context, 'actorId'>,
  courier: Courier,
  leaving?: AbortSignal,
): Promise<WebhooksDelivered> {
  const done: WebhooksDelivered = { delivered: 0, waiting: 0, dead: 0 };
  for (;;) {
    const due = await dueWebhooks(ctx.store.read, ctx.now().toISOString(), BATCH);
    // A few at once: one app that answers late must not keep the others from an urgent withdrawal.
    for (let start = 0; start < due.length; start += AT_ONCE) {
      if (leaving?.aborted) return done;
      const outcomes = await Promise.all(due.slice(start, start + AT_ONCE).map((one) => deliverOne(ctx, courier, one)));
      for (const outcome of outcomes) if (outcome !== 'taken') done[outcome] += 1;
    }
    if (due.length < BATCH) return done;
  }
}

async function deliverOne(
  ctx: Omit<Context, 'actorId'>,
  courier: Courier,
  message: WaitingWebhook,
): Promise<keyof WebhooksDelivered | 'taken'> {
  const tries = message.attempts + 1;
  const wait = WAITS[tries - 1] ?? 0;
  const nextAt = new Date(ctx.now().getTime() + wait * 60_000).toISOString();
  // No audit event: nothing but who tries it changes, as with a lease.
  const claimed = await ctx.store.transaction((tx) => claimWebhook(tx, message, nextAt));
  if (!claimed) return 'taken';
  const headers = webhookHeaders(message.secret, message, ctx.now());
  const failure = await postWebhook(message.url, { headers, body: message.body }, courier);
  if (failure === undefined) {
    await end(ctx, message, 'delivered', tries, null);
    return 'delivered';
  }
  // "Gone" is a receiver's way to say that it wants no more.
  if (tries >= WEBHOOK_ATTEMPTS || failure === 'status-410') {
    await end(ctx, message, 'dead', tries, failure);
    return 'dead';
  }
  await ctx.store.transaction((tx) => noteWebhookFailure(tx, message.id, failure));
  return 'waiting';
}

function end(
  ctx: Omit<Context, 'actorId'>,
  { id, consumerId, event }: WaitingWebhook,
  state: 'delivered' | 'dead',
  tries: number,
  failure: PostFailure | null,
): Promise<void> {
  const job = { ...ctx, actorId: 'system:webhooks', idempotency: undefined };
  return change(job, 'system', async ({ tx, now, audit }) => {
    await moveWebhook(tx, id, 'waiting', { state, failure, doneAt: now });
    await audit(`webhook.${state}`, `webhook:${id}`, { consumer: consumerId, event, tries, failure });
  });
}
