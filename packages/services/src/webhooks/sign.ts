import { createHmac, randomBytes } from 'node:crypto';

/** What the spec writes before a symmetric secret. */
const PREFIX = 'whsec_';

/** A fresh secret: 32 random bytes, as Standard Webhooks writes them. */
export function newWebhookSecret(): string {
  return PREFIX + randomBytes(32).toString('base64');
}

/**
 * The headers of a webhook by Standard Webhooks 1.0: id, time and an HMAC-SHA256 over `id.timestamp.body`. The same id at every try,
 * so that a receiver can tell a repetition.
 * @param secret `whsec_…`
 */
export function webhookHeaders(
  secret: string,
  { id, body }: { id: string; body: string },
  now: Date,
): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
