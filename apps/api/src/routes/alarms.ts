import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { AlarmKind, FactPath, Id, Instant } from '@waymark/domain';
import { ALARM_OUTCOMES, closeAlarm, listAlarms, reportAlarm } from '@waymark/services';
import { contextOf, type AppEnv } from '../deps.ts';
import { listQuery, pageOf, windowOf } from '../list.ts';
import { body, json, route } from '../permission.ts';

const tags = ['alarms'];

const Alarm = z
  .object({
    id: Id,
    recordId: Id,
    recordName: z.string(),
    path: FactPath,
    kind: AlarmKind,
    unsafe: z.boolean(),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    raisedAt: Instant,
    raisedBy: z.string(),
    raisedByName: z.string(),
    closedAt: Instant.nullable(),
    closedBy: z.string().nullable(),
    closedByName: z.string().nullable(),
    closeNote: z.string().nullable(),
  })
  .meta({
    id: 'Alarm',
    description: 'What speaks against a fact and waits for a person; it can only lower confidence',
  });

const AlarmReport = z
  .strictObject({
    recordId: Id,
    path: FactPath,
    unsafe: z.boolean().default(false),
    note: z.string().max(1000).optional(),
  })
  .meta({ id: 'AlarmReport' });
const AlarmClosing = z
  .strictObject({ outcome: z.enum(ALARM_OUTCOMES), note: z.string().max(1000) })
  .meta({ id: 'AlarmClosing' });

export function alarmRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'get',
      path: '/alarms',
      permission: 'verification.read',
      tags,
      summary: 'A page of alarms: open ones unsafe first and then the longest waiting, closed ones newest first',
      request: {
        query: listQuery(['pressing'], { state: z.enum(['open', 'closed']).default('open'), record: Id.optional() }),
      },
      responses: { 200: json(pageOf(Alarm), 'Alarms') },
    }),
    async (c) => {
      const { page, perPage, state, record } = c.req.valid('query');
      const list = await listAlarms(contextOf(c), { state, recordId: record }, windowOf({ page, perPage }));
      return c.json({ ...list, page, perPage }, 200);
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/alarms',
      permission: 'verification.write',
      tags,
      summary: 'Say that a fact of an entry may be wrong; the check comes to the top of the queue',
      request: { body: body(AlarmReport) },
      responses: {
        200: json(
          z.object({ id: Id, isNew: z.boolean() }),
          'The alarm; one of the same kind about the fact is kept once',
        ),
      },
    }),
    async (c) => c.json(await reportAlarm(contextOf(c), c.req.valid('json')), 200),
  );

  api.openapi(
    route({
      method: 'post',
      path: '/alarms/{id}/close',
      permission: 'verification.write',
      tags,
      summary: 'Say that an alarm was dealt with, and how',
      request: { params: z.object({ id: Id }), body: body(AlarmClosing) },
      responses: { 200: json(Alarm, 'Closed') },
    }),
    async (c) => c.json(await closeAlarm(contextOf(c), c.req.valid('param').id, c.req.valid('json')), 200),
  );
}
