import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ENTRY, Forge, HONEST, keyOf } from './testing.ts';

const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const tsc = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url));
const run = promisify(execFile);

type File = { path: string };

/** What an app in TypeScript would write; the second line is wrong, and must be seen to be. */
const APP = `import { open, type Reader } from '@waymark/reader';
// @ts-expect-error No need of that name.
export const answer = (reader: Reader) => reader.route({ country: 'DE' }).steps.map(({ id }) => id.length);
export const reader: Promise<Reader> = open({ urls: 'https://directory.example/repo', dir: 'data', seed: 'seed.zip' });
`;

/** npm as somebody has it who knows nothing of this repository, with no network and an empty cache. */
function npmAlone(cwd: string, args: string[]): Promise<{ stdout: string }> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
  const alone = ['--offline', '--no-audit', '--no-fund', '--no-update-notifier', '--cache', join(cwd, '.npm')];
  return run('npm', [...args.slice(0, 1), ...alone, ...args.slice(1)], { cwd, env });
}

/** The built command line, as somebody runs it who installed it. */
async function reader(cwd: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return run(process.execPath, [join(dist, 'waymark-reader.js'), ...args], { cwd }).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      out: error.stdout,
      err: error.stderr,
    }),
  );
}

async function setUp() {
  const forge = new Forge();
  forge.publish();
  const server = createServer((request, response) => {
    const bytes = forge.files.get((request.url ?? '').replace('/repo/', ''));
    if (bytes) response.end(bytes);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cwd = await mkdtemp(join(tmpdir(), 'waymark-reader-cli-'));
  const stop = () => new Promise((resolve) => (server.close(resolve), server.closeAllConnections()));
  onTestFinished(async () => {
    await stop();
    await rm(cwd, { recursive: true, force: true });
  });
  await writeFile(join(cwd, 'root.json'), forge.root(1));
  return { forge, cwd, stop, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/repo` };
}

describe('waymark-reader, built', () => {
  it('fetches, and then answers with the server gone', async () => {
    const { cwd, url, stop } = await setUp();
    expect(await reader(cwd, 'route', '--need', 'csam-online')).toMatchObject({
      code: 1,
      err: expect.stringContaining('run `waymark-reader fetch') as string,
    });
    expect(await reader(cwd, 'fetch', url, '--root', 'root.json')).toMatchObject({
      code: 0,
      out: expect.stringContaining('(fresh, checked') as string,
    });
    await stop();
    const route = await reader(cwd, 'route', '--country', 'DE', '--need', 'csam-online', '--lang', 'de');
    expect(route.out).toContain(`1. Beispiel-Meldestelle\n   phone: +${HONEST}\n`);
    expect((await reader(cwd, 'show', 'beispiel')).out).toContain('qx-hotline  hotline.web  DE\n1 entries.');
    expect(await reader(cwd, 'fetch', url)).toMatchObject({
      code: 1,
      out: expect.stringContaining('nothing could be brought') as string,
    });
    expect((await reader(cwd, 'route', '--need', 'csam-online', '--country', 'DE', '--json')).out).toContain('"steps"');
  });

  it('names what was withdrawn at once, with its mark and nothing to dial, beside where else to turn', async () => {
    const { forge, cwd, url } = await setUp();
    const since = forge.date(0);
    forge.withdraw([{ id: ENTRY, reason: 'unsafe', since }]);
    await reader(cwd, 'fetch', url, '--root', 'root.json');
    const { out } = await reader(cwd, 'route', '--country', 'DE', '--need', 'csam-online');
    const mark = `temporarily withdrawn since ${since}: unsafe`;
    expect(out).toContain(`1. Go to the police (DE)\nDo not use: Example hotline (${mark})\n`);
    const show = await reader(cwd, 'show', 'example', '--country', 'DE');
    expect(show.out).toContain(`qx-hotline  hotline.web  ${mark}\n0 entries.`);
    expect(out + show.out).not.toContain(HONEST);
  });

  it('makes a seed, and says with its exit code what looks like an attack', async () => {
    const { forge, cwd, url } = await setUp();
    const seed = await reader(cwd, 'seed', url, '--root', 'root.json', '--out', 'seed.zip');
    expect(seed).toMatchObject({ code: 0, out: expect.stringContaining('snapshot 1 of') as string });
    expect(
      (await reader(cwd, 'route', '--need', 'csam-online', '--country', 'DE', '--seed', 'seed.zip')).out,
    ).toContain(HONEST);
    forge.stamp({}, [keyOf('thief')]);
    const fetched = await reader(cwd, 'fetch', url, '--seed', 'seed.zip');
    expect(fetched).toMatchObject({ code: 2, err: expect.stringContaining('signature') as string });
  });

  it('is all an app installs: out of its tarball, alone in an empty folder, it runs the example of the README', async () => {
    const { cwd, url } = await setUp();
    const npm = (...args: string[]) => npmAlone(cwd, args);
    const [packed] = JSON.parse((await npm('pack', dist, '--json')).stdout) as { filename: string; files: File[] }[];
    expect(packed?.files.map(({ path }) => path).sort()).toEqual([
      'LICENSE',
      'README.md',
      'browser.js',
      expect.stringMatching(/^chunks\/\w+\.js$/),
      'index.d.ts',
      'index.js',
      'package.json',
      'waymark-reader.js',
    ]);
    await writeFile(join(cwd, 'package.json'), '{"private":true,"type":"module"}');
    await npm('install', `./${packed?.filename}`);
    expect((await readdir(join(cwd, 'node_modules'))).filter((name) => !name.startsWith('.'))).toEqual(['@waymark']);

    await npm('exec', '--', 'waymark-reader', 'seed', url, '--root', 'root.json');
    const example = fileURLToPath(new URL('../examples/where-to-report.mjs', import.meta.url));
    await copyFile(example, join(cwd, 'example.mjs'));
    const { stdout } = await run(process.execPath, ['example.mjs', 'data', 'seed.zip', url, 'DE'], { cwd });
    expect(stdout).toContain(`Example hotline\n  phone +${HONEST}\nfresh, checked 2`);
    await writeFile(join(cwd, 'app.ts'), APP);
    await run(process.execPath, [tsc, '--noEmit', '--strict', '--module', 'nodenext', 'app.ts'], { cwd });
  });

  it('is small in a browser: 60 kB packed at most, with nothing to import', async () => {
    const bundle = await readFile(join(dist, 'browser.js'));
    const packed = gzipSync(bundle, { level: 9 }).length;
    process.stdout.write(
      `browser.js: ${(packed / 1000).toFixed(1)} kB packed, ${(bundle.length / 1000).toFixed(1)} kB\n`,
    );
    expect(packed).toBeLessThan(60_000);
    expect(bundle.toString()).not.toMatch(/^import |from ?["'](?:node:|zod)/m);
  });
});
