import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listAuditEvents } from '@waymark/store';
import { sha256, TufProblem, verifyRepository } from '@waymark/tuf';
import {
  filesIn,
  manifestIn,
  publishAs,
  publishingOf,
  recordsIn,
  serveTree,
  temporaryFolder,
} from '../../../../tests/support/tree.ts';
import { enterEntry, newWorld } from '../../../../tests/support/world.ts';
import { checkSnapshot } from './check.ts';
import { prepareSnapshot } from './prepare.ts';
import { resignStaging, stageSnapshot } from './stagingRepository.ts';

async function newScene() {
  const world = await newWorld();
  await enterEntry(world);
  const publishing = await publishingOf(world);
  await publishAs(world, publishing);
  await enterEntry(world);
  const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
  return { world, publishing, sequence };
}

/** What a client gets at a tree when it trusts this root. */
async function look(tree: string, root: string) {
  const rootBytes = await readFile(join(root, 'metadata/1.root.json'));
  const dir = await temporaryFolder();
  return verifyRepository({ url: await serveTree(tree), rootBytes, dir, targets: 'all', fetchRetries: 0 });
}

it('app teams can try the next snapshot, whole and valid, before anybody signs it; clients get the one before', async () => {
  const { world, publishing, sequence } = await newScene();
  const { repoDir, stagingRepo } = publishing;
  const before = await filesIn(repoDir);
  expect(await stageSnapshot(world.as('publisher'), publishing, sequence)).toEqual({
    sequence,
    url: '/staging',
    rootUrl: '/staging/metadata/1.root.json',
  });
  expect(await filesIn(repoDir)).toEqual(before);
  const staged = await look(stagingRepo.dir, stagingRepo.dir);
  expect(manifestIn(staged)).toMatchObject({ sequence, assurance: 'demo' });
  expect(recordsIn(staged).filter(({ type }) => type === 'entry')).toHaveLength(2);
  expect((await checkSnapshot(staged.targets)).manifest.sequence).toBe(sequence);
  const { data } = await listAuditEvents(world.store.read, { order: 'desc', limit: 1, offset: 0 });
  expect(data[0]).toMatchObject({ action: 'snapshot.stage', subject: `snapshot:${sequence}` });
});

it('nobody who trusts one root takes what is under the other, and they share no key', async () => {
  const { world, publishing, sequence } = await newScene();
  await stageSnapshot(world.as('publisher'), publishing, sequence);
  const { repoDir, stagingRepo } = publishing;
  for (const [tree, root] of [
    [stagingRepo.dir, repoDir],
    [repoDir, stagingRepo.dir],
  ] as const)
    await expect(look(tree, root)).rejects.toBeInstanceOf(TufProblem);
  const keys = async (dir: string) =>
    Object.keys(
      (JSON.parse(await readFile(join(dir, 'metadata/1.root.json'), 'utf8')) as { signed: { keys: object } }).signed
        .keys,
    );
  const production = await keys(repoDir);
  expect((await keys(stagingRepo.dir)).filter((key) => production.includes(key))).toEqual([]);
});

it('refuses who may not publish, and what is not waiting, and writes nothing', async () => {
  const { world, publishing, sequence } = await newScene();
  const refused = async (work: Promise<unknown>) =>
    ((await work.catch((error: unknown) => error)) as { refusal: { code: string } }).refusal.code;
  expect(await refused(stageSnapshot(world.as('curator'), publishing, sequence))).toBe('not-permitted');
  expect(await refused(stageSnapshot(world.as('publisher'), publishing, 1))).toBe('snapshot-not-prepared');
  expect(await refused(stageSnapshot(world.as('publisher'), publishing, 99))).toBe('not-found');
  expect(await filesIn(publishing.stagingRepo.dir)).toEqual({});
});

it('stays fresh while app teams try it', async () => {
  const { world, publishing, sequence } = await newScene();
  const { dir } = publishing.stagingRepo;
  await resignStaging(world, publishing);
  expect(await filesIn(dir)).toEqual({});
  await stageSnapshot(world.as('publisher'), publishing, sequence);
  const timestamp = async () => sha256(await readFile(join(dir, 'metadata/timestamp.json')));
  const before = await timestamp();
  await resignStaging(world, publishing);
  expect(await timestamp()).toBe(before);
  world.wait({ hours: 7 });
  await resignStaging(world, publishing);
  expect(await timestamp()).not.toBe(before);
});
