import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { CheckReport, DueCheck } from '@waymark/domain';
import { dueChecks, reportChecks } from '@waymark/services';
import type { AppEnv } from '../deps.ts';
import { body, json, route } from '../permission.ts';

const tags = ['watcher'];
/** In one go; with the longest addresses the body stays within its limit. */
const MOST_DUE = 100;
const MOST_REPORTED = 20;

const Limit = z.strictObject({ limit: z.coerce.number().int().min(1).max(MOST_DUE).default(20) });
const Reports = z
  .strictObject({ results: z.array(CheckReport).min(1).max(MOST_REPORTED) })
  .meta({ id: 'CheckReports', description: 'What was found; the server decides what it means' });
const Reported = z
  .object({ kept: z.int(), failing: z.int(), raised: z.int(), unknown: z.int() })
  .meta({ id: 'Reported', description: 'How many were kept, fail, raised an alarm, or are not published any more' });

/** The narrow door of the watcher: it asks which published addresses are due, and says what it found there. */
export function watchRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(
    route({
      method: 'get',
      path: '/watch/v1/due',
      permission: 'watcher',
      tags,
      summary: 'Published addresses to look at now, and what must stand there',
      request: { query: Limit },
      responses: { 200: json(z.object({ data: z.array(DueCheck) }), 'Longest due first') },
    }),
    async (c) => c.json({ data: await dueChecks(c.var.deps, c.req.valid('query').limit) }, 200),
  );

  app.openapi(
    route({
      method: 'post',
      path: '/watch/v1/results',
      permission: 'watcher',
      tags,
      summary: 'Say what was found; raises alarms, edits and confirms nothing',
      request: { body: body(Reports) },
      responses: { 200: json(Reported, 'Kept') },
    }),
    async (c) => {
      const { store, now, newId } = c.var.deps;
      const ctx = { store, now, newId, actorId: 'system:watcher' };
      return c.json(await reportChecks(ctx, c.req.valid('json').results), 200);
    },
  );
}
