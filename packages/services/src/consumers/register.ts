import { randomBytes } from 'node:crypto';
import { type Consumer } from '@waymark/domain';
import { change, insertConsumer, sha256Hex, type Context } from '@waymark/store';
import { newWebhookSecret } from '../webhooks/sign.ts';
import { showConsumer, type ConsumerView } from './list.ts';

/** What is shown once, when it is made: the token an app reports with, and the secret that signs what it is told. */
export type ConsumerSecrets = { token: string | null; webhookSecret: string | null };

/** A token of the public endpoint; its hash is all that is kept. */
export function newConsumerToken(): string {
  return `wmc_${randomBytes(32).toString('base64url')}`;
}

/**
 * Writes an app into the register, at its own wish.
 * @returns the app and its secrets; null when the request was a repetition, for then the first answer had them
 * @throws Problem not-permitted
 */
export async function registerConsumer(
  ctx: Context,
  input: Consumer,
): Promise<{ consumer: ConsumerView; secrets: ConsumerSecrets }> {
  // Made outside the change: what an idempotency key repeats is kept, and a token is not.
  const token = newConsumerToken();
  const webhookSecret = newWebhookSecret();
  const tokenHash = sha256Hex(token);
  const kept = await change(ctx, 'consumer.administer', async ({ tx, actor, now, newId, audit }) => {
    const id = newId();
    await insertConsumer(tx, { id, ...input, webhookSecret, tokenHash, createdAt: now, createdBy: actor.id });
    await audit('consumer.register', `consumer:${id}`, { ...input });
    return { id, tokenHash };
  });
  const isFirst = kept.tokenHash === tokenHash;
  return {
    consumer: await showConsumer(ctx, kept.id),
    secrets: isFirst ? { token, webhookSecret } : { token: null, webhookSecret: null },
  };
}
