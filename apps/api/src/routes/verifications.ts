import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import {
  AlarmKind,
  Confidence,
  DueState,
  Evidence,
  FactPath,
  Id,
  Instant,
  Method,
  MethodFamily,
  Outcome,
  REFUSALS,
  RiskClass,
  VerificationEvent,
} from '@waymark/domain';
import { listVerifications, recordMany, recordVerification, showStanding, type LookResult } from '@waymark/services';
import { Courtesy } from './courtesy.ts';
import { Work } from './due.ts';
import { contextOf, type AppEnv } from '../deps.ts';
import { body, json, route } from '../permission.ts';
import { AnyJson } from '../schemas.ts';

const tags = ['verifications'];
const idParam = z.object({ id: Id });

const MethodFamilies = z.array(MethodFamily).meta({ description: 'Families of the methods that confirmed it' });
const Moment = Instant.nullable();

const Standing = z
  .object({
    contradicted: z.boolean(),
    highUntil: Moment,
    mediumUntil: Moment,
    lowUntil: Moment,
    lastConfirmedAt: Moment,
    families: MethodFamilies,
    remindAt: Instant,
    dueAt: Instant,
    expiresAt: Moment,
  })
  .meta({
    id: 'Standing',
    description: 'What events say, with the moments at which it ends; nothing depends on the clock',
  });
const EntryStanding = Standing.extend({
  riskClass: RiskClass,
  isSoleOption: z.boolean(),
  openAlarms: z.int(),
  unsafe: z.boolean(),
  channels: z.record(z.string(), Standing).meta({ description: 'By channel id' }),
  facts: z.record(z.string(), Standing).meta({ description: 'By path, for the facts a full check looks at' }),
}).meta({ id: 'EntryStanding' });
const StandingView = EntryStanding.extend({
  recordId: Id,
  revision: z.int(),
  confidence: Confidence,
  state: DueState,
  factConfidence: z.record(z.string(), Confidence),
  channelConfidence: z.record(z.string(), Confidence),
  alarms: z.array(z.object({ path: z.string(), kind: AlarmKind, unsafe: z.boolean() })),
  work: Work,
  courtesy: Courtesy,
}).meta({ id: 'StandingView' });

const VerificationRow = VerificationEvent.extend({
  byName: z.string(),
  recordedAt: Instant,
  mergedFrom: z.string().nullable(),
}).meta({
  id: 'VerificationRow',
});

const Look = z
  .strictObject({
    revision: z.int().positive(),
    paths: VerificationEvent.shape.paths,
    method: Method,
    outcome: Outcome,
    observed: z.record(FactPath, AnyJson).optional(),
    performedAt: Instant.optional(),
    evidence: z.array(Evidence).max(10).optional(),
    note: z.string().max(1000).optional(),
    attempt: z.int().min(1).max(20).optional(),
    supersedes: Id.optional(),
  })
  .meta({ id: 'Look', description: 'What a person saw; observed: null where nothing stands any more' });
const Recorded = z
  .object({
    event: VerificationEvent,
    standing: EntryStanding,
    proposal: z.object({ id: Id }).optional().meta({ description: 'The draft that confirmed-changed opened' }),
  })
  .meta({ id: 'Recorded' });

const SharedLook = z
  .strictObject({
    evidence: z.array(Evidence).min(1).max(10),
    method: Method,
    items: z
      .array(z.strictObject({ recordId: Id, revision: z.int().positive(), paths: VerificationEvent.shape.paths }))
      .min(1)
      .max(200),
    performedAt: Instant.optional(),
    note: z.string().max(1000).optional(),
  })
  .meta({ id: 'SharedLook', description: 'One source that confirms facts of many entries' });
const LookResultView = z
  .object({
    recordId: z.string(),
    ok: z.boolean(),
    eventId: z.string().optional(),
    code: z.string().optional(),
    title: z.string().optional(),
  })
  .meta({ id: 'LookResult' });

/** What people and organisations saw of entries, and what follows from it. */
export function verificationRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'post',
      path: '/entries/{id}/verifications',
      permission: 'verification.write',
      tags,
      summary: 'Record that a person looked at facts of an entry; something else seen opens a draft',
      request: { params: idParam, body: body(Look) },
      responses: { 201: json(Recorded, 'The event and what now follows') },
    }),
    async (c) => c.json(await recordVerification(contextOf(c), c.req.valid('param').id, c.req.valid('json')), 201),
  );

  api.openapi(
    route({
      method: 'post',
      path: '/verifications/bulk',
      permission: 'verification.write',
      tags,
      summary: 'Confirm facts of many entries by one source; each row obeys every rule and answers for itself',
      request: { body: body(SharedLook) },
      responses: { 200: json(z.object({ results: z.array(LookResultView) }), 'One result per row') },
    }),
    async (c) => {
      const results = await recordMany(contextOf(c), c.req.valid('json'));
      return c.json({ results: results.map(toResult) }, 200);
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/entries/{id}/verifications',
      permission: 'verification.read',
      tags,
      summary: 'Every event of an entry, newest first',
      request: { params: idParam },
      responses: { 200: json(z.object({ data: z.array(VerificationRow), total: z.int() }), 'Events') },
    }),
    async (c) => {
      const data = await listVerifications(contextOf(c), c.req.valid('param').id);
      return c.json({ data, total: data.length }, 200);
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/entries/{id}/standing',
      permission: 'verification.read',
      tags,
      summary: 'What holds of an entry at this moment, fact by fact, and what was planned',
      request: { params: idParam },
      responses: { 200: json(StandingView, 'The standing') },
    }),
    async (c) => c.json(await showStanding(contextOf(c), c.req.valid('param').id), 200),
  );
}

function toResult(row: LookResult): z.infer<typeof LookResultView> {
  if (row.ok) return row;
  const { code, detail } = row.refusal;
  return { recordId: row.recordId, ok: false, code, title: detail ?? REFUSALS[code].title };
}
