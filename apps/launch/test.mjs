import { build } from './build.mjs';
import { check } from './check.mjs';
import { findChromium } from './chromium.mjs';
import { install } from './install.mjs';
import { run, stop, tool } from './run.mjs';

/** `npm test`: everything, in the order in which a failure costs least time. */
await install();
await check();
await build();
if ((await run(tool('vitest'), ['run', '--config', 'tests/vitest.config.ts'])) !== 0)
  stop('Unit and integration tests failed.');
const chromium = await findChromium();
const code = await run(tool('playwright'), ['test', '--config', 'tests/e2e/playwright.config.ts'], {
  CHROMIUM_PATH: chromium,
});
if (code !== 0) stop('Browser tests failed.');
