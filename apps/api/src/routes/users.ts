import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { Id, Instant, Role } from '@waymark/domain';
import { disable, listUsers, showUser } from '@waymark/services';
import { contextOf, type AppEnv } from '../deps.ts';
import { listOf, listQuery, pageOf, SearchText, windowOf } from '../list.ts';
import { body, json, NothingMore, route } from '../permission.ts';

const tags = ['users'];
const UserStatus = z.enum(['invited', 'active', 'disabled']);
const User = z
  .object({
    id: Id,
    name: z.string(),
    email: z.string(),
    status: UserStatus,
    roles: z.array(Role),
    createdAt: Instant,
    erasedAt: Instant.nullable().meta({ description: 'When two admins erased who this was' }),
  })
  .meta({ id: 'User' });
const idParam = z.object({ id: Id });

export function userRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'get',
      path: '/users',
      permission: 'user.read',
      tags,
      summary: 'A page of people',
      request: {
        query: listQuery(['name', '-name', 'createdAt', '-createdAt'], {
          q: SearchText.optional(),
          ids: listOf(Id, 200).optional(),
          status: UserStatus.optional(),
          role: Role.optional(),
        }),
      },
      responses: { 200: json(pageOf(User), 'People') },
    }),
    async (c) => {
      const { page, perPage, ...query } = c.req.valid('query');
      return c.json(
        { ...(await listUsers(contextOf(c), { ...query, ...windowOf({ page, perPage }) })), page, perPage },
        200,
      );
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/users/{id}',
      permission: 'user.read',
      tags,
      summary: 'One person',
      request: { params: idParam },
      responses: { 200: json(User, 'The person') },
    }),
    async (c) => c.json(await showUser(contextOf(c), c.req.valid('param').id), 200),
  );

  api.openapi(
    route({
      method: 'post',
      path: '/users/{id}/disable',
      permission: 'user.administer',
      tags,
      summary: 'Shut a person out at once; two active admins must remain',
      request: { params: idParam, body: body(NothingMore) },
      responses: { 200: json(User, 'Disabled') },
    }),
    async (c) => c.json(await disable(contextOf(c), c.req.valid('param').id), 200),
  );
}
