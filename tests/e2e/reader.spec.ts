import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server as Host } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { makeSeed } from '../../packages/reader/src/index.ts';
import { ENTRY, Forge, HONEST } from '../../packages/reader/src/testing.ts';
import { startServer, type Server } from '../support/server.ts';
import { copySeed } from './seed.ts';

const reader = fileURLToPath(new URL('../../packages/reader/', import.meta.url));
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

let server: Server;
let host: Host;
let page: string;
let app: string;

/** The example page as an app puts it on its own host, beside the built reader and a seed of what the product serves. */
test.beforeAll(async () => {
  server = await startServer({ data: copySeed() });
  app = mkdtempSync(join(tmpdir(), 'waymark-page-'));
  cpSync(join(reader, 'examples/page'), app, { recursive: true });
  cpSync(join(reader, 'dist/browser.js'), join(app, 'browser.js'));
  const root = readFileSync(join(server.data, 'repo/metadata/1.root.json'));
  writeFileSync(join(app, 'seed.zip'), (await makeSeed({ url: `${server.url}/repo`, root })).zip);
  host = createServer((request, response) => {
    const name = (request.url ?? '/').slice(1) || 'index.html';
    response.setHeader('Content-Type', TYPES[extname(name)] ?? 'application/octet-stream');
    const file = join(app, name);
    if (existsSync(file)) response.end(readFileSync(file));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  page = `http://127.0.0.1:${(host.address() as AddressInfo).port}/`;
});

test.afterAll(async () => {
  await server.stop();
  host.closeAllConnections();
  host.close();
  for (const dir of [server.data, app]) rmSync(dir, { recursive: true, force: true });
});

test('an app’s page verifies the directory, and answers from its own memory when the server is gone', async ({
  page: tab,
}) => {
  const asked: string[] = [];
  tab.on('request', (request) => asked.push(request.url()));
  const errors: string[] = [];
  tab.on('pageerror', (error) => errors.push(error.message));
  await tab.goto(`${page}#tree=${server.url}/repo`);
  await expect(tab.locator('html')).toHaveAttribute('data-state', 'fresh');
  await expect(tab.locator('#steps li').first()).not.toBeEmpty();
  await tab.getByLabel('Country').fill('FR');
  await tab.getByRole('button', { name: 'Show' }).click();
  expect(
    asked.filter((url) => url.startsWith(server.url) && !/\/repo\/(metadata|targets)\/[\w./-]+$/.test(url)),
  ).toEqual([]);

  await server.stop();
  await tab.route('**/seed.zip', (route) => route.abort());
  await tab.reload();
  await expect(tab.locator('html')).toHaveAttribute('data-state', 'stale');
  await expect(tab.locator('#age')).toContainText(/Snapshot \d+ of .*checked .*may be out of date/);
  await expect(tab.locator('#steps li').first()).not.toBeEmpty();
  // As another part of the app would: from memory alone, without seed and mirrors.
  const found = await tab.evaluate<{ entries: number; sequence: number }>(`(async () => {
    const { open } = await import('/browser.js');
    const again = await open({ urls: [], auto: false });
    return { entries: again.find({ country: 'DE' }).length, sequence: again.snapshot.sequence };
  })()`);
  expect(found.sequence).toBe(1);
  expect(found.entries).toBeGreaterThan(0);
  expect(errors).toEqual([]);
});

test('an app’s page names what was withdrawn at once, with nothing to dial, beside where else to turn', async ({
  page: tab,
}) => {
  const forge = new Forge();
  forge.publish();
  forge.withdraw([{ id: ENTRY, reason: 'unsafe', since: forge.date(0) }]);
  for (const [path, bytes] of forge.files) {
    const file = join(app, 'repo', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  const { zip } = await makeSeed({ url: `${page}repo`, root: forge.root(1) });
  await tab.route('**/seed.zip', (route) => route.fulfill({ body: Buffer.from(zip) }));
  await tab.goto(page);
  await expect(tab.locator('#withdrawn li')).toHaveText(
    `Example hotline: temporarily withdrawn since ${forge.date(0).slice(0, 10)} (unsafe)`,
  );
  await expect(tab.locator('#steps li')).toHaveText(['Go to the police (DE)']);
  await expect(tab.locator('main')).not.toContainText(HONEST);
});
