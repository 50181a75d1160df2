import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { refuse } from '@waymark/domain';
import { findInstance, Problem } from '@waymark/store';
import type { AppEnv } from '../deps.ts';
import { json, route, text } from '../permission.ts';

const tags = ['operation'];
const Health = z.object({ status: z.enum(['ok', 'degraded']), publishing: z.boolean() }).meta({ id: 'Health' });

/** For supervisors and monitoring: constant work, nothing about content (SECURITY D-05). */
export function healthRoutes(app: OpenAPIHono<AppEnv>): void {
  app.openapi(
    route({
      method: 'get',
      path: '/healthz',
      permission: 'public',
      tags,
      summary: 'The process is alive; degraded while publishing is off',
      responses: { 200: json(Health, 'Alive') },
    }),
    (c) => {
      const publishing = c.var.deps.publishing.off === null;
      return c.json({ status: publishing ? ('ok' as const) : ('degraded' as const), publishing }, 200);
    },
  );

  app.openapi(
    route({
      method: 'get',
      path: '/readyz',
      permission: 'public',
      tags,
      summary: 'The database answers; 503 when it does not',
      responses: { 200: json(z.object({ status: z.literal('ok') }), 'Ready') },
    }),
    async (c) => {
      if (!(await findInstance(c.var.deps.store.read)))
        throw new Problem(refuse('storage-failed', 'The instance was not created'));
      return c.json({ status: 'ok' as const }, 200);
    },
  );

  app.openapi(
    route({
      method: 'get',
      path: '/metrics',
      permission: 'public',
      tags,
      summary: 'Figures for monitoring, in the Prometheus format; the proxy in front decides who may read them',
      responses: { 200: text('text/plain', 'Figures') },
    }),
    async (c) => {
      c.header('Content-Type', c.var.metrics.contentType);
      return c.body(await c.var.metrics.text());
    },
  );
}
