import { existsSync } from 'node:fs';
import { installDebianPackages } from './debianPackages.mjs';
import { runQuietly, stop, tool } from './run.mjs';

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/**
 * Path of a Chromium for browser tests: the one named in CHROMIUM_PATH, the system's, Playwright's own,
 * or on Debian as root the package `chromium`. Otherwise stops with the command to type.
 */
export async function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named) return existsSync(named) ? named : stop(`CHROMIUM_PATH names ${named}, which does not exist.`);
  const found = systemChromium() ?? (await playwrightChromium());
  if (found) return found;
  if (await installDebianPackages(['chromium', 'fonts-noto-core'], 'the browser tests')) {
    const installed = systemChromium();
    if (installed) return installed;
  }
  if ((await runQuietly(tool('playwright'), ['install', '--only-shell', 'chromium'])).code === 0) {
    const own = await playwrightChromium();
    if (own) return own;
  }
  return stop(
    'Browser tests need Chromium. Type one of:\n  sudo apt-get install chromium\n  npx playwright install --with-deps chromium\nor set CHROMIUM_PATH to a Chromium or Chrome you have.',
  );
}

function systemChromium() {
  return SYSTEM.find((path) => existsSync(path));
}

async function playwrightChromium() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}
