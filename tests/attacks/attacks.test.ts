import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyRepository } from '@waymark/tuf';
import { webCrypto } from '../../packages/reader/src/browser/webCrypto.ts';
import { isEntry } from '../../packages/reader/src/directory.ts';
import { nodeCrypto } from '../../packages/reader/src/node/nodeCrypto.ts';
import { tufJsEngine } from '../../packages/reader/src/node/tufJs.ts';
import { openReader, type Platform, type Reader, type ReaderEvent } from '../../packages/reader/src/reader.ts';
import { collectSeed } from '../../packages/reader/src/seed.ts';
import { httpSource, type Fetch } from '../../packages/reader/src/source.ts';
import { memoryStore, type Store } from '../../packages/reader/src/store.ts';
import { ENTRY, EVIL, fetchFrom, Forge } from '../../packages/reader/src/testing.ts';
import { ownEngine } from '../../packages/reader/src/tuf/update.ts';
import { CURRENT, NEXT, type Answer, type Attack } from './attack.ts';
import { chainAttacks } from './chains.ts';
import { hostAttacks } from './hosts.ts';
import { jsonAttacks } from './json.ts';
import { signatureAttacks } from './signatures.ts';
import { theftAttacks } from './theft.ts';
import { validVariants } from './valid.ts';
import { versionAttacks } from './versions.ts';

/**
 * The table of attacks of SNAPSHOTS §2.4 and SECURITY §2.M, against the stock client, our reader on Node (tuf-js and our client
 * must agree) and our reader as browsers run it. After each one, what people see is looked at: it is what was verified last.
 */
const attacks: Attack[] = [
  ...signatureAttacks,
  ...versionAttacks,
  ...chainAttacks,
  ...hostAttacks,
  ...jsonAttacks,
  ...theftAttacks,
];
const PATIENCE = 60;

let runs = 0;
let accepted = 0;
let scratch = '';
let answering: { forge: Forge; attack: Pick<Attack, 'answer'> } | undefined;
let url = '';
const server = createServer((request, response) => void answerOverHttp((request.url ?? '/').slice(1), response));

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'waymark-attacks-'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const crypto = await webCrypto();
  const ours = {
    'our reader on Node': { engine: tufJsEngine(nodeCrypto), crypto: nodeCrypto },
    'our reader in browsers': { engine: ownEngine(crypto), crypto },
  };
  for (const [name, client] of Object.entries(ours)) clients[name] = { client, ...(await shipped(client)) };
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await rm(scratch, { recursive: true, force: true });
  console.log(
    `${attacks.length} cases, ${runs} runs, ${accepted} accepted; ${validVariants.length} valid variants taken`,
  );
});

type Shipped = Awaited<ReturnType<typeof shipped>> & { client: Pick<Platform, 'engine' | 'crypto'> };
const clients: Record<string, Shipped> = {};

describe('every attack is refused', () => {
  it('in at least 120 named cases', () => {
    expect(attacks.length).toBeGreaterThanOrEqual(120);
    expect(new Set(attacks.map(({ group, name }) => `${group} ${name}`)).size).toBe(attacks.length);
    const groups = new Set(attacks.map(({ group }) => group));
    for (const group of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 22])
      expect(groups, `T-${group}`).toContain(`T-${String(group).padStart(2, '0')}`);
  });

  it.each(attacks.map((attack) => [`${attack.group} ${attack.name}`, attack] as const))('%s', async (_, attack) => {
    const { forge, old } = tree();
    const stock = attack.clock === undefined ? await stockDevice(forge, attack) : undefined;
    const devices = await Promise.all(
      Object.entries(clients).map(async ([name, client]) => ({
        name,
        ...(await device(forge, attack, client)),
      })),
    );
    attack.act?.(forge, old);
    for (const each of devices) await expectRefused(each, attack);
    if (stock) await expectStockRefuses(stock, attack);
  });
});

describe('what is right is taken', () => {
  it.each(validVariants)('%s', async (_, publish) => {
    const { forge } = tree();
    const stock = await stockDevice(forge, {});
    const devices = await Promise.all(Object.values(clients).map((client) => device(forge, {}, client)));
    publish(forge);
    for (const { reader } of devices) {
      expect(await reader.refresh()).toMatchObject({ state: 'fresh', problems: [] });
      expect(numbersOf(reader)).toEqual([NEXT]);
    }
    expect(await stock()).toContain(NEXT);
  });
});

/** Two honest snapshots and a list of withdrawals, the tree as it was after the first one. */
const past = (() => {
  const forge = new Forge();
  forge.publish({ digits: '493012340001', withdrawn: [] });
  const old = forge.copy();
  forge.signUrgent([]);
  forge.publish({ digits: CURRENT, delta: false });
  return { forge, old };
})();

function tree() {
  return { forge: past.forge.clone(), old: past.old };
}

const address = { urls: 'https://mirror.example', auto: false, patience: PATIENCE };

/** What a device of ours is shipped with, and what it remembers once it has seen the current snapshot over the network. */
async function shipped(client: Pick<Platform, 'engine' | 'crypto'>) {
  const { forge } = tree();
  const fetch = fetchFrom(() => forge.files);
  const source = httpSource('https://seed.example', { fetch });
  const { files: seed } = await collectSeed(forge.root(1), source, { ...client, now: forge.now });
  const store = memoryStore();
  const reader = await openReader(seed, address, platformOf(client, store, fetch, forge.now));
  expect((await reader.refresh()).state).toBe('fresh');
  return { seed, remembered: await store.read(), highWater: await store.readHighWater() };
}

function platformOf(client: Pick<Platform, 'engine' | 'crypto'>, store: Store, fetch: Fetch, now: Date): Platform {
  return { ...client, store, fetch, now: () => now, timers: { set: () => () => undefined }, random: () => 0.5 };
}

/** A device of ours. */
async function device(forge: Forge, attack: Partial<Attack>, { client, seed, remembered, highWater }: Shipped) {
  const honest = fetchFrom(() => forge.files);
  const fetch: Fetch = (url, init) => {
    const told = attack.answer?.(new URL(url).pathname.slice(1), forge);
    return told ? toldResponse(told, init.signal) : honest(url, init);
  };
  const store = memoryStore();
  if (attack.device !== 'fresh') {
    await store.write(remembered);
    await store.writeHighWater(highWater);
  }
  const now = new Date(forge.now.getTime() + 500 + (attack.clock ?? 0) * 86_400_000);
  const platform = platformOf(client, store, fetch, now);
  const reader = await openReader(seed, address, platform);
  const events: ReaderEvent[] = [];
  reader.subscribe((event) => events.push(event));
  return { reader, events, again: () => openReader(seed, address, platform) };
}

async function expectRefused(
  { name, reader, events, again }: { name: string } & Awaited<ReturnType<typeof device>>,
  attack: Attack,
): Promise<void> {
  runs += 1;
  const { state, problems } = await reader.refresh();
  for (const each of [reader, await again()]) {
    const shown = numbersOf(each);
    if (shown.length !== 1 || shown[0] !== CURRENT) accepted += 1;
    expect(shown, `${name} shows what it verified last`).toEqual([CURRENT]);
    expect(each.route({ need: 'csam-online', country: 'DE' }).steps[0]?.id).toBe(ENTRY);
  }
  const said = problems.map(({ problem }) => `${problem.code}: ${problem.message}`).join('; ');
  const isAlarm = events.some(({ type }) => type === 'alarm');
  if (attack.ours === 'harmless') {
    expect(`${state} ${said}`, name).toBe('fresh ');
    return;
  }
  expect(said, `${name} says why`).not.toBe('');
  expect(state, name).toBe(attack.device === 'fresh' ? 'seed' : 'stale');
  if (attack.ours !== 'refused') expect(isAlarm, `${name}: ${said}`).toBe(attack.ours === 'alarm');
}

function numbersOf({ records }: Reader): unknown[] {
  return records
    .filter(isEntry)
    .flatMap(({ channels }) => channels.map(({ value }) => ('number' in value ? value.number.digits : '')));
}

/** The stock client on a device of its own. @returns a function that gives the directory it is led to */
async function stockDevice(forge: Forge, attack: Partial<Attack>): Promise<() => Promise<string>> {
  const dir = await mkdtemp(join(scratch, 'stock-'));
  const metadata = join(dir, 'metadata');
  await mkdir(metadata);
  if (attack.device !== 'fresh') {
    const { version, files } = forge;
    const names = {
      root: `${version.root}.root`,
      timestamp: 'timestamp',
      snapshot: `${version.snapshot}.snapshot`,
      targets: `${version.targets}.targets`,
    };
    for (const [role, name] of Object.entries(names))
      await writeFile(join(metadata, `${role}.json`), files.get(`metadata/${name}.json`) ?? '');
  }
  const rootBytes = forge.root(1);
  return async () => {
    answering = { forge, attack };
    const { targets } = await verifyRepository({
      url,
      rootBytes,
      dir,
      targets: ['v1/directory.ndjson'],
      // Only a host that keeps a device waiting needs to be given up on soon.
      fetchTimeout: attack.answer ? PATIENCE * 3 : 20_000,
      fetchRetries: 0,
    });
    return (targets.get('v1/directory.ndjson') ?? '').toString();
  };
}

async function expectStockRefuses(look: () => Promise<string>, { stockTakes }: Attack): Promise<void> {
  runs += 1;
  const seen = await look().catch(() => 'refused');
  const isTaken = seen !== 'refused' && !seen.includes(CURRENT);
  if (stockTakes === undefined && isTaken) accepted += 1;
  expect(isTaken, `the stock client: ${seen.slice(0, 200)}`).toBe(stockTakes !== undefined);
  if (stockTakes === undefined) expect(seen).not.toContain(EVIL);
}

async function answerOverHttp(path: string, response: ServerResponse): Promise<void> {
  const told = answering?.attack.answer?.(path, answering.forge);
  if (told === 'silence') return;
  if (told === 'cut') {
    response.writeHead(200, { 'Content-Length': 1000 }).write('{', () => response.destroy());
  } else if (told === 'drip') {
    response.writeHead(200).write('{');
  } else if (told === 'endless') {
    response.writeHead(200).end(Buffer.alloc(6_000_000, ' '));
  } else if (told) {
    response.writeHead(told.status).end(told.body);
  } else {
    const bytes = answering?.forge.files.get(path);
    if (bytes) response.end(bytes);
    else response.writeHead(404).end();
  }
}

/** The same answers for a `fetch` of ours. */
async function toldResponse(told: Answer, signal: AbortSignal): Promise<Response> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
  aborted.catch(() => undefined);
  if (told === 'silence') return aborted;
  if (typeof told === 'object')
    return new Response(told.status === 404 || told.status === 403 ? null : told.body, {
      status: told.status,
    });
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(Buffer.from('{'));
      if (told === 'cut') controller.error(new TypeError('terminated'));
      if (told === 'drip') aborted.catch((error: unknown) => controller.error(error));
    },
    pull(controller) {
      if (told === 'endless') controller.enqueue(Buffer.alloc(65_536, ' '));
    },
  });
  return new Response(body);
}
