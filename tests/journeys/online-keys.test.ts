// What a production server does by its signing policy and with the keys it holds: days, a stolen key, a root that changes under it.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DEFAULT_DEADLINES, SIGNING_POLICY_FILE } from '@waymark/domain';
import {
  checkPublic,
  deliverSnapshots,
  prepareSnapshot,
  publishSnapshot,
  resignSnapshots,
  resumePublishing,
  snapshotStatus,
  takeRoot,
  type Publishing,
} from '@waymark/services';
import { makeSeed, open } from '../../packages/reader/src/index.ts';
import { directoryDestination } from '../../packages/services/src/destinations/directory.ts';
import { fastForward } from '../../packages/tuf/src/drill/thief.ts';
import { toSigner } from '@waymark/tuf';
import { newOnlineKeys, openProductionTree } from '../support/productionTree.ts';
import { startStaticHost } from '../support/staticHost.ts';
import { download, filesIn, temporaryFolder } from '../support/tree.ts';
import { enterEntry, newWorld } from '../support/world.ts';

const code = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: Error & { refusal?: { code: string } }) => error.refusal?.code ?? error.message,
  );

const signedIn = async ({ repoDir }: Publishing, name: string) =>
  (
    JSON.parse(await readFile(join(repoDir, 'metadata', name), 'utf8')) as {
      signed: { version: number; expires: string };
    }
  ).signed;

it('the days of the signing policy are those of every role: when it ends, is signed anew, and is an alarm', async () => {
  const world = await newWorld();
  await enterEntry(world);
  const tree = await openProductionTree(world, {
    policy: {
      lifetimes: {
        ...DEFAULT_DEADLINES,
        targetsDays: { valid: 60, windowOpens: 20, alarm: 10 },
        snapshotDays: { valid: 14, windowOpens: 7, alarm: 3 },
        timestampHours: { valid: 48, windowOpens: 40, alarm: 24 },
      },
    },
  });
  const { publishing } = tree;
  await tree.publishByPeople();
  const published = world.now().getTime();
  const hoursOf = async (name: string) =>
    Math.round((Date.parse((await signedIn(publishing, name)).expires) - world.now().getTime()) / 3_600_000);
  expect([await hoursOf('1.targets.json'), await hoursOf('1.snapshot.json'), await hoursOf('timestamp.json')]).toEqual([
    60 * 24,
    14 * 24,
    48,
  ]);

  const states = async (hours: number) => {
    const at = { now: () => new Date(published + hours * 3_600_000) };
    const { roles } = await snapshotStatus(at, publishing);
    return roles.filter(({ state }) => state !== 'ok').map(({ role, state }) => `${role} ${state}`);
  };
  expect(await states(23)).toEqual([]);
  expect(await states(25)).toEqual(['timestamp alarm']);
  expect(await states(11 * 24 + 1)).toEqual(['snapshot alarm', 'timestamp expired']);
  expect(await states(50 * 24 + 1)).toEqual(['targets alarm', 'snapshot expired', 'timestamp expired']);

  // The same content may be published again once the window of its signature is open, not before.
  world.wait({ hours: 7 });
  expect((await resumePublishing(world.asSystem('test'), publishing)).resigned?.signed).toEqual([]);
  world.wait({ hours: 1 });
  expect((await resumePublishing(world.asSystem('test'), publishing)).resigned?.signed).toEqual(['timestamp']);
  world.wait({ days: 7 });
  expect((await resignSnapshots(world, publishing)).signed).toEqual(['snapshotRole', 'timestamp']);
  expect(await code(prepareSnapshot(world.as('publisher'), publishing))).toBe('nothing-to-publish');
  world.wait({ days: 33 });
  expect(await code(prepareSnapshot(world.as('publisher'), publishing))).toBe('done');
});

it('a policy that became stricter holds for what is out already', async () => {
  const world = await newWorld();
  await enterEntry(world);
  const tree = await openProductionTree(world);
  await tree.publishByPeople();
  const lifetimes = { ...DEFAULT_DEADLINES, timestampHours: { valid: 24, windowOpens: 20, alarm: 12 } };
  await writeFile(join(world.dir, SIGNING_POLICY_FILE), JSON.stringify(tree.policyWith({ lifetimes })));
  world.wait({ hours: 1 });
  expect((await resignSnapshots(world, tree.publishing)).signed).toEqual(['timestamp']);
  const left = Date.parse((await signedIn(tree.publishing, 'timestamp.json')).expires) - world.now().getTime();
  expect(left / 3_600_000).toBe(24);
  expect((await resignSnapshots(world, tree.publishing)).signed).toEqual([]);

  // A policy that a start would refuse changes nothing, and is told.
  await writeFile(join(world.dir, SIGNING_POLICY_FILE), '{');
  expect(await takeRoot(tree.publishing)).toBe('refused');
  expect(tree.publishing).toMatchObject({ off: null, calendar: { timestamp: { valid: 24 } } });
  expect(tree.publishing.notTaken).toContain('the signing policy is not JSON');
});

it('fast-forward in our own tree: it is told, nothing is signed on it, and a root with two new online keys brings every client back', async () => {
  const world = await newWorld();
  await enterEntry(world);
  const next = newOnlineKeys();
  const tree = await openProductionTree(world, { next });
  const { publishing } = tree;
  await tree.publishByPeople();
  const { url } = await startStaticHost(publishing.repoDir);
  const root = await readFile(join(publishing.repoDir, 'metadata/1.root.json'));
  const { zip } = await makeSeed({ url, root });
  const reader = await open({ dir: await temporaryFolder(), seed: zip, urls: url, auto: false });
  const own = await open({ dir: await temporaryFolder(), seed: zip, urls: url, auto: false, engine: 'own' });
  const copy = await temporaryFolder();
  const mirror = await startStaticHost(copy);
  const settings = { name: 'mirror', kind: 'directory', path: copy, url: mirror.url, required: false } as const;
  publishing.destinations = [directoryDestination(settings)];
  const deliver = () => deliverSnapshots(world.asSystem('test'), publishing, join(world.dir, 'delivery'));
  await deliver();
  const memoryDir = await temporaryFolder();
  const check = () => checkPublic({ url, rootBytes: root, memoryDir, now: world.now() });

  const cast = { snapshotRole: toSigner(tree.online.snapshot), timestamp: toSigner(tree.online.timestamp) };
  await fastForward({ dir: publishing.repoDir, cast }, world.now());
  for (const client of [reader, own]) expect(await client.refresh()).toMatchObject({ state: 'fresh', problems: [] });
  expect((await check()).findings).toMatchObject([{ level: 'alarm', code: 'versions-far-ahead' }, { level: 'notice' }]);

  // Copies keep what is ours.
  expect(await code(deliver())).toContain('sends apps far ahead');
  expect((await download(publishing, mirror.url)).versions.timestamp).toBe(1);

  // Everything that would go on from the thief's numbers refuses, and the tree stays as it is.
  await enterEntry(world);
  world.wait({ hours: 7 });
  const before = await filesIn(publishing.repoDir);
  expect(await code(resignSnapshots(world, publishing))).toBe('versions-far-ahead');
  expect(await code(prepareSnapshot(world.as('publisher'), publishing))).toBe('versions-far-ahead');
  const { problems } = await resumePublishing(world.asSystem('test'), publishing);
  expect(problems.map(String).join()).toContain('--old-keys-lost');
  const { warnings } = await snapshotStatus(world, publishing);
  expect(warnings.map(({ code }) => code)).toContain('versions-far-ahead');
  for (const root2 of [
    () => tree.publishRoot(tree.policyWith({ keys: next }), { keys: [tree.online, next] }),
    () =>
      tree.publishRoot(tree.policyWith({ keys: { ...next, snapshot: tree.online.snapshot } }), {
        keys: [tree.online, next],
        oldKeysLost: true,
      }),
  ])
    expect(await code(root2())).toContain('--old-keys-lost');
  expect(await filesIn(publishing.repoDir)).toEqual(before);

  await tree.publishRoot(tree.policyWith({ keys: next }), { keys: [next], oldKeysLost: true });
  expect(await takeRoot(publishing)).toBe('taken');
  expect((await snapshotStatus(world, publishing)).warnings.map(({ code }) => code)).not.toContain(
    'versions-far-ahead',
  );
  expect(await readdir(join(publishing.repoDir, 'metadata'))).not.toContain('2147483647.snapshot.json');
  await tree.publishByPeople();
  await deliver();
  expect((await download(publishing, mirror.url)).versions).toMatchObject({ root: 2, targets: 2, timestamp: 3 });
  for (const client of [reader, own]) {
    expect(await client.refresh()).toMatchObject({ state: 'fresh', problems: [] });
    expect(client.snapshot.sequence).toBe(2);
    client.close();
  }
  expect((await check()).findings.map(({ code }) => code)).toEqual(['no-urgent-lane']);
  expect((await download(publishing, url)).versions).toMatchObject({ root: 2, targets: 2, snapshotRole: 3 });
});

it('a running server takes a new root, and keeps what it has where a start would refuse', async () => {
  const world = await newWorld();
  await enterEntry(world);
  const next = newOnlineKeys();
  const tree = await openProductionTree(world, { next });
  const { publishing } = tree;
  await tree.publishByPeople();
  expect(await takeRoot(publishing)).toBe('unchanged');

  await tree.publishRoot(tree.policyWith({ keys: next }), { keys: [tree.online, next] });
  expect(await takeRoot(publishing)).toBe('taken');
  await enterEntry(world);
  await tree.publishByPeople();
  expect(await download(publishing)).toMatchObject({ rootVersion: 2, versions: { targets: 2 } });

  // Keys that are not at hand: what is in use goes on, and somebody is told.
  const strange = newOnlineKeys();
  const { online } = publishing;
  await tree.publishRoot(tree.policyWith({ keys: strange }), { keys: [next, strange] });
  expect(await takeRoot(publishing)).toBe('refused');
  expect(publishing).toMatchObject({ off: null, rootVersion: 2 });
  expect(publishing.online).toBe(online);
  expect(publishing.notTaken).toContain('root 3 names another key for the role snapshot');
  expect((await snapshotStatus(world, publishing)).warnings).toContainEqual(
    expect.objectContaining({ code: 'root-not-taken', detail: publishing.notTaken }),
  );
  await enterEntry(world);
  const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
  expect(await code(publishSnapshot(world.as('publisher'), publishing, sequence))).toBe('signatures-missing');
});
