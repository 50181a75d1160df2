import { refuse } from '@waymark/domain';
import { change, findConsumer, insertWebhook, Problem, type Context } from '@waymark/store';

/**
 * Puts a message of the kind `test` into the outbox for one app, so that it sees whether it hears us.
 * @throws Problem not-permitted, not-found, webhook-missing
 */
export function tryWebhook(ctx: Context, consumerId: string): Promise<{ id: string }> {
  return change(ctx, 'consumer.administer', async ({ tx, now, newId, audit }) => {
    const consumer = await findConsumer(tx, consumerId);
    if (!consumer) throw new Problem(refuse('not-found'));
    if (consumer.webhookUrl === null) throw new Problem(refuse('webhook-missing'));
    const id = newId();
    const body = JSON.stringify({ type: 'test', timestamp: now, data: {} });
    await insertWebhook(tx, { id, consumerId, event: 'test', body, createdAt: now });
    await audit('webhook.announce', `consumer:${consumerId}`, { event: 'test', webhook: id });
    return { id };
  });
}
