import { refuse, type Consumer } from '@waymark/domain';
import { change, findConsumer, Problem, sha256Hex, updateConsumer, type Context } from '@waymark/store';
import { newWebhookSecret } from '../webhooks/sign.ts';
import { showConsumer, type ConsumerView } from './list.ts';
import { newConsumerToken, type ConsumerSecrets } from './register.ts';

/** @throws Problem not-permitted, not-found, stale-revision */
export async function changeConsumer(
  ctx: Context,
  id: string,
  input: Consumer,
  version: number,
): Promise<ConsumerView> {
  await change(ctx, 'consumer.administer', async ({ tx, audit }) => {
    if (!(await findConsumer(tx, id))) throw new Problem(refuse('not-found'));
    if (!(await updateConsumer(tx, { id, version }, input))) throw new Problem(refuse('stale-revision'));
    await audit('consumer.change', `consumer:${id}`, { ...input });
  });
  return showConsumer(ctx, id);
}

/**
 * Gives an app a new token and a new secret: the old ones are worthless at once.
 * @throws Problem not-permitted, not-found, stale-revision
 */
export async function renewConsumer(
  ctx: Context,
  id: string,
  version: number,
): Promise<{ consumer: ConsumerView; secrets: ConsumerSecrets }> {
  const token = newConsumerToken();
  const webhookSecret = newWebhookSecret();
  const tokenHash = sha256Hex(token);
  const kept = await change(ctx, 'consumer.administer', async ({ tx, audit }) => {
    if (!(await findConsumer(tx, id))) throw new Problem(refuse('not-found'));
    if (!(await updateConsumer(tx, { id, version }, { tokenHash, webhookSecret })))
      throw new Problem(refuse('stale-revision'));
    await audit('consumer.renew', `consumer:${id}`, {});
    return { tokenHash };
  });
  const isFirst = kept.tokenHash === tokenHash;
  return {
    consumer: await showConsumer(ctx, id),
    secrets: isFirst ? { token, webhookSecret } : { token: null, webhookSecret: null },
  };
}

/** Takes an app out of the register. It is told nothing more, and its token opens nothing. @throws as `changeConsumer` */
export function removeConsumer(ctx: Context, id: string, version: number): Promise<void> {
  return change(ctx, 'consumer.administer', async ({ tx, now, audit }) => {
    if (!(await findConsumer(tx, id))) throw new Problem(refuse('not-found'));
    if (!(await updateConsumer(tx, { id, version }, { removedAt: now }))) throw new Problem(refuse('stale-revision'));
    await audit('consumer.remove', `consumer:${id}`, {});
  });
}
