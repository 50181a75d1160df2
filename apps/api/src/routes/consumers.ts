import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { Consumer, ConsumerReport, Id, Instant, refuse, WebhookEvent } from '@waymark/domain';
import {
  changeConsumer,
  listWebhooks,
  registerConsumer,
  removeConsumer,
  renewConsumer,
  replayWebhook,
  reportConsumer,
  showConsumer,
  showConsumers,
  tryWebhook,
} from '@waymark/services';
import { Problem } from '@waymark/store';
import { contextOf, type AppEnv } from '../deps.ts';
import { requireIfMatch } from '../etag.ts';
import { listQuery, pageOf, windowOf } from '../list.ts';
import { networkOf } from '../network.ts';
import { bearerOf, body, IF_MATCH, json, NothingMore, route } from '../permission.ts';
import { createThrottle } from '../throttle.ts';

const tags = ['consumers'];
const params = z.object({ id: Id });

const ConsumerView = z
  .object({
    id: Id,
    ...Consumer.shape,
    lastSequence: z.int().nullable(),
    schemaVersion: z.string().nullable(),
    lastSeenAt: Instant.nullable(),
    createdAt: Instant,
    version: z.int().meta({ description: 'The ETag' }),
    daysBehind: z.int().meta({ description: 'Days since a snapshot came out that it does not know; 0 for none' }),
    deadWebhooks: z.int().meta({ description: 'Messages to it that were given up' }),
  })
  .meta({ id: 'ConsumerView' });
const Consumers = z
  .object({ data: z.array(ConsumerView), behind: z.int(), behindAfterDays: z.int() })
  .meta({ id: 'Consumers' });
const WithSecrets = z
  .object({
    consumer: ConsumerView,
    secrets: z
      .object({ token: z.string().nullable(), webhookSecret: z.string().nullable() })
      .meta({ description: 'Shown this once; null when this answers a repeated request' }),
  })
  .meta({ id: 'ConsumerWithSecrets' });
const WEBHOOK_STATES = ['waiting', 'delivered', 'dead'] as const;
const WebhookView = z
  .object({
    id: Id,
    consumerId: Id,
    event: WebhookEvent,
    body: z.string(),
    state: z.enum(WEBHOOK_STATES),
    attempts: z.int(),
    nextAt: Instant,
    failure: z.string().nullable(),
    createdAt: Instant,
    doneAt: Instant.nullable(),
  })
  .meta({ id: 'WebhookDelivery' });

/** The register of apps that use the directory, and what they are told (Standard Webhooks). */
export function consumerRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'get',
      path: '/consumers',
      permission: 'consumer.read',
      tags,
      summary: 'Apps that use the directory, what they read last, and how many are behind',
      responses: { 200: json(Consumers, 'By name') },
    }),
    async (c) => c.json(await showConsumers(c.var.deps), 200),
  );

  api.openapi(
    route({
      method: 'post',
      path: '/consumers',
      permission: 'consumer.administer',
      tags,
      summary: 'Write an app into the register, at its own wish',
      request: { body: body(Consumer) },
      responses: { 201: json(WithSecrets, 'Registered; its secrets are shown this once') },
    }),
    async (c) => c.json(await registerConsumer(contextOf(c), c.req.valid('json')), 201),
  );

  api.openapi(
    route({
      method: 'get',
      path: '/consumers/{id}',
      permission: 'consumer.read',
      tags,
      summary: 'One app',
      request: { params },
      responses: { 200: json(ConsumerView, 'The app') },
    }),
    async (c) => {
      const consumer = await showConsumer(c.var.deps, c.req.valid('param').id);
      c.header('ETag', `"${consumer.version}"`);
      return c.json(consumer, 200);
    },
  );

  api.openapi(
    route({
      method: 'put',
      path: '/consumers/{id}',
      permission: 'consumer.administer',
      tags,
      summary: 'Change what is known of an app',
      parameters: [IF_MATCH],
      request: { params, body: body(Consumer) },
      responses: { 200: json(ConsumerView, 'Changed') },
    }),
    async (c) => {
      const version = requireIfMatch(c);
      return c.json(await changeConsumer(contextOf(c), c.req.valid('param').id, c.req.valid('json'), version), 200);
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/consumers/{id}/renew',
      permission: 'consumer.administer',
      tags,
      summary: 'Give an app a new token and a new secret; the old ones are worthless at once',
      parameters: [IF_MATCH],
      request: { params, body: body(NothingMore) },
      responses: { 200: json(WithSecrets, 'Renewed; the secrets are shown this once') },
    }),
    async (c) => c.json(await renewConsumer(contextOf(c), c.req.valid('param').id, requireIfMatch(c)), 200),
  );

  api.openapi(
    route({
      method: 'post',
      path: '/consumers/{id}/remove',
      permission: 'consumer.administer',
      tags,
      summary: 'Take an app out of the register',
      parameters: [IF_MATCH],
      request: { params, body: body(NothingMore) },
      responses: { 200: json(NothingMore, 'Removed') },
    }),
    async (c) => {
      await removeConsumer(contextOf(c), c.req.valid('param').id, requireIfMatch(c));
      return c.json({}, 200);
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/consumers/{id}/try',
      permission: 'consumer.administer',
      tags,
      summary: 'Send an app a message that only shows that the way is open',
      request: { params, body: body(NothingMore) },
      responses: { 201: json(z.object({ id: Id }), 'It waits in the outbox') },
    }),
    async (c) => c.json(await tryWebhook(contextOf(c), c.req.valid('param').id), 201),
  );

  api.openapi(
    route({
      method: 'get',
      path: '/consumers/{id}/webhooks',
      permission: 'consumer.read',
      tags,
      summary: 'What an app was told, waits to be told, or could not be told',
      request: { params, query: listQuery(['-createdAt'], { state: z.enum(WEBHOOK_STATES).optional() }) },
      responses: { 200: json(pageOf(WebhookView), 'Newest first') },
    }),
    async (c) => {
      const { page, perPage, state } = c.req.valid('query');
      const query = { consumerId: c.req.valid('param').id, state };
      const { data, total } = await listWebhooks(c.var.deps, query, windowOf({ page, perPage }));
      return c.json({ data, total, page, perPage }, 200);
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/webhooks/{id}/replay',
      permission: 'consumer.administer',
      tags,
      summary: 'Send a message again that was given up',
      request: { params, body: body(NothingMore) },
      responses: { 200: json(WebhookView, 'It waits again') },
    }),
    async (c) => c.json(await replayWebhook(contextOf(c), c.req.valid('param').id), 200),
  );
}

/** Tries a network may make in an hour. */
const REPORTS_PER_HOUR = 60;

/** Where an app says what it shows, with the token it was given. Opt-in: no reader does it by itself. */
export function publicConsumerRoutes(open: OpenAPIHono<AppEnv>, { now }: { now: () => Date }): void {
  const perNetwork = createThrottle({ limit: REPORTS_PER_HOUR, seconds: 3600, now });
  open.openapi(
    route({
      method: 'post',
      path: '/consumers/seen',
      permission: 'consumer',
      tags,
      summary: 'An app says which snapshot it shows',
      request: { body: body(ConsumerReport) },
      responses: { 200: json(NothingMore, 'Noted') },
    }),
    async (c) => {
      if (!perNetwork.take(networkOf(c))) throw new Problem(refuse('too-many-attempts'));
      await reportConsumer(c.var.deps, bearerOf(c) ?? '', c.req.valid('json'));
      return c.json({}, 200);
    },
  );
}
