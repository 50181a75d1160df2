import type { OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { isPermitted, PERMISSIONS, refuse, type Permission } from '@waymark/domain';
import { changePassword, Password, signIn } from '@waymark/services';
import { findUser, Problem, type SessionRow } from '@waymark/store';
import { contextOf, type AppContext, type AppEnv } from '../deps.ts';
import { networkOf } from '../network.ts';
import { body, json, route } from '../permission.ts';
import { Me } from '../schemas.ts';

const tags = ['session'];
const Credentials = z.strictObject({ email: z.string().max(320), password: Password }).meta({ id: 'Credentials' });
const DemoChoice = z.strictObject({ userId: z.string().max(100) }).meta({ id: 'DemoChoice' });
const PasswordChange = z.strictObject({ current: Password, next: Password }).meta({ id: 'PasswordChange' });

const allPermissions = Object.keys(PERMISSIONS) as Permission[];

function toMe({ actor, email }: Pick<SessionRow, 'actor' | 'email'>): z.infer<typeof Me> {
  const { id, name, roles } = actor;
  return {
    id,
    name,
    email,
    roles: [...roles],
    permissions: allPermissions.filter((permission) => isPermitted(actor, permission)),
  };
}

/** Begins a session and says whose. */
async function enter(c: AppContext, userId: string, by: 'password' | 'demo'): Promise<z.infer<typeof Me>> {
  await c.var.sessions.start(c, userId, by);
  const person = await findUser(c.var.deps.store.read, userId);
  if (!person) throw new Problem(refuse('not-signed-in'));
  return toMe({ actor: person, email: person.email });
}

export function sessionRoutes(api: OpenAPIHono<AppEnv>): void {
  api.openapi(
    route({
      method: 'post',
      path: '/session',
      permission: 'public',
      tags,
      summary: 'Sign in with address and password',
      request: { body: body(Credentials) },
      responses: { 200: json(Me, 'Signed in') },
    }),
    async (c) => {
      const { userId } = await signIn(c.var.deps, { ...c.req.valid('json'), network: networkOf(c) });
      return c.json(await enter(c, userId, 'password'), 200);
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/session/demo',
      permission: 'public',
      tags,
      summary: 'Sign in as one of the demo people (demo profile only)',
      request: { body: body(DemoChoice) },
      responses: { 200: json(Me, 'Signed in') },
    }),
    async (c) => {
      if (c.var.deps.profile !== 'demo') throw new Problem(refuse('not-found'));
      return c.json(await enter(c, c.req.valid('json').userId, 'demo'), 200);
    },
  );

  api.openapi(
    route({
      method: 'get',
      path: '/session',
      permission: 'public',
      tags,
      summary: 'Who is signed in; 401 when nobody is',
      responses: { 200: json(Me, 'The person signed in') },
    }),
    async (c) => {
      const person = await c.var.sessions.find(c);
      if (!person) throw new Problem(refuse('not-signed-in'));
      return c.json(toMe(person), 200);
    },
  );

  api.openapi(
    route({
      method: 'delete',
      path: '/session',
      permission: 'signed-in',
      tags,
      summary: 'Sign out here',
      responses: { 204: { description: 'Signed out' } },
    }),
    async (c) => {
      await c.var.sessions.end(c, contextOf(c));
      return c.body(null, 204);
    },
  );

  api.openapi(
    route({
      method: 'delete',
      path: '/session/all',
      permission: 'signed-in',
      tags,
      summary: 'Sign out everywhere',
      responses: { 204: { description: 'Signed out everywhere' } },
    }),
    async (c) => {
      await c.var.sessions.endAll(c, contextOf(c));
      return c.body(null, 204);
    },
  );

  api.openapi(
    route({
      method: 'post',
      path: '/session/password',
      permission: 'signed-in',
      tags,
      summary: 'Change the own password; every other session ends',
      request: { body: body(PasswordChange) },
      responses: { 204: { description: 'Changed; this browser has a new session' } },
    }),
    async (c) => {
      const ctx = contextOf(c);
      await changePassword(ctx, c.req.valid('json'));
      await c.var.sessions.start(c, ctx.actorId, 'new-password');
      return c.body(null, 204);
    },
  );
}
