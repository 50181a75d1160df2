import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { install } from './install.mjs';
import { ROOT, runQuietly, stop, tool } from './run.mjs';

const STAMP = `${ROOT}apps/api/dist/.stamp`;

/** Builds the admin, the public pages, the server, the command line, the watcher and the reader, unless nothing they are made of changed since the last build. */
export async function build() {
  const wanted = fingerprint();
  const isBuilt = [
    'apps/admin/dist/index.html',
    'apps/pages/dist/corrections/index.html',
    'apps/api/dist/main.js',
    'apps/cli/dist/waymark.js',
    'apps/watcher/dist/main.js',
    'packages/reader/dist/index.js',
    'packages/reader/dist/browser.js',
  ].every((file) => existsSync(ROOT + file));
  if (isBuilt && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  console.log('Building the admin, the public pages, the server, the command line, the watcher and the reader …');
  const builds = await Promise.all([
    runQuietly(tool('vite'), ['build', 'apps/admin', '--logLevel', 'warn']),
    runQuietly(tool('vite'), ['build', 'apps/pages', '--logLevel', 'warn']),
    runQuietly(tool('vite'), ['build', '--config', 'apps/launch/server.vite.config.mjs', '--logLevel', 'warn']),
    runQuietly(tool('vite'), ['build', '--config', 'apps/launch/watcher.vite.config.mjs', '--logLevel', 'warn']),
    runQuietly(tool('vite'), ['build', '--config', 'apps/launch/reader.vite.config.mjs', '--logLevel', 'warn']),
    runQuietly(tool('vite'), ['build', '--config', 'apps/launch/readerBrowser.vite.config.mjs', '--logLevel', 'warn']),
  ]);
  for (const { code, output } of builds) if (code !== 0) stop(`${output}\nThe build failed; see above.`);
  cpSync(`${ROOT}LICENSE`, `${ROOT}packages/reader/dist/LICENSE`);
  cpSync(`${ROOT}packages/reader/README.md`, `${ROOT}packages/reader/dist/README.md`);
  cpSync(`${ROOT}packages/reader/dist.package.json`, `${ROOT}packages/reader/dist/package.json`);
  cpSync(`${ROOT}packages/reader/types.d.ts`, `${ROOT}packages/reader/dist/index.d.ts`);
  mkdirSync(dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, wanted);
}

/** Hash over everything a build reads. Contents and not dates, since a clone has new dates. */
function fingerprint() {
  const hash = createHash('sha256').update(process.versions.modules);
  for (const file of ['package-lock.json', ...sources('apps'), ...sources('packages')].sort())
    hash.update(file).update(readFileSync(ROOT + file));
  return hash.digest('hex');
}

const SKIPPED = new Set(['node_modules', 'dist', 'generated']);

function sources(folder) {
  return readdirSync(ROOT + folder, { withFileTypes: true }).flatMap((item) => {
    if (SKIPPED.has(item.name)) return [];
    const path = join(folder, item.name);
    if (item.isDirectory()) return sources(path);
    return /\.(tsx?|mjs|html|json|svg|css)$/.test(item.name) && !item.name.includes('.test.') ? [path] : [];
  });
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  await install();
  await build();
}
