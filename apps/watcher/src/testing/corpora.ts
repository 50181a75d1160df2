// Runs every case against the watcher's own code and prints what came of it as JSON. A process of its own, so that it can be put
// into a network namespace; see corpora.test.ts.
import { readFileSync } from 'node:fs';
import { argv, stdout } from 'node:process';
import { check } from '../check.ts';
import { fetchPage, LIMITS, type Visitor } from '../fetchPage.ts';
import { createResolve } from '@waymark/egress';
import { runOnce } from '../run.ts';
import { due, inWords, PAGE, type Case } from './cases.ts';
import { dnsTricks } from './dnsTricks.ts';
import { drifts, relisted, serveRelisted } from './drift.ts';
import { hostileServers, written } from './hostileServers.ts';
import { arrangeNeighbours, redirects } from './redirects.ts';
import { urlForms } from './urlForms.ts';
import { knock, openWorld, type Seen, type Way, type World } from './world.ts';

export type Tried = { corpus: string; name: string; got: string[]; expect: readonly string[]; times: number };
export type Findings = {
  way: Way;
  tried: Tried[];
  /** Connections that came in, or were tried, where none may. */
  forbidden: Seen[];
  allowed: number;
  /** Inside addresses that were knocked at on purpose before, and those of them that were noticed. */
  knocks: { tried: number; noticed: number };
  /** How many connections the kernel says this namespace opened; null without one. */
  opened: number | null;
  /** How many of them the servers of the world can account for. */
  accounted: number;
  headers: string[];
  userAgents: string[];
  most: { bytes: number; written: number; parallel: number; perHost: number; sameHostOpened: number };
  asked: string[];
};

/** Patient without end, since many cases share a small and busy machine; what makes us wait on purpose gets little. */
const PATIENT = { ...LIMITS, totalMs: 200_000, headMs: 150_000 };
const IMPATIENT = { ...LIMITS, totalMs: 900, headMs: 400 };
const CONTACT = 'mailto:watcher@example.org';

const [, , way = 'recorded', dir = '.'] = argv;
const world = await openWorld(way as Way, {
  key: readFileSync(`${dir}/ca.key`, 'utf8'),
  cert: readFileSync(`${dir}/ca.crt`, 'utf8'),
});
const visitor: Visitor = { contact: CONTACT, resolve: world.resolve, limits: PATIENT, detour: world.detour };
const impatient: Visitor = { ...visitor, resolve: world.impatient, limits: IMPATIENT };
const most = { bytes: 0, written: 0, parallel: 0, perHost: 0, sameHostOpened: 0 };

const knocks = await knockInside(world);
world.forget();
const openedBefore = activeOpens();
const namesBefore = world.names.connections;

const tried: Tried[] = [];
arrangeNeighbours(world);
await inParallel(
  12,
  [...urlForms, ...dnsTricks, ...redirects, ...hostileServers],
  async (one) => void tried.push(await attempt(one)),
);
tried.push(await attemptWithoutResolver());
for (const one of drifts) tried.push(await attemptDrift(one));
serveRelisted(world);
for (const one of relisted) tried.push(await attemptRelisted(one));
await countParallel();

// What was hung up on is noticed by the servers a moment later.
await new Promise((resolve) => setTimeout(resolve, 200));
const findings: Findings = {
  way: world.way,
  tried,
  forbidden: world.forbidden(),
  allowed: world.allowed(),
  knocks,
  opened: openedBefore === null ? null : (activeOpens() ?? 0) - openedBefore,
  accounted: world.allowed() + world.names.connections - namesBefore,
  headers: [...new Set(world.requests.flatMap(({ headers }) => Object.keys(headers)))].sort(),
  userAgents: [...new Set(world.requests.map(({ headers }) => headers['user-agent'] ?? ''))],
  most: { ...most, written: written.most },
  asked: [...new Set(world.names.asked)],
};
stdout.write(`${JSON.stringify(findings)}\n`, () => process.exit(0));

async function attempt(one: Case): Promise<Tried> {
  await one.arrange?.(world);
  const got = new Set<string>();
  const times = one.times ?? 1;
  for (let i = 0; i < times; i += 1) got.add(await look(one.due, one.isSlow ? impatient : visitor));
  return { corpus: one.corpus, name: one.name, got: [...got], expect: one.expect, times };
}

async function look(what: Case['due'], with_: Visitor): Promise<string> {
  const visit = await fetchPage(what.url, with_);
  if (visit.kind === 'page') most.bytes = Math.max(most.bytes, visit.body?.length ?? 0);
  return inWords(check(what, visit, new Date()));
}

/** The name server is down: nothing may be looked up elsewhere, and nothing be said about the page. */
async function attemptWithoutResolver(): Promise<Tried> {
  const blind = { ...visitor, resolve: createResolve(['127.0.0.1:9'], { timeout: 200, tries: 1 }) };
  const got = await look(due('https://example.org/'), blind);
  return { corpus: 'N-02', name: 'no name server', got: [got], expect: ['not-checked:resolver'], times: 1 };
}

async function attemptDrift(one: (typeof drifts)[number]): Promise<Tried> {
  await one.before(world);
  const first = check(one.due, await fetchPage(one.due.url, visitor), new Date());
  if (first.outcome !== 'ok') throw new Error(`${one.name}: the first look said ${inWords(first)}`);
  await one.after(world);
  const got = await look({ ...one.due, ...(first.mark ? { mark: first.mark } : {}) }, visitor);
  return { corpus: 'N-05', name: one.name, got: [got], expect: one.expect, times: 1 };
}

async function attemptRelisted(one: (typeof relisted)[number]): Promise<Tried> {
  const url = 'https://relisted.example/';
  const first = check(due(url, one.before), await fetchPage(url, visitor), new Date());
  const mark = 'mark' in first && first.mark ? { mark: first.mark } : {};
  const got = await look(due(url, { ...one.after, ...mark }), visitor);
  return { corpus: 'N-05', name: one.name, got: [got], expect: one.expect, times: 1 };
}

/** Many pages of many hosts at once: counts how many are visited at a time, and how often a page is opened that many entries name. */
async function countParallel(): Promise<void> {
  const open = new Map<string, number>();
  const hosts = Array.from({ length: 12 }, (_, i) => `busy-${i}.example`);
  for (const host of hosts) {
    world.site(host, (_request, response) => {
      open.set(host, (open.get(host) ?? 0) + 1);
      most.parallel = Math.max(
        most.parallel,
        [...open.values()].reduce((sum, n) => sum + n, 0),
      );
      most.perHost = Math.max(most.perHost, ...open.values());
      setTimeout(() => {
        open.set(host, (open.get(host) ?? 1) - 1);
        response.setHeader('content-type', 'text/html').end(PAGE);
      }, 20);
    });
  }
  const items = hosts.flatMap((host) => [
    ...Array.from({ length: 3 }, (_, i) => due(`https://${host}/page-${i}`, { path: `/channels/web-${i}/value` })),
    ...Array.from({ length: 5 }, (_, i) => due(`https://${host}/shared`, { path: `/channels/tel-${i}/value` })),
  ]);
  let reported = 0;
  await runOnce({ due: async () => items, report: async (results) => void (reported += results.length) }, visitor, {
    now: () => new Date(),
    pace: { batch: 100, parallel: 4, hostPauseMs: 1 },
  });
  if (reported !== items.length) throw new Error(`${reported} of ${items.length} were reported`);
  most.sameHostOpened = world.requests.filter(
    ({ host, url, method }) => host === 'busy-0.example' && url === '/shared' && method === 'GET',
  ).length;
}

async function knockInside({ forbidden, way }: World): Promise<Findings['knocks']> {
  const inside: [string, number][] = [
    ['127.0.0.1', 80],
    ['127.0.0.1', 443],
    ['10.1.2.3', 80],
    ['169.254.169.254', 80],
    ['168.63.129.16', 443],
    ['192.168.0.1', 22],
    ['::1', 443],
    ['fd00:ec2::254', 80],
    ['::7f00:1', 443],
    ['64:ff9b::7f00:1', 80],
  ];
  // Without a namespace only this machine itself may be knocked at.
  const possible = inside.filter(([host]) => way === 'namespace' || host === '127.0.0.1');
  for (const [host, port] of possible) await knock(host, port);
  return { tried: possible.length, noticed: forbidden().length };
}

/** What the kernel counts in this namespace: every TCP connection anybody began. */
function activeOpens(): number | null {
  if (way !== 'namespace') return null;
  const [names = '', values = ''] = readFileSync('/proc/net/snmp', 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('Tcp:'));
  return Number(values.split(' ')[names.split(' ').indexOf('ActiveOpens')]);
}

async function inParallel<T>(lanes: number, items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const lane = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}
