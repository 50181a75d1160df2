import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { Id, Instant } from '@waymark/domain';
import {
  AdminRequestInput,
  confirmAdminRequest,
  createAdminRequest,
  listAdminRequests,
  refuseAdminRequest,
} from '@waymark/services';
import { contextOf, type AppEnv } from '../deps.ts';
import { listQuery, pageOf, windowOf } from '../list.ts';
import { body, json, NothingMore, route } from '../permission.ts';
import { AnyJson } from '../schemas.ts';

const tags = ['admin-requests'];
const Kind = z.enum(['user.create', 'user.roles', 'user.reset', 'user.enable', 'user.erase', 'policy.change']);
const State = z.enum(['open', 'confirmed', 'refused']);
const AdminRequest = z
  .object({
    id: Id,
    kind: Kind,
    subject: z.string(),
    subjectName: z.string().nullable(),
    payload: AnyJson,
    requestedBy: z.string(),
    requestedByName: z.string(),
    requestedAt: Instant,
    state: State,
    decidedBy: z.string().nullable(),
    decidedAt: Instant.nullable(),
  })
  .meta({ id: 'AdminRequest' });
const Confirmed = z
  .object({
    request: AdminRequest,
    link: z
      .string()
      .optional()
      .meta({ description: 'One-time link for the person, for a new person or a reset. Shown now or never.' }),
  })
  .meta({ id: 'ConfirmedAdminRequest' });
const idParam = z.object({ id: Id });

export function adminRequestRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'get',
      path: '/admin-requests',
      permission: 'user.read',
      tags,
      summary: 'What admins asked for and what became of it',
      request: {
        query: listQuery(['-requestedAt', 'requestedAt'], {
          state: State.optional(),
          kind: Kind.optional(),
          subject: z.string().max(100).optional(),
        }),
      },
      responses: { 200: json(pageOf(AdminRequest), 'Requests') },
    }),
    async (c) => {
      const { page, perPage, ...query } = c.req.valid('query');
      return c.json(
        { ...(await listAdminRequests(contextOf(c), { ...query, ...windowOf({ page, perPage }) })), page, perPage },
        200,
      );
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/admin-requests',
      permission: 'user.administer',
      tags,
      summary:
        'Ask for a new person, other roles, a reset, a return, an erasure, another policy; a second admin confirms',
      request: { body: body(AdminRequestInput) },
      responses: { 201: json(AdminRequest, 'Asked') },
    }),
    async (c) => c.json(await createAdminRequest(contextOf(c), c.req.valid('json')), 201),
  );

  api.openapi(
    route({
      method: 'post',
      path: '/admin-requests/{id}/confirm',
      permission: 'user.administer',
      tags,
      summary: 'Confirm what another admin asked for',
      request: { params: idParam, body: body(NothingMore) },
      responses: { 200: json(Confirmed, 'Done') },
    }),
    async (c) => {
      const { request, token } = await confirmAdminRequest(contextOf(c), c.req.valid('param').id);
      const link = token === undefined ? {} : { link: `${c.var.deps.origins[0]}/#/links/${token}` };
      return c.json({ request, ...link }, 200);
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/admin-requests/{id}/refuse',
      permission: 'user.administer',
      tags,
      summary: 'Turn a request down, or take the own one back',
      request: { params: idParam, body: body(NothingMore) },
      responses: { 200: json(AdminRequest, 'Refused') },
    }),
    async (c) => c.json(await refuseAdminRequest(contextOf(c), c.req.valid('param').id), 200),
  );
}
