import { z } from 'zod';
import { ContentHash, Instant } from './identity.ts';
import { SnapshotKind } from './manifest.ts';
import { plainText } from './text.ts';
import { SourceUrl } from './evidence.ts';

/** Where a consumer is told: https, since what is sent says what its app will fetch next. */
export const WebhookUrl = SourceUrl.refine((url) => url.startsWith('https://'), {
  error: 'Use an address that begins with https://',
}).meta({ id: 'WebhookUrl' });

/**
 * An app that uses the directory and said so (opt-in): whom to write to, and what it read last. An organisation, never its users: a
 * reader reports nothing by itself.
 */
export const Consumer = z
  .strictObject({
    name: plainText({ max: 120 }).meta({ description: 'The app or platform' }),
    contact: plainText({ max: 200 }).meta({
      description: 'Whom to write to: a mailbox of a team rather than of a person',
    }),
    note: plainText({ max: 500, multiline: true }).nullable(),
    webhookUrl: WebhookUrl.nullable(),
  })
  .meta({ id: 'Consumer', description: 'An app that uses the directory, as it wishes to be known' });
export type Consumer = z.infer<typeof Consumer>;

/** What a consumer says it read. */
export const ConsumerReport = z
  .strictObject({
    sequence: z.int().positive().meta({ description: 'Of the snapshot it shows' }),
    schemaVersion: z.string().regex(/^\d{1,4}\.\d{1,4}$/),
  })
  .meta({ id: 'ConsumerReport' });
export type ConsumerReport = z.infer<typeof ConsumerReport>;

/** What consumers are told of, as `type` of a webhook. `test` only shows that the way is open. */
export const WebhookEvent = z.enum(['snapshot.published', 'urgent.published', 'test']).meta({ id: 'WebhookEvent' });
export type WebhookEvent = z.infer<typeof WebhookEvent>;

/**
 * Body of a webhook (Standard Webhooks 1.0, "Payload structure"). It says that there is something to fetch, and never what: nothing in
 * it needs to be trusted: the app fetches from where it always does, and verifies.
 */
export type WebhookPayload = { timestamp: z.infer<typeof Instant> } & (
  | {
      type: 'snapshot.published';
      data: { sequence: number; kind: SnapshotKind; contentDigest: ContentHash };
    }
  | { type: 'urgent.published'; data: { sequence: number } }
  | { type: 'test'; data: Record<string, never> }
);

/** An app that has not read a snapshot for so many days is behind. */
export const BEHIND_AFTER_DAYS = 14;

/**
 * Days since the first snapshot came out that a consumer does not know yet; 0 when it knows the newest.
 * @param published sequences with the moment clients got them, in any order
 * @param seen the last sequence it reported; null for one that never did, which counts from when it was registered
 */
export function daysBehind(
  published: readonly { sequence: number; publishedAt: string }[],
  seen: { sequence: number | null; since: string },
  now: string,
): number {
  const missed = published
    .filter(({ sequence, publishedAt }) =>
      seen.sequence === null ? publishedAt >= seen.since : sequence > seen.sequence,
    )
    .map(({ publishedAt }) => publishedAt)
    .sort();
  const [first] = missed;
  return first === undefined ? 0 : Math.max(0, Math.floor((Date.parse(now) - Date.parse(first)) / 86_400_000));
}
