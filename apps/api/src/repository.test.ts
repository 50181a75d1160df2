import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { headersOf, openPublishing, resignSnapshots, STATIC_PARTS, writeStaticParts } from '@waymark/services';
import { withPublicView } from '../../../packages/services/src/destinations/publicView.ts';
import { publishAs, temporaryFolder } from '../../../tests/support/tree.ts';
import { enterEntry } from '../../../tests/support/world.ts';
import { newSite, type Site } from './testing.ts';

const LARGE = Buffer.alloc(3_000_000, 'the same line again and again\n');
const HASH = createHash('sha256').update(LARGE).digest('hex');
const SMALL_HASH = createHash('sha256').update('{}').digest('hex');
const TARGET = `/repo/targets/v1/${HASH}.directory.json`;

/** A tree as publishing leaves it. */
async function siteWithTree(): Promise<Site> {
  const site = await newSite();
  await rm(site.repoDir, { recursive: true, force: true });
  await mkdir(join(site.repoDir, 'metadata'), { recursive: true });
  await mkdir(join(site.repoDir, 'targets', 'v1', 'schema'), { recursive: true });
  for (const name of ['1.root', '2.targets', '4.urgent', '3.snapshot', 'timestamp'])
    await writeFile(join(site.repoDir, 'metadata', `${name}.json`), `{"${name}":1}`);
  await writeFile(join(site.repoDir, 'targets', 'v1', `${HASH}.directory.json`), LARGE);
  await writeFile(join(site.repoDir, 'targets', 'v1', `${HASH}.directory.ndjson.gz`), LARGE);
  await mkdir(join(site.repoDir, 'targets', 'urgent'));
  await writeFile(join(site.repoDir, 'targets', 'urgent', `${SMALL_HASH}.withdrawn.json`), '{}');
  await writeFile(join(site.repoDir, 'targets', 'v1', 'schema', `${SMALL_HASH}.entry.json`), '{}');
  return site;
}

const caching = (answer: Response) => answer.headers.get('cache-control');

it('sends metadata and targets with the headers of SNAPSHOTS §4.4', async () => {
  const site = await siteWithTree();
  const files: [string, string][] = [
    ['/repo/metadata/1.root.json', 'application/json'],
    ['/repo/metadata/2.targets.json', 'application/json'],
    ['/repo/metadata/4.urgent.json', 'application/json'],
    ['/repo/metadata/3.snapshot.json', 'application/json'],
    [`/repo/targets/urgent/${SMALL_HASH}.withdrawn.json`, 'application/json'],
    [TARGET, 'application/json'],
    [`/repo/targets/v1/${HASH}.directory.ndjson.gz`, 'application/gzip'],
    [`/repo/targets/v1/schema/${SMALL_HASH}.entry.json`, 'application/json'],
  ];
  for (const [path, type] of files) {
    const answer = await site.app.request(path, { headers: { 'accept-encoding': 'gzip, br' } });
    expect(answer.status).toBe(200);
    expect(caching(answer)).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    expect(answer.headers.get('content-type')).toBe(type);
    expect(answer.headers.has('content-encoding')).toBe(false);
    expect(answer.headers.getSetCookie()).toEqual([]);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(answer.headers.get('content-length')).toBe(String(bytes.length));
  }
  expect(Buffer.from(await (await site.app.request(TARGET)).arrayBuffer()).equals(LARGE)).toBe(true);
  expect(caching(await site.app.request('/repo/metadata/timestamp.json'))).toBe('public, max-age=60');
});

it('sends the page of a snapshot so that nothing in it can run or be loaded, and each form under its type', async () => {
  const site = await siteWithTree();
  const types = {
    html: 'text/html',
    zip: 'application/zip',
    sqlite: 'application/vnd.sqlite3',
    atom: 'application/atom+xml',
  };
  for (const [ending, type] of Object.entries(types)) {
    const name = `${SMALL_HASH}.directory.${ending}`;
    await writeFile(join(site.repoDir, 'targets', 'v1', name), '{}');
    const answer = await site.app.request(`/repo/targets/v1/${name}`);
    expect(answer.headers.get('content-type')?.split(';')[0]).toBe(type);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none';/);
    expect(answer.headers.get('content-security-policy')?.includes("style-src 'unsafe-inline'")).toBe(
      ending === 'html',
    );
  }
});

it('sends what copies have beside the signed files, and all of it', async () => {
  const site = await newSite();
  await enterEntry(site.world);
  const publishing = await openPublishing({ profile: 'demo', dataDir: site.world.dir }, site.world.now());
  expect(await writeStaticParts(publishing), 'nothing is published yet').toBe(false);
  await publishAs(site.world, publishing);
  expect(await writeStaticParts(publishing)).toBe(true);
  expect(await writeStaticParts(publishing)).toBe(false);
  const copy = await temporaryFolder();
  await withPublicView({ repoDir: publishing.repoDir, workDir: copy }, async ({ dir, stages }) => {
    const pages = stages.find(({ name }) => name === 'pages')?.paths ?? [];
    expect(pages).toEqual(STATIC_PARTS);
    for (const path of pages) {
      const answer = await site.app.request(`/repo/${path}`);
      expect(answer.status, path).toBe(200);
      expect(answer.headers.get('content-type'), path).toBe(headersOf(path).contentType);
      expect(caching(answer), path).toBe('public, max-age=60');
      expect(answer.headers.get('access-control-allow-origin'), path).toBe('*');
      expect(Buffer.from(await answer.arrayBuffer()).equals(await readFile(join(dir, path))), path).toBe(true);
    }
  });
  const index = await site.app.request('/repo/');
  expect(await index.text()).toContain('Nothing on this page is signed');
  expect(index.headers.get('content-security-policy')).toMatch(/^default-src 'none';.*sandbox.* allow-downloads$/);
  const folder = await site.app.request('/repo');
  expect([folder.status, folder.headers.get('location')]).toEqual([308, '/repo/']);
  // A renewed signature is news to it.
  site.world.wait({ hours: 7 });
  await resignSnapshots(site.world, publishing);
  expect(await writeStaticParts(publishing)).toBe(true);
  expect(await (await site.app.request('/repo/index.html')).text()).toContain('timestamp 2');
});

it('answers 304 by the hash, without sending the file', async () => {
  const site = await siteWithTree();
  for (const path of ['/repo/metadata/timestamp.json', '/repo/metadata/1.root.json', TARGET]) {
    const etag = (await site.app.request(path)).headers.get('etag') ?? '';
    const again = await site.app.request(path, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
    expect(again.headers.get('etag')).toBe(etag);
    expect(caching(again)).toMatch(/max-age/);
    expect(await again.text()).toBe('');
    expect((await site.app.request(path, { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  }
  expect((await site.app.request(TARGET)).headers.get('etag')).toBe(`"${HASH}"`);
});

it('shows a new timestamp at once, also when it has the same size and date', async () => {
  const site = await siteWithTree();
  const file = join(site.repoDir, 'metadata', 'timestamp.json');
  const before = await site.app.request('/repo/metadata/timestamp.json');
  expect(await before.text()).toBe('{"timestamp":1}');
  // As publishing does it: another file takes the name.
  await writeFile(`${file}.tmp`, '{"timestamp":2}');
  const { rename, stat } = await import('node:fs/promises');
  const { atime, mtime } = await stat(file);
  await utimes(`${file}.tmp`, atime, mtime);
  await rename(`${file}.tmp`, file);
  const after = await site.app.request('/repo/metadata/timestamp.json', {
    headers: { 'if-none-match': before.headers.get('etag') ?? '' },
  });
  expect(after.status).toBe(200);
  expect(await after.text()).toBe('{"timestamp":2}');
});

it('says 404 in plain words, kept for a minute, and forgets what was removed', async () => {
  const site = await siteWithTree();
  for (const path of [
    '/repo/metadata/2.root.json',
    `/repo/targets/v1/${'0'.repeat(64)}.directory.json`,
    '/repo/index.html',
    '/repo/',
  ]) {
    const answer = await site.app.request(path, { headers: { accept: 'text/html' } });
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('text/plain');
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(caching(answer)).toBe('public, max-age=60');
    expect(await answer.text()).toBe('Not found\n');
  }
  expect((await site.app.request('/repo/metadata/1.root.json')).status).toBe(200);
  await rm(join(site.repoDir, 'metadata', '1.root.json'));
  expect((await site.app.request('/repo/metadata/1.root.json')).status).toBe(404);
});

it('answers HEAD like GET without the file, and takes no other method', async () => {
  const site = await siteWithTree();
  const head = await site.app.request(TARGET, { method: 'HEAD' });
  expect(head.headers.get('content-length')).toBe(String(LARGE.length));
  expect(head.headers.get('etag')).toBe(`"${HASH}"`);
  expect(await head.text()).toBe('');
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
    const answer = await site.app.request(TARGET, { method });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS');
  }
  const preflight = await site.app.request(TARGET, { method: 'OPTIONS', headers: { origin: 'https://app.example' } });
  expect(preflight.headers.get('access-control-allow-methods')).toBe('GET, HEAD');
});

it('serves nothing but files of a tree, by names of a tree', async () => {
  const site = await siteWithTree();
  await writeFile(join(site.repoDir, 'metadata', 'secret.json'), 'secret');
  await writeFile(join(site.repoDir, 'metadata', '1.root.json.tmp'), 'secret');
  await writeFile(join(site.repoDir, 'targets', 'v1', 'directory.json'), 'secret');
  await writeFile(join(site.repoDir, '.lock'), 'secret');
  await mkdir(join(site.repoDir, 'metadata', '9.root.json'));
  const outside = join(site.world.dir, 'outside');
  await mkdir(outside);
  await writeFile(join(outside, `${SMALL_HASH}.entry.json`), 'secret');
  await symlink(join(outside, `${SMALL_HASH}.entry.json`), join(site.repoDir, 'metadata', '8.root.json'));
  await symlink(outside, join(site.repoDir, 'targets', 'v2'));
  const names = [
    'metadata/secret.json',
    'metadata/1.root.json.tmp',
    'metadata/01.root.json',
    'metadata/0.root.json',
    'metadata/root.json',
    'metadata/1.root.json/',
    'metadata//1.root.json',
    'metadata/8.root.json',
    'metadata/9.root.json',
    'metadata/?.root.json',
    'metadata/1.root.json%00',
    'metadata/1.root.json%0a',
    'targets/v1/directory.json',
    `targets/v2/${SMALL_HASH}.entry.json`,
    `targets/v1/../v1/./x/${HASH}.directory.json`,
    `targets/v1/%2e%2e/${HASH}.directory.json`,
    `targets/${HASH}.`,
    `targets/.${HASH}.x`,
    `targets/v1/${HASH.toUpperCase()}.directory.json`,
    '.lock',
    '../waymark.db',
    '..%2fwaymark.db',
    '%2e%2e%2fwaymark.db',
    '%252e%252e%252fwaymark.db',
    '..%5cwaymark.db',
    'metadata/..%2f..%2fwaymark.db',
    'metadata/%2e%2e/%2e%2e/waymark.db',
    '/etc/passwd',
    '%2fetc%2fpasswd',
    '..%c0%afwaymark.db',
    'targets/a/b/c/d/e/f/x',
  ];
  for (const name of names) {
    const answer = await site.app.request(`http://localhost/repo/${name}`);
    expect(`${name} ${answer.status}`).toBe(`${name} 404`);
    expect(await answer.text()).not.toMatch(/secret|SQLite|root:/);
  }
});
