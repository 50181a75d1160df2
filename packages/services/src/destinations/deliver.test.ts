// What a publisher's snapshot goes through until clients see it: rows, a real folder, a real web server, a stock client.
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { deliveriesOf, listAuditEvents, snapshotsIn, type DeliveryRecord } from '@waymark/store';
import { purgeTarget } from '@waymark/tuf';
import { startStaticHost, type StaticHost } from '../../../../tests/support/staticHost.ts';
import { download, publishAs, publishingOf, temporaryFolder } from '../../../../tests/support/tree.ts';
import { enterEntry, newWorld, type World } from '../../../../tests/support/world.ts';
import { showSnapshot } from '../snapshots/list.ts';
import { resignSnapshots } from '../snapshots/resign.ts';
import type { Publishing } from '../snapshots/publishing.ts';
import { deliverSnapshots } from './deliver.ts';
import { directoryDestination } from './directory.ts';

let world: World;
let publishing: Publishing;
let host: StaticHost;
let place: string;

beforeEach(async () => {
  world = await newWorld();
  await enterEntry(world);
  place = join(await temporaryFolder(), 'feed');
  host = await startStaticHost(() => place);
  const settings = { name: 'mirror', kind: 'directory', path: place, url: host.url, required: true } as const;
  publishing = { ...(await publishingOf(world)), destinations: [directoryDestination(settings)] };
});

const deliver = () => deliverSnapshots(world.asSystem('test'), publishing, join(world.dir, 'delivery'));
const shown = (sequence = 1) => showSnapshot(world.as('publisher'), publishing, sequence);
const rowOf = async (sequence = 1): Promise<DeliveryRecord | undefined> =>
  (await deliveriesOf(world.store.read, [sequence]))[0];
const makePlace = async () => rename(await temporaryFolder(), place);

/** What the log says of copies, oldest first. */
const told = async () =>
  (await listAuditEvents(world.store.read, { order: 'asc', limit: 200, offset: 0 })).data
    .filter(({ action }) => action.startsWith('delivery.'))
    .map(({ action, subject, payload }) => [action, subject, (payload as { failure?: string }).failure]);

it('says published only once a client sees it there, and the log says so once', async () => {
  await makePlace();
  await publishAs(world, publishing);
  expect(await shown()).toMatchObject({ state: 'published', reached: false, deliveries: [{ state: 'pending' }] });
  await deliver();
  expect(await shown()).toMatchObject({
    reached: true,
    deliveries: [
      { destination: 'mirror', url: host.url, state: 'seen', failure: null, seenAt: world.now().toISOString() },
    ],
  });
  expect((await download(publishing, host.url)).versions.timestamp).toBe(1);
  world.wait({ hours: 7 });
  expect((await resignSnapshots(world.asSystem('test'), publishing)).signed).toEqual(['timestamp']);
  await deliver();
  expect((await download(publishing, host.url)).versions.timestamp).toBe(2);
  expect(await rowOf()).toMatchObject({ state: 'seen', timestampVersion: 2 });
  expect(await told()).toEqual([['delivery.seen', 'snapshot:1', undefined]]);
});

it('keeps trying, ever less often, and says in the log that it fails and that it no longer does, nothing between', async () => {
  await publishAs(world, publishing);
  for (let run = 0; run < 3; run++) {
    await deliver();
    // Before its time nothing is tried.
    await deliver();
    expect(await rowOf()).toMatchObject({ state: 'failed', failure: 'unreachable', attempts: run + 1, seenAt: null });
    world.wait({ seconds: 120 });
  }
  expect((await shown()).reached).toBe(false);
  await makePlace();
  await deliver();
  expect(await shown()).toMatchObject({ reached: true, deliveries: [{ state: 'seen', failure: null, detail: null }] });
  expect(await told()).toEqual([
    ['delivery.failed', 'snapshot:1', 'unreachable'],
    ['delivery.seen', 'snapshot:1', undefined],
  ]);
});

it.each([
  [
    'answers a page for the next root',
    'metadata/2.root.json',
    { status: 200, headers: { 'content-type': 'text/html' } },
  ],
  ['forbids the next root', 'metadata/2.root.json', { status: 403 }],
  ['leads the next root elsewhere', 'metadata/2.root.json', { status: 302, headers: { location: '/' } }],
  ['lacks CORS', 'metadata/timestamp.json', { headers: {} }],
  [
    'keeps the timestamp for a day',
    'metadata/timestamp.json',
    { headers: { 'access-control-allow-origin': '*', 'cache-control': 'max-age=86400' } },
  ],
  ['shows a page for what never existed', 'targets/v1/0000.no-such-file.json', { status: 200 }],
])('does not call it published while the host %s', async (_, path, fault) => {
  await makePlace();
  host.spoil = (asked, good) => (asked === path ? { ...good, ...fault } : good);
  await publishAs(world, publishing);
  await deliver();
  expect(await rowOf()).toMatchObject({
    state: 'uploaded',
    seenAt: null,
    detail: expect.stringContaining(host.url) as string,
  });
  expect((await shown()).reached).toBe(false);
  host.spoil = undefined;
  world.wait({ seconds: 60 });
  await deliver();
  expect((await shown()).reached).toBe(true);
  expect(await told()).toEqual([['delivery.seen', 'snapshot:1', undefined]]);
});

it('a cache that shows the old timestamp is waited for; longer than caches may, it is a failure', async () => {
  await makePlace();
  await publishAs(world, publishing);
  await deliver();
  const old = await (await fetch(`${host.url}/metadata/timestamp.json`)).text();
  host.spoil = (path, good) => (path === 'metadata/timestamp.json' ? { ...good, body: Buffer.from(old) } : good);
  await enterEntry(world);
  await publishAs(world, publishing);
  await deliver();
  expect(await rowOf(2)).toMatchObject({ state: 'uploaded', failure: null });
  for (let run = 0; run < 2; run++) {
    world.wait({ seconds: 120 });
    await deliver();
  }
  expect(await rowOf(2)).toMatchObject({ state: 'failed', failure: 'not-seen' });
});

it('a newer snapshot takes the place of one that never arrived', async () => {
  await publishAs(world, publishing);
  await deliver();
  await enterEntry(world);
  await publishAs(world, publishing);
  await makePlace();
  await deliver();
  expect(await rowOf(1)).toMatchObject({ state: 'superseded' });
  expect(await rowOf(2)).toMatchObject({ state: 'seen' });
});

it('a place that is not required, or is taken out of the settings, holds nothing up', async () => {
  await publishAs(world, publishing);
  const optional = publishing.destinations.map((destination) => ({ ...destination, required: false }));
  publishing = { ...publishing, destinations: optional };
  await deliver();
  expect(await shown()).toMatchObject({ reached: true, deliveries: [{ required: false, state: 'failed' }] });
  const other = join(await temporaryFolder(), 'never');
  const settings = { name: 'other', kind: 'directory', path: other, url: host.url, required: true } as const;
  publishing = { ...publishing, destinations: [directoryDestination(settings)] };
  await deliver();
  expect((await shown()).deliveries).toMatchObject([
    { destination: 'mirror', state: 'superseded' },
    { destination: 'other', state: 'failed' },
  ]);
});

it('what is removed here is removed there, once clients there have the new state', async () => {
  await makePlace();
  await publishAs(world, publishing);
  await deliver();
  const [first] = await snapshotsIn(world.store.read, 'published');
  const file = `targets/v1/${first?.contentDigest}.directory.ndjson`;
  await enterEntry(world);
  await publishAs(world, publishing);
  const archiveDir = join(world.dir, 'archive');
  const sha256 = first?.contentDigest ?? '';
  await purgeTarget({ dir: publishing.repoDir, archiveDir, sha256, reason: 'unlawful', now: world.now() });
  const there = async () => (await fetch(`${host.url}/${file}`)).status;
  await rename(place, `${place}.away`);
  await deliver();
  await rename(`${place}.away`, place);
  expect(await there()).toBe(200);
  world.wait({ seconds: 60 });
  await deliver();
  expect(await there()).toBe(404);
  expect(await rowOf(2)).toMatchObject({ state: 'seen', failure: null });
});
