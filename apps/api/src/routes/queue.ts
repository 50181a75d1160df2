import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { Instant, Risk } from '@waymark/domain';
import { showQueue } from '@waymark/services';
import { contextOf, type AppEnv } from '../deps.ts';
import { json, route } from '../permission.ts';

const QueueItem = z
  .object({
    id: z.string(),
    kind: z.enum(['review', 'changes-requested', 'draft', 'suspension', 'admin-request', 'snapshot', 'check', 'alarm']),
    title: z.string(),
    subtitle: z.string(),
    href: z.string().meta({ description: 'Where in the admin it is done' }),
    risk: Risk.optional(),
    proposals: z.int().optional().meta({ description: 'A batch is one item: how many of its proposals wait' }),
    since: Instant,
    urgent: z.boolean(),
  })
  .meta({ id: 'QueueItem' });

export function queueRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'get',
      path: '/queue',
      permission: 'proposal.read',
      tags: ['queue'],
      summary: 'What waits for me, most pressing first',
      responses: { 200: json(z.object({ data: z.array(QueueItem), total: z.int() }), 'My queue') },
    }),
    async (c) => {
      const data = await showQueue(contextOf(c));
      return c.json({ data, total: data.length }, 200);
    },
  );
}
