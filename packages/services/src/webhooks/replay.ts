import { refuse } from '@waymark/domain';
import { change, moveWebhook, Problem, type Context, type WebhookRow } from '@waymark/store';

/**
 * Sends a message again that was given up: the same words under the same id, with all its tries before it.
 * @throws Problem not-permitted, webhook-not-dead
 */
export function replayWebhook(ctx: Context, id: string): Promise<WebhookRow> {
  return change(ctx, 'consumer.administer', async ({ tx, now, audit }) => {
    const row = await moveWebhook(tx, id, 'dead', {
      state: 'waiting',
      failure: null,
      doneAt: null,
      attempts: 0,
      nextAt: now,
    });
    if (!row) throw new Problem(refuse('webhook-not-dead'));
    await audit('webhook.replay', `webhook:${id}`, { consumer: row.consumerId, event: row.event });
    return row;
  });
}
