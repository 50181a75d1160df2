import { build } from './build.mjs';
import { findChromium } from './chromium.mjs';
import { install } from './install.mjs';
import { run, stop, tool } from './run.mjs';

/** `npm run screenshots [folder]`: takes the pictures of the README from the running product, or all of them into a folder. */
await install();
await build();
const chromium = await findChromium();
if (
  (await run(tool('tsx'), ['tests/screenshots/take.ts', ...process.argv.slice(2)], { CHROMIUM_PATH: chromium })) !== 0
)
  stop('No screenshots.');
