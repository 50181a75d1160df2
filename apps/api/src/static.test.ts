import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { newWorld } from '../../../tests/support/world.ts';
import { newSite } from './testing.ts';

const html = { accept: 'text/html,application/xhtml+xml' };

it('shows the admin for every address of a page', async () => {
  const site = await newSite();
  for (const path of ['/', '/index.html', '/proposals', '/entries/some-handle/show', '/repository', '/apiary']) {
    const page = await site.app.request(path, { headers: html });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(await page.text()).toContain('<title>Admin</title>');
  }
});

it('shows no page where a file, an operation or data was asked for', async () => {
  const site = await newSite();
  for (const path of [
    '/assets/gone-11111111.js',
    '/logo.png',
    '/api/v1/nothing',
    '/api/',
    '/repo/',
    '/repo/metadata',
    '/.env',
    '/assets/index-4f3a2b1c.js.map',
  ]) {
    const answer = await site.app.request(path, { headers: html });
    expect(`${path} ${answer.status}`).toBe(`${path} 404`);
    expect(await answer.text()).not.toContain('<title>');
  }
  expect((await site.app.request('/proposals', { headers: { accept: 'application/json' } })).status).toBe(404);
});

it('lets hashed files be kept for a year, and answers 304 for what did not change', async () => {
  const site = await newSite();
  const script = await site.app.request('/assets/index-4f3a2b1c.js');
  expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  const etag = script.headers.get('etag') ?? '';
  const again = await site.app.request('/assets/index-4f3a2b1c.js', {
    headers: { 'if-none-match': `"other", ${etag}` },
  });
  expect(again.status).toBe(304);
  expect(await again.text()).toBe('');
  expect((await site.app.request('/favicon.svg')).headers.get('cache-control')).toBe('no-cache');
});

it('sends scripts compressed to whoever takes that', async () => {
  const site = await newSite();
  const plain = Buffer.from(await (await site.app.request('/assets/index-4f3a2b1c.js')).arrayBuffer());
  for (const [accept, encoding, open] of [
    ['gzip, deflate, br', 'br', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['br;q=0, gzip', 'gzip', gunzipSync],
  ] as const) {
    const answer = await site.app.request('/assets/index-4f3a2b1c.js', { headers: { 'accept-encoding': accept } });
    expect(answer.headers.get('content-encoding')).toBe(encoding);
    expect(answer.headers.get('vary')).toBe('Accept-Encoding');
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.length).toBeLessThan(plain.length / 4);
    expect(open(bytes)).toEqual(plain);
  }
});

/** SECURITY W-05, for both trees. */
const TRAVERSALS = [
  '../waymark.db',
  '..%2fwaymark.db',
  '%2e%2e/waymark.db',
  '%2e%2e%2fwaymark.db',
  '%252e%252e%252fwaymark.db',
  '..%5cwaymark.db',
  '..\\waymark.db',
  '....//waymark.db',
  './/../waymark.db',
  '/etc/passwd',
  '//etc/passwd',
  '%2fetc%2fpasswd',
  '..%c0%afwaymark.db',
  '..%ef%bc%8fwaymark.db',
  'waymark.db%00.json',
  '%00',
  'linked',
  'linked.json',
];

it('serves nothing from outside its folder', async () => {
  const world = await newWorld();
  const first = await newSite({}, world);
  await symlink(world.file, join(first.adminDir, 'linked.json'));
  await writeFile(join(first.adminDir, '.hidden'), 'SQLite format');
  const site = await newSite({}, world);
  for (const path of [...TRAVERSALS, '.hidden', 'assets/../linked.json', 'assets/..%2f..%2fwaymark.db']) {
    for (const accept of ['*/*', html.accept]) {
      const answer = await site.app.request(`http://localhost/${path}`, { headers: { accept } });
      expect(`${path} ${await answer.text()}`).not.toContain('SQLite format');
      expect([200, 404]).toContain(answer.status);
      if (answer.status === 200) expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    }
  }
});

it('says what to do when the admin was not built', async () => {
  const site = await newSite({ adminDir: '/nowhere' });
  const page = await site.app.request('/', { headers: html });
  expect(page.status).toBe(503);
  expect(await page.text()).toContain('npm run build');
});
