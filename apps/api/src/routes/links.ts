import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { acceptLink, Password, showLink } from '@waymark/services';
import type { AppEnv } from '../deps.ts';
import { body, json, route } from '../permission.ts';

const tags = ['links'];
const params = z.object({ token: z.string().regex(/^[A-Za-z0-9_-]{43}$/) });
const Link = z
  .object({ purpose: z.enum(['invite', 'reset']), name: z.string(), email: z.string() })
  .meta({ id: 'OneTimeLink' });

export function linkRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'get',
      path: '/links/{token}',
      permission: 'public',
      tags,
      summary: 'For whom a one-time link is',
      request: { params },
      responses: { 200: json(Link, 'The person it is for') },
    }),
    async (c) => {
      const { purpose, name, email } = await showLink(c.var.deps, c.req.valid('param').token);
      return c.json({ purpose, name, email }, 200);
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/links/{token}',
      permission: 'public',
      tags,
      summary: 'Set the own password with a one-time link',
      request: { params, body: body(z.strictObject({ password: Password }).meta({ id: 'NewPassword' })) },
      responses: { 204: { description: 'Set; sign in with it now' } },
    }),
    async (c) => {
      await acceptLink(c.var.deps, c.req.valid('param').token, c.req.valid('json').password);
      return c.body(null, 204);
    },
  );
}
