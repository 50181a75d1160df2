import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { findRoot } from '@waymark/services';
import { generatePrivateKey, publishRoot, toPublicKey, toSigner } from '@waymark/tuf';
import { startStaticHost } from '../../../tests/support/staticHost.ts';
import { publishAs, publishingOf } from '../../../tests/support/tree.ts';
import { enterEntry, openWorld } from '../../../tests/support/world.ts';
import { parseEnvironment } from './environment.ts';
import { listen } from './server.ts';
import { start, type Running } from './start.ts';

const root = findRoot();

async function newFolder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'waymark-start-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** Production on a free port of this machine. */
async function startProduction(dir: string, more = {}): Promise<Running & { said: string[] }> {
  const env = {
    ...more,
    WAYMARK_PROFILE: 'production',
    WAYMARK_ORIGIN: 'https://directory.example.org',
    WAYMARK_DATA: dir,
    PORT: '0',
    WAYMARK_LOG_LEVEL: 'silent',
  };
  const said: string[] = [];
  const settings = parseEnvironment(env, root);
  const running = await start(settings, { root, say: (words) => said.push(words), failStop: () => undefined });
  return { ...running, said };
}

it('starts empty in production: a token on the console, publishing off, nobody inside', async () => {
  const dir = await newFolder();
  const running = await startProduction(dir);
  onTestFinished(() => running.stop());
  expect(running.url).toBe('https://directory.example.org');
  expect(running.said.join('\n')).toMatch(/Publishing is off: no signing keys exist yet/);
  expect(running.said.at(-1)).toMatch(/^ {2}[A-Za-z0-9_-]{43}$/);
  const instance = await fetch(`http://127.0.0.1:${running.port}/api/v1/instance`);
  expect(await instance.json()).toMatchObject({ profile: 'production', setUp: false, publishing: false });
  expect((await stat(join(dir, 'waymark.sqlite'))).mode & 0o077).toBe(0);
  const bytes = await readFile(join(dir, 'waymark.sqlite-wal'));
  expect(bytes.includes(running.said.at(-1)?.trim() ?? 'no token')).toBe(false);
});

it('says at the start what is missing beside the dates, and what to type', async () => {
  const dir = await newFolder();
  const made = Array.from({ length: 4 }, generatePrivateKey);
  const [root, targets, snapshotRole, timestamp] = made.map((key) => ({ keys: [toPublicKey(key)], threshold: 1 }));
  const keys = { root: root!, targets: targets!, snapshotRole: snapshotRole!, timestamp: timestamp! };
  await publishRoot({
    dir: join(dir, 'repo'),
    keys,
    profile: 'demo',
    signers: { root: [toSigner(made[0]!)] },
    now: new Date(Date.now() - 1000),
  });
  const [, , snapshotKey, timestampKey] = made.map((key) =>
    key.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
  );
  const running = await startProduction(dir, {
    WAYMARK_SNAPSHOT_KEY: snapshotKey,
    WAYMARK_TIMESTAMP_KEY: timestampKey,
  });
  onTestFinished(() => running.stop());
  const said = running.said.join('\n');
  expect(said).toContain('There is no urgent lane');
  expect(said).toContain('  waymark keys new NAME-duty');
  expect(said).not.toContain('Publishing is off');
});

it('gives another token after a restart, and refuses data of another profile and data in use', async () => {
  const dir = await newFolder();
  const first = await startProduction(dir);
  const demo = parseEnvironment({ WAYMARK_PROFILE: 'demo', WAYMARK_DATA: dir, PORT: '0' }, root);
  await first.stop();
  await expect(start(demo, { root, say: () => undefined, failStop: () => undefined })).rejects.toThrow(
    'belongs to the production profile',
  );
  const second = await startProduction(dir);
  onTestFinished(() => second.stop());
  expect(second.said.at(-1)).not.toBe(first.said.at(-1));
  // The lock names another living process: whoever started this one.
  await writeFile(join(dir, 'waymark.sqlite.lock'), String(process.ppid));
  await expect(startProduction(dir)).rejects.toThrow(`Process ${process.ppid} uses`);
});

it('brings what is published to its destinations by itself, and refuses settings that are wrong', async () => {
  const world = await openWorld();
  onTestFinished(() => rm(world.dir, { recursive: true, force: true }));
  await enterEntry(world);
  await publishAs(world, await publishingOf(world));
  // The server takes its place.
  world.store.close();
  const place = await newFolder();
  const { url } = await startStaticHost(place);
  const file = join(await newFolder(), 'destinations.json');
  const env = {
    WAYMARK_PROFILE: 'demo',
    WAYMARK_DATA: world.dir,
    PORT: '0',
    WAYMARK_LOG_LEVEL: 'silent',
    WAYMARK_DESTINATIONS: file,
  };
  const open = () => start(parseEnvironment(env, root), { root, say: () => undefined, failStop: () => undefined });
  await expect(open()).rejects.toThrow(`WAYMARK_DESTINATIONS: ${file} cannot be read`);
  await writeFile(file, JSON.stringify({ destinations: [{ name: 'mirror', kind: 'directory', path: 'www', url }] }));
  await expect(open()).rejects.toThrow('destinations.0.path: write a whole path');
  const outside = { name: 'mirror', kind: 'directory', path: place, url: 'https://feed.example.org' };
  await writeFile(file, JSON.stringify({ destinations: [outside] }));
  await expect(open()).rejects.toThrow('addresses of this machine only');
  await writeFile(file, JSON.stringify({ destinations: [{ name: 'mirror', kind: 'directory', path: place, url }] }));
  const running = await open();
  onTestFinished(() => running.stop());
  const seen = async () => (await fetch(`${url}/index.html`)).text();
  await vi.waitFor(async () => expect(await seen()).toContain('Nothing on this page is signed'), { timeout: 200_000 });
});

it('finishes what is running before it stops, and takes nothing new', async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  let arrive = (): void => undefined;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const server = await listen({ host: '127.0.0.1', port: 0 }, () => ({
    async fetch() {
      arrive();
      await held;
      return new Response('done');
    },
  }));
  const running = fetch(`http://127.0.0.1:${server.port}/`);
  await arrived;
  const closed = server.close();
  await expect(fetch(`http://127.0.0.1:${server.port}/`)).rejects.toThrow();
  release();
  expect(await (await running).text()).toBe('done');
  await closed;
});

/** What a raw socket is told. */
function speak(port: number, words: string): Promise<string> {
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(words));
    socket.on('data', (data) => (heard += data.toString()));
    socket.on('close', () => resolve(heard));
    socket.on('error', () => resolve(heard));
  });
}

it('refuses malformed HTTP and keeps answering', async () => {
  const running = await startProduction(await newFolder());
  onTestFinished(() => running.stop());
  const head = 'Host: x\r\nConnection: close\r\n';
  expect(await speak(running.port, `GET /healthz HTTP/1.1\r\n${head}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 431 /,
  );
  expect(await speak(running.port, 'GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  expect(await speak(running.port, `nonsense\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /);
  expect(await speak(running.port, `TRACE /healthz HTTP/1.1\r\n${head}\r\n`)).toMatch(/^HTTP\/1\.1 4\d\d /);
  expect(await speak(running.port, `GET /repo/../waymark.sqlite HTTP/1.1\r\n${head}\r\n`)).toMatch(/^HTTP\/1\.1 404 /);
  expect(await speak(running.port, `GET /repo/metadata/..%2f..%2fwaymark.sqlite HTTP/1.1\r\n${head}\r\n`)).toMatch(
    /^HTTP\/1\.1 404 /,
  );
  const ok = await speak(running.port, `GET /healthz HTTP/1.1\r\n${head}\r\n`);
  expect(ok).toMatch(/^HTTP\/1\.1 200 /);
  expect(ok).not.toMatch(/x-powered-by|server:/i);
});
