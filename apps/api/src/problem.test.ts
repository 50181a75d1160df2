import { expect, it } from 'vitest';
import type { Store } from '@waymark/store';
import { auditSize } from '@waymark/store';
import { newWorld } from '../../../tests/support/world.ts';
import { codeOf, newSite, OWN_PAGE } from './testing.ts';

it('answers broken JSON with 400 and unreadable text with 422, never with 500', async () => {
  const site = await newSite();
  const browser = await site.browser('curator');
  const before = await auditSize(site.world.store.read);
  const bodies: [string, string][] = [
    ['', 'json-malformed'],
    ['{', 'json-malformed'],
    ['{"a":}', 'json-malformed'],
    ['\uFEFF{}', 'input-invalid'],
    ['nil', 'json-malformed'],
    ['[]', 'input-invalid'],
    ['null', 'input-invalid'],
    ['"text"', 'input-invalid'],
    [`${'['.repeat(30_000)}${']'.repeat(30_000)}`, 'json-malformed'],
    ['{"kind":"create","recordType":"entry","doc":{"names":"\\ud800"}}', 'input-invalid'],
    ['{"kind":"create","recordType":"entry","doc":{"\\udc00":1}}', 'input-invalid'],
    ['{"kind":"create","recordType":"entry","doc":{"priority":0.1}}', 'input-invalid'],
    ['{"kind":"create","recordType":"entry","doc":{"priority":1e400}}', 'input-invalid'],
    ['{"kind":"create","recordType":"entry","doc":{"__proto__":{"isAdmin":true}}}', 'input-invalid'],
    ['{"kind":"create","recordType":"entry","doc":{"a":{"constructor":{"prototype":{}}}}}', 'input-invalid'],
    ['{"kind":"create","recordType":"entry","state":"applied"}', 'input-invalid'],
    ['{"kind":"create","recordType":"entry","authorId":"somebody"}', 'input-invalid'],
  ];
  for (const [body, code] of bodies) {
    expect(`${body.slice(0, 80)} ${await codeOf(await browser.post('/api/v1/proposals', body))}`).toBe(
      `${body.slice(0, 80)} ${code}`,
    );
  }
  expect(await auditSize(site.world.store.read)).toBe(before);
});

it('names the fields at fault by JSON pointer', async () => {
  const site = await newSite();
  const browser = await site.browser('admin');
  const answer = await browser.post('/api/v1/admin-requests', {
    kind: 'user.create',
    payload: { name: 'Demo Person', email: 'no', roles: ['king'], x: 1 },
  });
  expect(await answer.json()).toMatchObject({
    type: 'urn:waymark:problem:input-invalid',
    status: 422,
    errors: expect.arrayContaining([
      expect.objectContaining({ path: '/payload/email' }),
      expect.objectContaining({ path: '/payload/roles/0' }),
      { path: '/payload/x', message: 'This is not known here' },
    ]),
  });
});

it('refuses large bodies before reading them: documents at 256 KiB, the rest at 64', async () => {
  const site = await newSite();
  const browser = await site.browser('everything');
  const text = (kib: number) => JSON.stringify({ text: 'x'.repeat(kib * 1024) });
  expect(await codeOf(await browser.post('/api/v1/proposals', text(256)))).toBe('body-too-large');
  expect(await codeOf(await browser.post('/api/v1/proposals', text(250)))).toBe('input-invalid');
  expect(await codeOf(await browser.post('/api/v1/session', text(64)))).toBe('body-too-large');
  const lie = await browser.post('/api/v1/session', '{}', { 'content-length': '1000000000' });
  expect(await codeOf(lie)).toBe('body-too-large');
  let sent = 0;
  const endless = new ReadableStream({
    pull(controller) {
      sent += 1;
      controller.enqueue(new Uint8Array(16 * 1024).fill(32));
    },
  });
  const init = { method: 'POST', headers: { ...OWN_PAGE, cookie: browser.cookie() }, body: endless, duplex: 'half' };
  expect(await codeOf(await site.app.request('/api/v1/session', init as RequestInit))).toBe('body-too-large');
  expect(sent).toBeLessThan(10);
  expect(await codeOf(await browser.post('/api/v1/session', '{}', { 'content-encoding': 'gzip' }))).toBe(
    'content-type-wrong',
  );
});

it('says which methods an address takes', async () => {
  const site = await newSite();
  const browser = await site.browser('curator');
  for (const [method, path, allow] of [
    ['PATCH', '/api/v1/session', 'DELETE, GET, HEAD, POST'],
    ['DELETE', '/api/v1/proposals', 'GET, HEAD, POST'],
    ['GET', '/api/v1/setup', 'POST'],
    ['POST', '/api/v1/entries/export', 'GET, HEAD'],
    ['DELETE', '/api/v1/entries/0190a000-0000-7000-8000-000000000001', 'GET, HEAD'],
    ['POST', '/healthz', 'GET, HEAD'],
  ] as const) {
    const answer = await site.app.request(path, {
      method,
      headers: { ...OWN_PAGE, cookie: browser.cookie() },
      ...(method === 'GET' ? {} : { body: '{}' }),
    });
    expect(answer.headers.get('allow')).toBe(allow);
    expect(await codeOf(answer)).toBe('method-not-allowed');
  }
  expect(await codeOf(await site.app.request('/api/v2/session'))).toBe('not-found');
});

/** A store whose disk does what it is told to. */
function failing(store: Store, code: string): Store {
  const error = Object.assign(new Error('secret words of a driver'), { code });
  return {
    ...store,
    transaction: () =>
      Promise.reject(new Error('Failed query: insert … params: someone@example.org', { cause: error })),
  };
}

it('says 507 for a full disk and 503 for a failing one, and stops when the disk may have lied', async () => {
  for (const [thrown, code, stops] of [
    ['SQLITE_FULL', 'storage-full', 0],
    ['SQLITE_READONLY', 'storage-failed', 0],
    ['SQLITE_IOERR_FSYNC', 'storage-failed', 1],
    ['SQLITE_CORRUPT', 'storage-failed', 1],
  ] as const) {
    const world = await newWorld();
    const site = await newSite({ store: failing(world.store, thrown) }, world);
    const answer = await (
      await site.browser()
    ).post('/api/v1/session', { email: 'a@example.org', password: 'something' });
    expect(await codeOf(answer)).toBe(code);
    expect(site.stopped).toHaveLength(stops);
  }
});

it('says nothing about a failure of ours but an id, which the log knows too', async () => {
  const world = await newWorld();
  const site = await newSite({ store: failing(world.store, 'EWHATEVER') }, world);
  const answer = await (
    await site.browser()
  ).post('/api/v1/session', { email: 'a@example.org', password: 'something' });
  const body = (await answer.json()) as { requestId: string };
  expect(body).toEqual({
    type: 'urn:waymark:problem:internal',
    title: 'Something went wrong on our side',
    status: 500,
    code: 'internal',
    requestId: answer.headers.get('x-request-id'),
  });
  const log = site.logged.join('');
  expect(log).toContain(body.requestId);
  expect(log).not.toContain('someone@example.org');
});

it('logs the template of an address and nothing a person typed', async () => {
  const site = await newSite();
  const browser = await site.browser('curator');
  await browser.get('/api/v1/entries/some-secret-handle');
  await browser.get('/api/v1/entries?q=some-secret-words');
  await browser.get('/api/v1/links/some-secret-token-some-secret-token-some-sec');
  await browser.post(
    '/api/v1/proposals',
    { kind: 'create', recordType: 'entry', summary: 'some-secret-summary' },
    { 'user-agent': 'some-secret-agent' },
  );
  const lines = site.logged.map((line) => JSON.parse(line) as Record<string, string>);
  expect(lines.map(({ route, status }) => `${status} ${route}`)).toEqual([
    '200 /api/v1/session/demo',
    '404 /api/v1/entries/:id',
    '200 /api/v1/entries',
    '404 /api/v1/links/:token',
    '201 /api/v1/proposals',
  ]);
  for (const line of lines) {
    const known = ['hostname', 'level', 'method', 'ms', 'msg', 'pid', 'requestId', 'route', 'status', 'time', 'userId'];
    expect(Object.keys(line).filter((key) => !known.includes(key))).toEqual([]);
  }
  expect(site.logged.join('')).not.toContain('some-secret');
});
