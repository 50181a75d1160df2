import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { Instant, Policy } from '@waymark/domain';
import { policyHistory } from '@waymark/services';
import { contextOf, type AppEnv } from '../deps.ts';
import { json, route } from '../permission.ts';

const version = { version: z.int(), policy: Policy, since: Instant };
const PolicyView = z
  .object({
    ...version,
    history: z.array(z.object({ ...version, requestId: z.string().nullable() })).meta({ description: 'Newest first' }),
  })
  .meta({ id: 'PolicyView' });

export function policyRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'get',
      path: '/policy',
      permission: 'policy.read',
      tags: ['policy'],
      summary: 'How many approvals each risk takes, now and before',
      responses: { 200: json(PolicyView, 'The policy in force and its history') },
    }),
    async (c) => c.json(await policyHistory(contextOf(c)), 200),
  );
}
