import { expect, it } from 'vitest';
import { OpenAPIHono } from '@hono/zod-openapi';
import { isPermitted, type Permission } from '@waymark/domain';
import { auditSize } from '@waymark/store';
import type { AppEnv } from './deps.ts';
import { json, refuseUndocumented, route } from './permission.ts';
import { z } from 'zod';
import { newSite, OWN_PAGE } from './testing.ts';

type Machine = 'watcher' | 'consumer';
const isMachine = (needed: string): needed is Machine => needed === 'watcher' || needed === 'consumer';
type Operation = { 'x-permission': Permission | 'public' | 'signed-in' | Machine; security: unknown[] };
type Document = { openapi: string; paths: Record<string, Record<string, Operation>> };

const SOME_ID = '0190a000-0000-7000-8000-00000000ffff';
const PEOPLE = ['curator', 'reviewer', 'publisher', 'admin', 'everything', 'visitor', undefined] as const;

it('lets everybody do what the document says, and nobody anything else', async () => {
  const site = await newSite({ watchToken: 'a token that none of these people know' });
  const { paths } = (await (await site.app.request('/api/v1/openapi.json')).json()) as Document;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  expect(operations.length).toBeGreaterThan(50);
  let cells = 0;
  for (const person of PEOPLE) {
    const roles = person === undefined ? [] : site.world.people[person].roles;
    for (const { path, method, operation } of operations) {
      const needed = operation['x-permission'];
      const isSignedIn = person !== undefined;
      const isAllowed =
        needed === 'public' ||
        (isSignedIn &&
          !isMachine(needed) &&
          (needed === 'signed-in' || isPermitted({ roles, status: 'active' }, needed)));
      const cookie = person === undefined ? '' : (await site.browser(person)).cookie();
      const before = await auditSize(site.world.store.read);
      // A body no operation takes and an id nobody has: whoever is let in is told so; whoever is not, never gets that far.
      const answer = await site.app.request(path.replaceAll(/\{[^}]+\}/g, SOME_ID), {
        method: method.toUpperCase(),
        headers: { ...OWN_PAGE, ...(cookie === '' ? {} : { cookie }) },
        ...(method === 'get' ? {} : { body: '{"nobody takes this":true}' }),
      });
      const code = answer.ok ? 'ok' : ((await answer.json()) as { code: string }).code;
      // Machines come with a token, so no session is asked for.
      const expected = isAllowed ? 'let in' : isSignedIn && !isMachine(needed) ? 'not-permitted' : 'not-signed-in';
      // Asking who is signed in is public, and says when nobody is.
      const isToldNobody = path === '/api/v1/session' && method === 'get' && !isSignedIn;
      const got = code === 'not-permitted' || (code === 'not-signed-in' && !isToldNobody) ? code : 'let in';
      expect(`${person} ${method} ${path}: ${got}`).toBe(`${person} ${method} ${path}: ${expected}`);
      if (!isAllowed) expect(await auditSize(site.world.store.read)).toBe(before);
      cells += 1;
    }
  }
  expect(cells).toBe(operations.length * PEOPLE.length);
});

it('gives a person without any role nothing but their own session', async () => {
  const site = await newSite();
  const browser = await site.browser('visitor');
  for (const path of [
    '/api/v1/queue',
    '/api/v1/entries',
    '/api/v1/proposals',
    '/api/v1/audit',
    '/api/v1/policy',
    '/api/v1/users',
  ]) {
    expect((await browser.get(path)).status).toBe(403);
  }
  expect((await browser.get('/api/v1/session')).status).toBe(200);
});

it('says which operations need a session, in OpenAPI 3.1', async () => {
  const site = await newSite();
  const document = (await (await site.app.request('/api/v1/openapi.json')).json()) as Document;
  expect(document.openapi).toBe('3.1.1');
  for (const methods of Object.values(document.paths)) {
    for (const operation of Object.values(methods)) {
      const needed = operation['x-permission'];
      expect(operation.security).toEqual(
        needed === 'public' ? [] : [isMachine(needed) ? { [needed]: [] } : { session: [] }],
      );
    }
  }
});

it('does not start with a route that the document does not name', () => {
  const app = new OpenAPIHono<AppEnv>();
  app.openapi(
    route({
      method: 'get',
      path: '/a/{id}',
      permission: 'public',
      summary: 'A',
      responses: { 200: json(z.object({}), 'A') },
    }),
    (c) => c.json({}, 200),
  );
  expect(() => refuseUndocumented(app)).not.toThrow();
  app.post('/b', (c) => c.text('b'));
  app.all('/c', (c) => c.text('c'));
  app.openapi({ method: 'get', path: '/d', responses: { 200: { description: 'd' } } }, (c) => c.text('d'));
  expect(() => refuseUndocumented(app)).toThrow('POST /b, ALL /c, GET /d');
});

it('does not compile without a permission', () => {
  // @ts-expect-error permission is missing
  const declared = route({ method: 'get', path: '/x', summary: 'X', responses: {} });
  expect(declared).toBeDefined();
});
