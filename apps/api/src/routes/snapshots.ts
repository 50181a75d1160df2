import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import {
  Assurance,
  ContentHash,
  Instant,
  RecordRef,
  SnapshotCounts,
  SnapshotKind,
  SnapshotState,
} from '@waymark/domain';
import {
  confirmSnapshot,
  differenceBetween,
  discardSnapshot,
  listSnapshots,
  prepareSnapshot,
  publishLog,
  publishSnapshot,
  showSnapshot,
  snapshotStatus,
  stageSnapshot,
} from '@waymark/services';
import { contextOf, type AppEnv } from '../deps.ts';
import { listOf, listQuery, pageOf, windowOf } from '../list.ts';
import { body, json, NothingMore, route } from '../permission.ts';
import { Change, Effect, OwnRefusal } from '../schemas.ts';

const tags = ['snapshots'];
const sequence = z.coerce.number().int().min(1).max(1_000_000_000);
const params = z.object({ sequence });

const Difference = z
  .object({
    added: z.array(RecordRef),
    removed: z.array(RecordRef),
    changed: z.array(RecordRef.extend({ changes: z.array(Change) })),
    suspended: z.array(RecordRef),
    effects: z.array(Effect),
    totals: z
      .object({
        added: z.int(),
        removed: z.int(),
        changed: z.int(),
        reverified: z.int().meta({ description: 'Of those changed: nothing but how well they are verified' }),
        suspended: z.int(),
        effects: z.int(),
        lost: z.int(),
      })
      .meta({ description: 'How many there are, where a list leaves some out' }),
  })
  .meta({ id: 'Difference', description: 'What a snapshot changes for people' });

const Delivery = z
  .object({
    destination: z.string(),
    url: z.string().meta({ description: 'Where clients find it' }),
    required: z.boolean().meta({ description: 'Whether the snapshot is published only once it is seen there' }),
    state: z.enum(['pending', 'uploaded', 'seen', 'failed', 'superseded']),
    attempts: z.int(),
    failure: z.string().nullable(),
    detail: z.string().nullable().meta({ description: 'Why the last attempt failed, for the person who mends it' }),
    uploadedAt: Instant.nullable(),
    seenAt: Instant.nullable().meta({ description: 'When a client first saw it there' }),
    nextAt: Instant,
  })
  .meta({ id: 'Delivery', description: 'A copy of a snapshot at one destination' });

const SnapshotRow = z
  .object({
    sequence: z.int(),
    kind: SnapshotKind,
    state: SnapshotState,
    assurance: Assurance,
    contentDigest: ContentHash,
    auditSize: z.int(),
    auditRoot: ContentHash,
    counts: SnapshotCounts,
    preparedBy: z.string(),
    preparedByName: z.string(),
    preparedAt: Instant,
    confirmedBy: z.string().nullable(),
    confirmedByName: z.string().nullable(),
    confirmedReason: z.string().nullable(),
    publishedBy: z.string().nullable(),
    publishedByName: z.string().nullable(),
    publishedAt: Instant.nullable(),
    targetsVersion: z.int().nullable(),
    deliveries: z.array(Delivery),
    reached: z.boolean().meta({ description: 'Published, and seen by clients at every required destination' }),
    difference: Difference,
    gate: z.object({ needsSecond: z.boolean(), reasons: z.array(z.string()) }),
    outdated: z.boolean(),
    can: z.object({ confirm: OwnRefusal, publish: OwnRefusal, discard: OwnRefusal }),
  })
  .meta({ id: 'SnapshotRow' });

const Status = z
  .object({
    publishing: z.boolean(),
    off: z.string().nullable().meta({ description: 'Why publishing is off' }),
    assurance: Assurance,
    roles: z.array(
      z.object({
        role: z.enum(['root', 'targets', 'urgent', 'snapshot', 'timestamp']),
        version: z.int(),
        expires: z.string().nullable(),
        daysLeft: z.number().nullable(),
        state: z.enum(['ok', 'alarm', 'expired', 'unpublished']),
        keyIds: z.array(z.string()),
        owners: z.array(z.string()),
        threshold: z.int(),
      }),
    ),
    current: z
      .object({
        sequence: z.int(),
        kind: SnapshotKind,
        contentDigest: ContentHash,
        createdAt: Instant,
        validUntil: Instant,
      })
      .nullable()
      .meta({ description: 'What clients get now' }),
    repoUrl: z.string(),
    warnings: z
      .array(
        z.object({
          code: z.enum(['versions-far-ahead', 'root-not-taken', 'no-urgent-lane']),
          detail: z.string().nullable(),
          commands: z.array(z.string()).meta({ description: 'What to type on the server, in this order' }),
        }),
      )
      .meta({ description: 'What needs a person beside the dates' }),
  })
  .meta({ id: 'SnapshotStatus' });

export function snapshotRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'get',
      path: '/snapshots',
      permission: 'snapshot.read',
      tags,
      summary: 'A page of snapshots, newest first',
      request: { query: listQuery(['-sequence'], { state: listOf(SnapshotState, 4).optional() }) },
      responses: { 200: json(pageOf(SnapshotRow), 'Snapshots') },
    }),
    async (c) => {
      const { page, perPage, state } = c.req.valid('query');
      const { publishing } = c.var.deps;
      return c.json(
        {
          ...(await listSnapshots(contextOf(c), publishing, { states: state }, windowOf({ page, perPage }))),
          page,
          perPage,
        },
        200,
      );
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/snapshots/status',
      permission: 'snapshot.read',
      tags,
      summary: 'What clients get now, who signs it, and how long that lasts',
      responses: { 200: json(Status, 'The public tree') },
    }),
    async (c) => c.json(await snapshotStatus(contextOf(c), c.var.deps.publishing), 200),
  );

  api.openapi(
    route({
      method: 'get',
      path: '/snapshots/difference',
      permission: 'snapshot.read',
      tags,
      summary: 'What changed between any two published snapshots; from 0 compares with nothing',
      request: { query: z.strictObject({ from: z.coerce.number().int().min(0).max(1_000_000_000), to: sequence }) },
      responses: { 200: json(Difference, 'The difference') },
    }),
    async (c) => {
      const { from, to } = c.req.valid('query');
      return c.json(await differenceBetween(contextOf(c), c.var.deps.publishing, from, to), 200);
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/snapshots/{sequence}',
      permission: 'snapshot.read',
      tags,
      summary: 'One snapshot with its difference to the one before',
      request: { params },
      responses: { 200: json(SnapshotRow, 'The snapshot') },
    }),
    async (c) => c.json(await showSnapshot(contextOf(c), c.var.deps.publishing, c.req.valid('param').sequence), 200),
  );

  api.openapi(
    route({
      method: 'post',
      path: '/snapshots',
      permission: 'snapshot.publish',
      tags,
      summary: 'Prepare the next snapshot: freeze, build, compare. Nothing reaches clients yet',
      request: { body: body(NothingMore) },
      responses: { 201: json(SnapshotRow, 'Prepared') },
    }),
    async (c) => {
      const prepared = await prepareSnapshot(contextOf(c), c.var.deps.publishing);
      c.header('Location', `/api/v1/snapshots/${prepared.sequence}`);
      return c.json(prepared, 201);
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/snapshots/{sequence}/confirm',
      permission: 'snapshot.publish',
      tags,
      summary: 'As a second publisher, say why a large loss is meant',
      request: { params, body: body(z.strictObject({ reason: z.string().max(2000) }).meta({ id: 'ConfirmLoss' })) },
      responses: { 200: json(SnapshotRow, 'Confirmed') },
    }),
    async (c) => {
      const { reason } = c.req.valid('json');
      return c.json(
        await confirmSnapshot(contextOf(c), c.var.deps.publishing, c.req.valid('param').sequence, reason),
        200,
      );
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/snapshots/{sequence}/publish',
      permission: 'snapshot.publish',
      tags,
      summary: 'Publish, once enough people have signed (a demo signs by itself): clients get it when this answers',
      request: { params, body: body(NothingMore) },
      responses: { 200: json(SnapshotRow, 'Published') },
    }),
    async (c) => {
      const { publishing, publicLog, log } = c.var.deps;
      const published = await publishSnapshot(contextOf(c), publishing, c.req.valid('param').sequence);
      // Outsiders find the publication in the log at once. Should that fail, the job tries again within a minute.
      await publishLog(contextOf(c), publicLog).catch((err: unknown) =>
        log.error({ err }, 'the log was not published'),
      );
      return c.json(published, 200);
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/snapshots/{sequence}/stage',
      permission: 'snapshot.publish',
      tags,
      summary:
        'Put a prepared snapshot where app teams can try it: another tree with another root. No client is led there',
      request: { params, body: body(NothingMore) },
      responses: {
        200: json(
          z
            .object({
              sequence: z.int(),
              url: z.string().meta({ description: 'Of the tree, relative to the server' }),
              rootUrl: z.string().meta({ description: 'The root to trust for a trial, and for nothing else' }),
            })
            .meta({ id: 'Staged' }),
          'Staged',
        ),
      },
    }),
    async (c) => c.json(await stageSnapshot(contextOf(c), c.var.deps.publishing, c.req.valid('param').sequence), 200),
  );

  api.openapi(
    route({
      method: 'post',
      path: '/snapshots/{sequence}/discard',
      permission: 'snapshot.publish',
      tags,
      summary: 'Throw a prepared snapshot away; its number is never given again',
      request: { params, body: body(NothingMore) },
      responses: { 200: json(SnapshotRow, 'Discarded') },
    }),
    async (c) => c.json(await discardSnapshot(contextOf(c), c.var.deps.publishing, c.req.valid('param').sequence), 200),
  );
}
