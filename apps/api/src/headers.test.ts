import { expect, it } from 'vitest';
import { newSite, OWN_PAGE } from './testing.ts';

const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};
const FILE_CSP = "default-src 'none'; sandbox; frame-ancestors 'none'";

it('puts the secure headers on every kind of answer', async () => {
  const site = await newSite();
  const browser = await site.browser('curator');
  const answers: [string, Promise<Response> | Response, number][] = [
    ['an answer of the API', browser.get('/api/v1/queue'), 200],
    ['an empty answer', browser.delete('/api/v1/session/all'), 204],
    ['nobody signed in', site.app.request('/api/v1/queue'), 401],
    ['no such operation', site.app.request('/api/v1/nothing'), 404],
    ['a wrong method', browser.patch('/api/v1/session', {}), 405],
    ['a foreign page', site.app.request('/api/v1/session', { method: 'POST' }), 403],
    ['bad JSON', browser.post('/api/v1/session', '{'), 400],
    ['a wrong body', browser.post('/api/v1/session', {}), 422],
    ['a page', site.app.request('/', { headers: { accept: 'text/html' } }), 200],
    ['a script', site.app.request('/assets/index-4f3a2b1c.js'), 200],
    ['a missing script', site.app.request('/assets/none.js'), 404],
    ['a public file', site.app.request('/repo/metadata/1.root.json'), 200],
    ['a missing public file', site.app.request('/repo/metadata/2.root.json'), 404],
    ['the document', site.app.request('/api/v1/openapi.json'), 200],
    ['health', site.app.request('/healthz'), 200],
    ['figures', site.app.request('/metrics'), 200],
  ];
  for (const [kind, pending, status] of answers) {
    const { headers, status: got } = await pending;
    expect({ kind, status: got }).toEqual({ kind, status });
    expect({ kind, ...Object.fromEntries(Object.keys(ALWAYS).map((name) => [name, headers.get(name)])) }).toEqual({
      kind,
      ...ALWAYS,
    });
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; .*frame-ancestors 'none'/);
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('cross-origin-resource-policy')).toBe(
      kind.includes('public file') ? 'cross-origin' : 'same-origin',
    );
    for (const name of ['server', 'x-powered-by', 'strict-transport-security']) expect(headers.has(name)).toBe(false);
  }
});

it('lets pages run our own scripts and nothing else, and files nothing at all', async () => {
  const site = await newSite();
  for (const path of ['/', '/proposals/1/show', '/api/v1/docs']) {
    const csp =
      (await site.app.request(path, { headers: { accept: 'text/html' } })).headers.get('content-security-policy') ?? '';
    expect(csp).toContain("script-src 'self';");
    expect(csp).not.toMatch(/script-src[^;]*unsafe|https?:|\*/);
  }
  for (const path of [
    '/api/v1/instance',
    '/api/v1/openapi.json',
    '/assets/index-4f3a2b1c.js',
    '/favicon.svg',
    '/repo/metadata/timestamp.json',
  ]) {
    expect((await site.app.request(path)).headers.get('content-security-policy')).toBe(FILE_CSP);
  }
});

it('keeps what is private out of every cache', async () => {
  const site = await newSite();
  const browser = await site.browser('everything');
  for (const path of [
    '/api/v1/session',
    '/api/v1/queue',
    '/api/v1/users',
    '/api/v1/entries/export?format=csv',
    '/api/v1/audit.ndjson',
    '/api/v1/instance',
    '/api/v1/nothing.css',
  ]) {
    expect((await browser.get(path)).headers.get('cache-control')).toBe('no-store');
  }
  const entered = await browser.post('/api/v1/session/demo', { userId: site.world.people.curator.id });
  expect(entered.headers.get('cache-control')).toBe('no-store');
});

it('asks browsers of a production site for https only', async () => {
  const site = await newSite({ profile: 'production' });
  for (const path of ['/api/v1/instance', '/repo/metadata/timestamp.json', '/']) {
    expect((await site.app.request(path)).headers.get('strict-transport-security')).toBe(
      'max-age=63072000; includeSubDomains',
    );
  }
});

it('shows the documentation from our own files', async () => {
  const site = await newSite();
  const page = await (await site.app.request('/api/v1/docs')).text();
  expect(page).not.toMatch(/https?:\/\//);
  expect(page).not.toMatch(/<script(?![^>]*src=)/);
  for (const [file, type] of [
    ['swagger-ui-bundle.js', 'text/javascript'],
    ['swagger-ui.css', 'text/css'],
    ['init.js', 'text/javascript'],
  ] as const) {
    expect(page).toContain(`docs/${file}`);
    const answer = await site.app.request(`/api/v1/docs/${file}`);
    expect(answer.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
  }
  expect(await (await site.app.request('/api/v1/docs/init.js')).text()).toContain('validatorUrl: null');
  expect((await site.app.request('/api/v1/docs/absolute-path.js')).status).toBe(404);
  expect(OWN_PAGE['x-requested-by']).toBe('waymark');
});
