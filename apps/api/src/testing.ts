// A browser's view of the application, for tests: the real app on a world's fresh database, called in process.
import { mkdir, writeFile } from 'node:fs/promises';
import { BlockList } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import { openPublicLog, openPublishing } from '@waymark/services';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { newWorld, type PersonName, type World } from '../../../tests/support/world.ts';
import { createApp } from './app.ts';
import type { AppEnv, Deps } from './deps.ts';

export const ORIGIN = 'http://127.0.0.1:8080';

export type Site = {
  world: World;
  app: OpenAPIHono<AppEnv>;
  /** Every line the log got. */
  logged: string[];
  repoDir: string;
  adminDir: string;
  /** What `failStop` was told. */
  stopped: unknown[];
  /** Somebody's browser, signed in by the demo's one click when a person is named. */
  browser(person?: PersonName, network?: string): Promise<Browser>;
};

export type Browser = {
  get: (path: string, headers?: Record<string, string>) => Promise<Response>;
  post: (path: string, body?: unknown, headers?: Record<string, string>) => Promise<Response>;
  patch: (path: string, body: unknown, headers?: Record<string, string>) => Promise<Response>;
  delete: (path: string, headers?: Record<string, string>) => Promise<Response>;
  /** The cookie as the browser would send it. */
  cookie(): string;
  setCookie(cookie: string): void;
};

/** The application on a world of its own, for one test. */
export async function newSite(overrides: Partial<Deps> = {}, world?: World): Promise<Site> {
  const home = world ?? (await newWorld());
  const adminDir = join(home.dir, 'admin');
  const publishing = await openPublishing({ profile: 'demo', dataDir: home.dir }, home.now());
  const publicLog = await openPublicLog({ profile: 'demo', dataDir: home.dir, logOrigin: 'localhost/log' });
  await buildAdmin(adminDir);
  const logged: string[] = [];
  const stopped: unknown[] = [];
  const app = createApp({
    get store() {
      return home.store;
    },
    now: home.now,
    newId: home.newId,
    profile: 'demo',
    origins: [ORIGIN],
    version: '0.0.0',
    adminDir,
    trustedProxies: new BlockList(),
    log: pino({ level: 'info' }, { write: (line: string) => void logged.push(line) }),
    publishing,
    publicLog,
    failStop: (error) => void stopped.push(error),
    ...overrides,
  });
  return {
    world: home,
    app,
    logged,
    repoDir: publishing.repoDir,
    adminDir,
    stopped,
    async browser(person, network = '192.0.2.1') {
      const browser = openBrowser(app, network);
      if (person) {
        const entered = await browser.post('/api/v1/session/demo', { userId: home.people[person].id });
        if (entered.status !== 200)
          throw new Error(`${person} cannot sign in: ${entered.status} ${await entered.text()}`);
      }
      return browser;
    },
  };
}

/** What a build of the admin leaves, in small. */
async function buildAdmin(dir: string): Promise<void> {
  await mkdir(join(dir, 'assets'), { recursive: true });
  await writeFile(join(dir, 'index.html'), '<!doctype html><title>Admin</title>');
  await writeFile(
    join(dir, 'assets', 'index-4f3a2b1c.js'),
    `console.log(1);${'// padding to be worth compressing\n'.repeat(100)}`,
  );
  await writeFile(join(dir, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  await writeFile(join(dir, 'assets', 'index-4f3a2b1c.js.map'), '{}');
}

export const OWN_PAGE = { origin: ORIGIN, 'content-type': 'application/json', 'x-requested-by': 'waymark' };

export function openBrowser(app: OpenAPIHono<AppEnv>, network = '192.0.2.1'): Browser {
  let cookie = '';
  const send = async (method: string, path: string, body: unknown, headers: Record<string, string>) => {
    const init: RequestInit = {
      method,
      headers: { ...(cookie === '' ? {} : { cookie }), ...headers },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body) }),
    };
    // Only the socket's address is looked at; the rest of Node's request is not there in process.
    const env = { incoming: { socket: { remoteAddress: network } } } as unknown as AppEnv['Bindings'];
    const response = await app.request(path, init, env);
    for (const set of response.headers.getSetCookie()) {
      const [pair = ''] = set.split(';');
      cookie = /Max-Age=0/.test(set) ? '' : pair;
    }
    return response;
  };
  return {
    get: (path, headers = {}) => send('GET', path, undefined, headers),
    post: (path, body = {}, headers = {}) => send('POST', path, body, { ...OWN_PAGE, ...headers }),
    patch: (path, body, headers = {}) => send('PATCH', path, body, { ...OWN_PAGE, ...headers }),
    delete: (path, headers = {}) => send('DELETE', path, undefined, { ...OWN_PAGE, ...headers }),
    cookie: () => cookie,
    setCookie: (value) => {
      cookie = value;
    },
  };
}

/** The code of a problem, checked to be one. */
export async function codeOf(response: Response): Promise<string> {
  if (response.headers.get('content-type') !== 'application/problem+json') {
    throw new Error(`${response.status} is no problem+json: ${(await response.text()).slice(0, 200)}`);
  }
  const body = (await response.json()) as { code: string; status: number };
  if (body.status !== response.status) throw new Error(`status ${body.status} in the body of ${response.status}`);
  return body.code;
}
