// The real server and the real watcher as processes of their own, with a page that was taken over between them; prints what came of
// it as JSON. See tests/journeys/watch.test.ts.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { argv, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../../../tests/support/freePort.ts';
import { PAGE } from './cases.ts';
import { LED, openWorld, type Seen, type Way } from './world.ts';

export type Told = {
  alarms: unknown;
  standing: unknown;
  /** What the watcher's process held open and knew of the environment, as the kernel says. */
  open: string[];
  environment: string[];
  said: string;
  exitCode: number | null;
  forbidden: Seen[];
  visited: string[];
};

const [, , way = 'recorded', dir = '.', curator = '', recordId = '', watcherFile = ''] = argv;
const TOKEN = '5a'.repeat(32);

const world = await openWorld(way as Way, {
  key: readFileSync(`${dir}/ca.key`, 'utf8'),
  cert: readFileSync(`${dir}/ca.crt`, 'utf8'),
});
const html = { 'content-type': 'text/html; charset=utf-8' };
world.site('parked.example', (_request, response) => response.writeHead(200, html).end('This name is for sale'));
world.site('help.example.org', ({ url }, response) => {
  if (url === '/form') response.writeHead(302, { location: 'https://parked.example/?from=help.example.org' }).end();
  else if (url === '/contact') response.writeHead(200, html).end(PAGE.replace('116 111', '030 12 34 56'));
  else response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end();
});

const port = await freePort();
const api = `http://127.0.0.1:${port}`;
const inherited = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
const server = start([path('../../../api/dist/main.js')], {
  ...inherited,
  WAYMARK_PROFILE: 'demo',
  WAYMARK_DATA: `${dir}/data`,
  WAYMARK_WATCH_TOKEN: TOKEN,
  PORT: String(port),
});
await until(async () => (await fetch(`${api}/readyz`)).ok, server);

const watcher = start(
  way === 'namespace'
    ? [watcherFile]
    : ['--import', 'tsx', path('detouredMain.ts'), String(world.ports.secure), String(world.ports.plain)],
  {
    ...(way === 'namespace' ? {} : inherited),
    NODE_EXTRA_CA_CERTS: `${dir}/ca.crt`,
    WAYMARK_WATCH_API: api,
    WAYMARK_WATCH_TOKEN: TOKEN,
    WAYMARK_WATCH_CONTACT: 'mailto:watcher@example.org',
    WAYMARK_WATCH_RESOLVER: world.names.address,
  },
);
const cookie = await signIn();
await until(async () => (await read('/api/v1/alarms')).total >= 2, watcher);

const pid = watcher.child.pid ?? 0;
const open = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => linkOf(`/proc/${pid}/fd/${fd}`));
const environment = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean);
const told: Omit<Told, 'exitCode' | 'said'> = {
  alarms: (await read('/api/v1/alarms')).data,
  standing: await read(`/api/v1/entries/${recordId}/standing`),
  open,
  environment,
  forbidden: way === 'namespace' ? world.forbidden().filter(({ port: to }) => to !== port) : attempts(watcher.said()),
  visited: world.requests.map(({ method, host, url }) => `${method} ${host}${url}`),
};
const exitCode = await end(watcher.child);
await end(server.child);
await world.close();
stdout.write(`${JSON.stringify({ ...told, exitCode, said: watcher.said() })}\n`, () => process.exit(0));

function path(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}

type Running = { child: ChildProcess; said: () => string };

function start(args: string[], env: Record<string, string | undefined>): Running {
  const child = spawn(process.execPath, args, { cwd: path('../../../..'), env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return { child, said: () => said };
}

async function end(child: ChildProcess): Promise<number | null> {
  const ended = once(child, 'exit');
  if (child.exitCode === null) {
    child.kill('SIGTERM');
    await ended;
  }
  return child.exitCode;
}

async function until(isThere: () => Promise<boolean>, { child, said }: Running): Promise<void> {
  const deadline = Date.now() + 180_000;
  while (!(await isThere().catch(() => false))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`It did not come about:\n${said()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function signIn(): Promise<string> {
  const answer = await fetch(`${api}/api/v1/session/demo`, {
    method: 'POST',
    headers: { origin: api, 'content-type': 'application/json', 'x-requested-by': 'waymark' },
    body: JSON.stringify({ userId: curator }),
  });
  const [set = ''] = answer.headers.getSetCookie();
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return set.split(';')[0] ?? '';
}

async function read(what: string): Promise<{ total: number; data: unknown }> {
  const answer = await fetch(api + what, { headers: { cookie } });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return (await answer.json()) as { total: number; data: unknown };
}

/** Attempts of the watcher's sockets that went neither to the world nor to our own server. */
function attempts(said: string): Seen[] {
  return [...said.matchAll(/^attempt (\S+) (\d+)$/gm)]
    .map(([, address = '', to]) => ({ address, port: Number(to) }))
    .filter((seen) => seen.address !== LED && !(seen.address === '127.0.0.1' && seen.port === port));
}

function linkOf(fd: string): string[] {
  try {
    return [readlinkSync(fd)];
  } catch {
    return []; // Closed since it was listed.
  }
}
