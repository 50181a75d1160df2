import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { signIn } from '../support/client.ts';
import { startServer, type Server } from '../support/server.ts';

/**
 * Takes pictures of the running product with the demo's data. Without a folder: the pictures of the README, into this
 * folder. With one: every screen, wide and phone width, light and dark, and right to left, for a person to look at.
 */
const HERE = fileURLToPath(new URL('.', import.meta.url));

type Look = { name: string; width: number; theme: 'light' | 'dark'; locale: string };
type Shot = {
  name: string;
  person: string;
  path: (server: Server) => Promise<string>;
  before?: (page: Page) => Promise<void>;
};

const at = (path: string) => () => Promise.resolve(path);

async function firstReview(server: Server, slug: string): Promise<string> {
  const reviewer = await signIn(server.url, 'Demo Reviewer');
  const { body } = await reviewer.get<{ data: { id: string; recordName: string; summary: string }[] }>(
    '/proposals?state=in-review&perPage=100',
  );
  const found = body.data.find((row) => row.summary.includes(slug)) ?? body.data[0];
  return `/proposals/${found?.id}/show`;
}

async function entryPath(server: Server, slug: string, page = 'show'): Promise<string> {
  const curator = await signIn(server.url, 'Demo Curator');
  const { body } = await curator.get<{ id: string }>(`/entries/${slug}`);
  return `/entries/${body.id}/${page}`;
}

const README: Shot[] = [
  { name: 'review', person: 'Demo Reviewer', path: (s) => firstReview(s, 'Practice example: changed phone number') },
  { name: 'queue', person: 'Demo Reviewer', path: at('/') },
  { name: 'entry', person: 'Demo Curator', path: (s) => entryPath(s, 'gb-report-remove') },
];

const ALL: Shot[] = [
  ...README,
  { name: 'lookalike', person: 'Demo Reviewer', path: (s) => firstReview(s, 'Maltese') },
  { name: 'retire', person: 'Demo Reviewer', path: (s) => firstReview(s, 'Kazakhstan') },
  { name: 'new-entry', person: 'Demo Reviewer', path: (s) => firstReview(s, 'SaferNet') },
  { name: 'due', person: 'Demo Curator', path: at('/due') },
  {
    name: 'check',
    person: 'Demo Curator',
    path: (s) => entryPath(s, 'gb-stop-it-now', '').then((p) => p.replace('/entries/', '/due/').replace(/\/$/, '')),
  },
  { name: 'alarms', person: 'Demo Curator', path: at('/alarms') },
  { name: 'corrections', person: 'Demo Curator', path: at('/corrections') },
  { name: 'outreach', person: 'Demo Curator', path: at('/outreach') },
  { name: 'coverage', person: 'Demo Curator', path: at('/coverage') },
  {
    name: 'routing',
    person: 'Demo Curator',
    path: at('/coverage/routing?country=DE&verified=yes'),
  },
  { name: 'dashboard', person: 'Demo Admin', path: at('/dashboard') },
  { name: 'entries', person: 'Demo Curator', path: at('/entries') },
  {
    name: 'entry-edit',
    person: 'Demo Curator',
    path: (s) => entryPath(s, 'gb-report-remove', '').then((p) => p.replace(/\/$/, '')),
  },
  { name: 'entry-create', person: 'Demo Curator', path: at('/entries/create') },
  { name: 'organisations', person: 'Demo Curator', path: at('/organisations') },
  { name: 'countries', person: 'Demo Curator', path: at('/countries') },
  { name: 'proposals', person: 'Demo Curator', path: at('/proposals') },
  { name: 'snapshots', person: 'Demo Publisher', path: at('/snapshots') },
  { name: 'audit', person: 'Demo Admin', path: at('/audit') },
  { name: 'users', person: 'Demo Admin', path: at('/users') },
  { name: 'settings', person: 'Demo Admin', path: at('/settings') },
];

const WIDE: Look = { name: 'light', width: 1280, theme: 'light', locale: 'en' };
const LOOKS: Look[] = [
  WIDE,
  { name: 'dark', width: 1280, theme: 'dark', locale: 'en' },
  { name: 'phone', width: 390, theme: 'light', locale: 'en' },
  { name: 'arabic', width: 1280, theme: 'light', locale: 'ar' },
];

/** A browser in which the person is signed in and has chosen theme and language. */
async function contextFor(
  server: Server,
  browser: Awaited<ReturnType<typeof chromium.launch>>,
  person: string,
  look: Look,
): Promise<BrowserContext> {
  const { cookie } = await signIn(server.url, person);
  const [name = '', value = ''] = cookie.split('=');
  const context = await browser.newContext({
    viewport: { width: look.width, height: 900 },
    colorScheme: look.theme,
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  await context.addCookies([{ name, value, url: server.url }]);
  const choices = { version: '1', theme: JSON.stringify(look.theme), locale: JSON.stringify(look.locale) };
  await context.addInitScript({
    content: `for (const [key, value] of ${JSON.stringify(Object.entries(choices))}) localStorage.setItem('RaStoreWaymark.' + key, value);`,
  });
  return context;
}

const folder = process.argv[2];
const data = mkdtempSync(join(tmpdir(), 'waymark-pictures-'));
const server = await startServer({ data });
const args =
  process.getuid?.() === 0 ? ['--no-sandbox', '--disable-background-networking'] : ['--disable-background-networking'];
const browser = await chromium.launch({ executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', args });
try {
  const out = folder ?? HERE;
  mkdirSync(out, { recursive: true });
  for (const look of folder === undefined ? [WIDE] : LOOKS) {
    for (const shot of folder === undefined ? README : ALL) {
      const context = await contextFor(server, browser, shot.person, look);
      const page = await context.newPage();
      await page.goto(`${server.url}/#${await shot.path(server)}`);
      await page
        .locator('main h1, main table, main form, main li')
        .first()
        .waitFor({ timeout: 15_000 })
        .catch(() => undefined);
      await page.waitForLoadState('networkidle');
      await page.waitForTimeout(400);
      await shot.before?.(page);
      await page.screenshot({ path: join(out, `${shot.name}-${look.name}.png`), fullPage: folder !== undefined });
      console.log(`${shot.name}-${look.name}`);
      await context.close();
    }
  }
  if (folder !== undefined) {
    for (const look of LOOKS) {
      const context = await browser.newContext({
        viewport: { width: look.width, height: 900 },
        colorScheme: look.theme,
      });
      const page = await context.newPage();
      await page.goto(server.url);
      await page.waitForLoadState('networkidle');
      await page.screenshot({ path: join(folder, `sign-in-${look.name}.png`) });
      await context.close();
    }
  }
} finally {
  await browser.close();
  await server.stop();
  rmSync(data, { recursive: true, force: true });
}
