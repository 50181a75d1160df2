import { expect, it } from 'vitest';
import { auditSize } from '@waymark/store';
import { codeOf, newSite, OWN_PAGE, type Site } from './testing.ts';

type Document = { paths: Record<string, Record<string, unknown>> };

/** Every operation that changes something, from the document the server gives out. */
async function changes(site: Site): Promise<[string, string][]> {
  const { paths } = (await (await site.app.request('/api/v1/openapi.json')).json()) as Document;
  const some = '0190a000-0000-7000-8000-00000000ffff';
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      .filter((method) => method !== 'get')
      .map((method): [string, string] => [method.toUpperCase(), path.replaceAll(/\{[^}]+\}/g, some)]),
  );
}

it('takes no change from another origin, for any operation', async () => {
  const site = await newSite();
  const browser = await site.browser('everything');
  const before = await auditSize(site.world.store.read);
  const foreign = [
    undefined,
    'null',
    'http://evil.example',
    'http://127.0.0.1',
    'http://127.0.0.1:8081',
    'https://127.0.0.1:8080',
    'http://127.0.0.1:8080.evil.example',
    'http://127.0.0.1:8080/',
    'http://a.127.0.0.1:8080',
    'HTTP://127.0.0.1:8080',
  ];
  const operations = await changes(site);
  expect(operations.length).toBeGreaterThan(20);
  for (const [method, path] of operations) {
    for (const origin of foreign) {
      const headers: Record<string, string> = {
        ...OWN_PAGE,
        cookie: browser.cookie(),
        'sec-fetch-site': 'same-origin',
      };
      if (origin === undefined) delete headers['origin'];
      else headers['origin'] = origin;
      const answer = await site.app.request(path, { method, headers, body: '{}' });
      expect(`${method} ${path} ${origin}: ${await codeOf(answer)}`).toBe(
        `${method} ${path} ${origin}: origin-refused`,
      );
    }
  }
  expect(await auditSize(site.world.store.read)).toBe(before);
});

it('takes nothing a form or a beacon could send, for any operation', async () => {
  const site = await newSite();
  const browser = await site.browser('everything');
  const before = await auditSize(site.world.store.read);
  const types = [
    undefined,
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/csp-report',
    'Text/PLAIN;x=application/json',
    'application/json; charset=utf-16',
    'application/jsonp',
    'application/problem+json',
  ];
  for (const [method, path] of await changes(site)) {
    for (const type of types) {
      const headers: Record<string, string> = { ...OWN_PAGE, cookie: browser.cookie() };
      if (type === undefined) delete headers['content-type'];
      else headers['content-type'] = type;
      const body = new Blob(['{}'], { type: '' });
      const answer = await site.app.request(path, { method, headers, body });
      expect(`${method} ${path} ${type}: ${await codeOf(answer)}`).toBe(
        `${method} ${path} ${type}: content-type-wrong`,
      );
    }
    const bare: Record<string, string> = { ...OWN_PAGE, cookie: browser.cookie() };
    delete bare['x-requested-by'];
    expect(await codeOf(await site.app.request(path, { method, headers: bare, body: '{}' }))).toBe('origin-refused');
  }
  expect(await auditSize(site.world.store.read)).toBe(before);
});

it('lets our own page change things', async () => {
  const site = await newSite();
  const browser = await site.browser('curator');
  const made = await browser.post(
    '/api/v1/proposals',
    { kind: 'create', recordType: 'entry', doc: {} },
    { 'content-type': 'application/json;charset=UTF-8' },
  );
  expect(made.status).toBe(201);
});

it('says nothing to another site: no CORS on the API', async () => {
  const site = await newSite();
  for (const method of ['GET', 'OPTIONS']) {
    const answer = await site.app.request('/api/v1/session', {
      method,
      headers: { origin: 'http://evil.example', 'access-control-request-method': 'POST' },
    });
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
});
