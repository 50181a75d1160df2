import { statfsSync } from 'node:fs';
import { build } from './build.mjs';
import { check } from './check.mjs';
import { findChromium } from './chromium.mjs';
import { install } from './install.mjs';
import { run, stop, tool } from './run.mjs';
import { findTestPrograms } from './testPrograms.mjs';

/** `npm test`: everything, in the order in which a failure costs least time. */
await install();
scratchInMemory();
// What has to be fetched comes while the checks compute.
const [, chromium] = await Promise.all([check(), findTestPrograms().then(findChromium)]);
await build();
if ((await run(tool('vitest'), ['run', '--config', 'tests/vitest.config.ts'])) !== 0)
  stop('Unit and integration tests failed.');
const code = await run(tool('playwright'), ['test', '--config', 'tests/e2e/playwright.config.ts'], {
  CHROMIUM_PATH: chromium,
});
if (code !== 0) stop('Browser tests failed.');

/**
 * Tests make thousands of databases and trees and wait for the disk each time. What they keep for a minute may lie in memory,
 * where there is a file system for that and room in it; unless somebody said where it is to lie.
 */
function scratchInMemory() {
  const [folder, tmpfs, room] = ['/dev/shm', 0x01021994, 4 * 2 ** 30];
  if (process.env.TMPDIR || process.platform !== 'linux') return;
  try {
    const { type, bavail, bsize } = statfsSync(folder);
    if (type === tmpfs && bavail * bsize >= room) process.env.TMPDIR = folder;
  } catch {
    // No such folder: the usual one will do.
  }
}
