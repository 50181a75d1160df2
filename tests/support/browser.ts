// People in a real browser, each with a window of their own, and a count of what their hands do.
import { rmSync } from 'node:fs';
import {
  expect,
  test,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Locator,
  type Page,
} from '@playwright/test';
import { copySeed } from '../e2e/seed.ts';
import { signIn } from './client.ts';
import { startServer, type Server } from './server.ts';

/** The people on the demo's sign-in page. */
export type DemoName =
  'Demo Curator' | 'Demo Reviewer' | 'Demo Second Reviewer' | 'Demo Publisher' | 'Demo Admin' | 'Demo Second Admin';

/** One tab and the hands at it. */
export type Tab = {
  page: Page;
  /** What scripts and the browser itself have complained about so far. */
  errors: readonly string[];
  /** One interaction. */
  click(what: Locator): Promise<void>;
  /** One interaction: a key or a chord. */
  press(key: string): Promise<void>;
  /** Writes where the cursor is, key by key. Not counted (DOMAIN §5.3). */
  type(text: string): Promise<void>;
  /** Goes to a place of the product by its address, as a bookmark does. Not for journeys that are counted. */
  goTo(place: string): Promise<void>;
  /** Another tab of the same person, on the same place. */
  again(): Promise<Tab>;
  /** Goes through a journey of DOMAIN §5.3, prints how many interactions it took, and fails when it took more than `most`. */
  within(journey: string, most: number, act: () => Promise<void>): Promise<void>;
};

type WindowOptions = BrowserContextOptions & { place?: string };

export type Demo = {
  /** Where it runs and what its folder is; there only while tests run. */
  readonly server: Server;
  /** A signed-in person, on their start page unless the place says otherwise. */
  enter(browser: Browser, name: DemoName, options?: WindowOptions): Promise<Tab>;
  /** A window in which nobody is signed in. */
  knock(browser: Browser, options?: WindowOptions): Promise<Tab>;
};

/**
 * A demo for one spec file alone: a copy of the seed, started before its tests and gone after them. Every window is watched:
 * a test fails when a script breaks or a request leaves the origin.
 */
export function ownDemo(): Demo {
  let started: Server | undefined;
  let contexts: BrowserContext[] = [];
  let faults: string[] = [];
  const running = (): Server => {
    if (!started) throw new Error('The demo runs only during tests');
    return started;
  };

  test.beforeAll(async () => {
    started = await startServer({ data: copySeed() });
  });
  test.afterEach(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    const seen = faults;
    [contexts, faults] = [[], []];
    expect(seen, 'no script breaks and no request leaves the origin').toEqual([]);
  });
  test.afterAll(async () => {
    await started?.stop();
    if (started) rmSync(started.data, { recursive: true, force: true });
  });

  const open = async (browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> => {
    const context = await openWindow(browser, running().url, faults, options);
    contexts.push(context);
    return context;
  };

  return {
    get server() {
      return running();
    },
    async enter(browser, name, { place = '/', ...options } = {}) {
      const { url } = running();
      const { cookie } = await signIn(url, name);
      const context = await open(browser, options);
      const at = cookie.indexOf('=');
      await context.addCookies([{ name: cookie.slice(0, at), value: cookie.slice(at + 1), url }]);
      return tabIn(context, `/#${place}`);
    },
    async knock(browser, { place = '/', ...options } = {}) {
      return tabIn(await open(browser, options), `/#${place}`);
    },
  };
}

/** A window on an origin. What breaks in it, and every request that leaves the origin, is added to `faults`. */
export async function openWindow(
  browser: Browser,
  url: string,
  faults: string[],
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options, baseURL: url });
  context.on('weberror', (fault) => faults.push(String(fault.error())));
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== url && protocol !== 'data:' && protocol !== 'blob:') faults.push(request.url());
  });
  return context;
}

/** The first tab of a window, on a place of the product. */
export async function tabIn(context: BrowserContext, address: string): Promise<Tab> {
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.goto(address);
  await settled(page);
  let interactions = 0;
  return {
    page,
    errors,
    async click(what) {
      interactions += 1;
      await what.click();
    },
    async press(key) {
      interactions += 1;
      await page.keyboard.press(key);
    },
    async type(text) {
      // As a person does: first the cursor, then the words.
      await expect(page.locator('input:focus, textarea:focus, select:focus')).toBeVisible();
      await page.keyboard.type(text);
    },
    async goTo(place) {
      await page.goto(`/#${place}`);
      await settled(page);
    },
    again: () => tabIn(context, page.url()),
    async within(journey, most, act) {
      const before = interactions;
      await act();
      const taken = interactions - before;
      console.log(`    ${journey}: ${taken} interactions, at most ${most}`);
      expect(taken, journey).toBeLessThanOrEqual(most);
    },
  };
}

/** The page says what it is. */
async function settled(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).not.toBeEmpty();
}

// What a screen reader would say: a role and a name.
export const button = ({ page }: Tab, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: true });
export const link = ({ page }: Tab, name: string | RegExp): Locator => page.getByRole('link', { name, exact: true });
export const heading = ({ page }: Tab, name: string | RegExp): Locator =>
  page.getByRole('heading', { name, exact: true });
