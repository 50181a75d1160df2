import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { ROOT, run, stop } from './run.mjs';

const STAMP = `${ROOT}node_modules/.waymark-install`;

/** Installs what is missing: nothing when the lockfile and the Node it was installed for are the same as last time. */
export async function install() {
  refuseOldNode();
  // Compiled packages belong to one Node ABI, so the stamp names it.
  const wanted = createHash('sha256')
    .update(readFileSync(`${ROOT}package-lock.json`))
    .update(process.versions.modules)
    .digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  console.log('Installing packages; the first time this takes a minute or three …');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund'];
  const code = npm ? await run(process.execPath, [npm, ...args]) : await run('npm', args);
  if (code !== 0) stop('npm ci failed; see above.');
  writeFileSync(STAMP, wanted);
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if ((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22) return;
  stop(
    `Node ${process.versions.node} is too old: install Node 20.19 or newer, 22.12 or newer, or 24 (https://nodejs.org).`,
  );
}
