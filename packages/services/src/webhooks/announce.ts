import type { WebhookPayload } from '@waymark/domain';
import { insertWebhook, listConsumers, type Change } from '@waymark/store';

/** What of a payload the moment adds. */
type Said = WebhookPayload extends infer P ? (P extends WebhookPayload ? Omit<P, 'timestamp'> : never) : never;

/**
 * Puts a message for every app that left an address into the outbox, in the transaction of what it is about: they are told after the
 * commit, or never.
 * @returns how many will be told
 */
export async function announce({ tx, now, newId }: Pick<Change, 'tx' | 'now' | 'newId'>, said: Said): Promise<number> {
  const told = (await listConsumers(tx)).filter(({ webhookUrl }) => webhookUrl !== null);
  const body = JSON.stringify({ type: said.type, timestamp: now, data: said.data });
  for (const { id: consumerId } of told)
    await insertWebhook(tx, { id: newId(), consumerId, event: said.type, body, createdAt: now });
  return told.length;
}
