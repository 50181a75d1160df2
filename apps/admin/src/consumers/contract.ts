import type { Consumer, WebhookEvent } from '@waymark/domain';

/** An app of the register, as the API answers it. */
export type ConsumerRow = Consumer & {
  id: string;
  lastSequence: number | null;
  schemaVersion: string | null;
  lastSeenAt: string | null;
  createdAt: string;
  version: number;
  daysBehind: number;
  deadWebhooks: number;
};

export type Consumers = { data: ConsumerRow[]; behind: number; behindAfterDays: number };

/** Shown once; null when the answer repeats an earlier one. */
export type Secrets = { token: string | null; webhookSecret: string | null };
export type WithSecrets = { consumer: ConsumerRow; secrets: Secrets };

export type WebhookRow = {
  id: string;
  event: WebhookEvent;
  state: 'waiting' | 'delivered' | 'dead';
  attempts: number;
  nextAt: string;
  failure: string | null;
  createdAt: string;
  doneAt: string | null;
};
