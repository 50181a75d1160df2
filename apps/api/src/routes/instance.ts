import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { Role } from '@waymark/domain';
import { demoPeople, setUp, SetUp } from '@waymark/services';
import { hasUsers } from '@waymark/store';
import type { AppEnv } from '../deps.ts';
import { body, json, route } from '../permission.ts';

const tags = ['instance'];
const Instance = z
  .object({
    profile: z.enum(['demo', 'production']),
    setUp: z.boolean().meta({ description: 'false while the first admins are still to be created' }),
    publishing: z.boolean().meta({ description: 'false until signing keys exist' }),
    demoPeople: z.array(z.object({ id: z.string(), name: z.string(), roles: z.array(Role) })).optional(),
    version: z.string(),
  })
  .meta({ id: 'Instance' });

export function instanceRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'get',
      path: '/instance',
      permission: 'public',
      tags,
      summary: 'What this installation is: what a sign-in page needs to know',
      responses: { 200: json(Instance, 'This installation') },
    }),
    async (c) => {
      const { store, profile, version, publishing } = c.var.deps;
      const about = { profile, setUp: await hasUsers(store.read), publishing: publishing.off === null, version };
      return c.json(profile === 'demo' ? { ...about, demoPeople: await demoPeople({ store }) } : about, 200);
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/setup',
      permission: 'public',
      tags,
      summary: 'Create the first two admins with the token from the console',
      request: { body: body(SetUp) },
      responses: { 204: { description: 'Two admins exist' } },
    }),
    async (c) => {
      await setUp(c.var.deps, c.req.valid('json'));
      return c.body(null, 204);
    },
  );
}
