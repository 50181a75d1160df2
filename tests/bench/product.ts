import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { median } from './clock.ts';
import { signIn } from '../support/client.ts';
import { freePort } from '../support/freePort.ts';
import type { Server } from '../support/server.ts';
import { startWeight } from '../support/startWeight.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const STARTS = 5;

/** Seconds from starting the built product on a directory that is there to its first answer: median. */
export async function coldStart(data: string): Promise<number> {
  const seconds: number[] = [];
  for (let i = 0; i < STARTS; i += 1) {
    const port = await freePort();
    const start = performance.now();
    const child = spawn(process.execPath, ['apps/api/dist/main.js'], {
      cwd: ROOT,
      env: { ...process.env, WAYMARK_PROFILE: 'demo', WAYMARK_DATA: data, HOST: '127.0.0.1', PORT: String(port) },
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    await firstAnswer(port, () => child.exitCode !== null);
    seconds.push((performance.now() - start) / 1000);
    child.kill('SIGTERM');
    await ended;
  }
  return median(seconds);
}

async function firstAnswer(port: number, isOver: () => boolean): Promise<void> {
  for (;;) {
    if (isOver()) throw new Error('The server ended before it answered');
    const isListening = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (isListening) {
      const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
      await answer.body?.cancel();
      if (answer.ok) return;
    }
    await wait(5);
  }
}

/** Megabytes a server holds some seconds after somebody looked at it. Linux and macOS. */
export async function memoryAtRest({ url, process }: Server): Promise<number> {
  const { get } = await signIn(url, 'Demo Reviewer');
  await get('/queue');
  await get('/entries');
  await wait(5_000);
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(process.pid)], { encoding: 'utf8' });
  return Number(stdout.trim()) / 1024;
}

/**
 * Kilobytes of scripts, as compressed on the wire, that a browser loads before a reviewer sees their queue.
 * @returns undefined without a Chromium (CHROMIUM_PATH names one)
 */
export async function adminScripts(url: string): Promise<number | undefined> {
  const executablePath = [process.env['CHROMIUM_PATH'], chromium.executablePath(), '/usr/bin/chromium'].find(
    (path) => path && isFile(path),
  );
  if (!executablePath) return undefined;
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
  try {
    const page = await browser.newPage();
    const { cookie } = await signIn(url, 'Demo Reviewer');
    const [name = '', value = ''] = cookie.split('=');
    await page.context().addCookies([{ name, value, url }]);
    return await startWeight(page, url);
  } finally {
    await browser.close();
  }
}

/** Megabytes of a production install: packages without those for development, and what was built. */
export function productionInstall(): number {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-install-'));
  try {
    for (const file of ['package.json', 'package-lock.json', '.npmrc'])
      if (isFile(ROOT + file)) cpSync(ROOT + file, join(folder, file));
    for (const room of ['packages', 'apps']) {
      for (const { name } of readdirSync(ROOT + room, { withFileTypes: true }).filter((item) => item.isDirectory())) {
        const file = join(room, name, 'package.json');
        if (isFile(ROOT + file)) cpSync(ROOT + file, join(folder, file));
      }
    }
    const { status, stderr } = spawnSync('npm', ['ci', '--omit=dev', '--prefer-offline', '--no-audit', '--no-fund'], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`npm ci failed: ${stderr}`);
    const built = ['apps/api/dist', 'apps/admin/dist', 'apps/cli/dist'].map((path) => sizeOf(ROOT + path));
    return [sizeOf(join(folder, 'node_modules')), ...built].reduce((a, b) => a + b) / 1024 / 1024;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .reduce((bytes, item) => bytes + statSync(join(item.parentPath, item.name)).size, 0);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
