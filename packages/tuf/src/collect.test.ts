import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Updater } from 'tuf-js';
import { expect, it } from 'vitest';
import { collectGarbage, purgeTarget, sweptFiles, type Collected } from './collect.ts';
import { readRepository } from './repository.ts';
import { resignWhenDue } from './resign.ts';
import { filesIn, later, newClient, newTree, problemOf, publish, serve, tempDir, textOf } from './testing.ts';

const day = 24;

async function newScene() {
  const tree = await newTree();
  const archiveDir = await tempDir();
  const collect = (
    days: number,
    more: { dryRun?: boolean; onStep?: (step: string) => void } = {},
  ): Promise<Collected> =>
    collectGarbage({ dir: tree.dir, archiveDir, now: later(days * day), dryRun: false, ...more });
  const publishOn = (days: number, text: string) => publish(tree, text, { now: later(days * day) });
  const texts = async () =>
    Object.entries(await filesIn(tree.dir))
      .filter(([path]) => path.endsWith('.directory.json'))
      .map(([, content]) => (JSON.parse(content) as { text: string }).text)
      .sort();
  const names = async () => Object.keys(await filesIn(tree.dir)).filter((path) => path.startsWith('metadata/'));
  return { tree, archiveDir, collect, publishOn, texts, names };
}

/** Ten publications more, in one hour: what was before is none of the last ten. */
async function manyMore(scene: Awaited<ReturnType<typeof newScene>>, days: number): Promise<void> {
  for (let n = 0; n < 10; n++) await scene.publishOn(days + n / 240, `later ${n}`);
}

it('leaves a client that refreshed before the publish all it was led to, for thirty days and a week', async () => {
  const scene = await newScene();
  await scene.publishOn(0, 'old');
  const url = await serve(scene.tree.dir);
  const { dir, look } = await newClient(scene.tree.dir, url);
  const { versions } = await look({ targets: [] });
  const slow = new Updater({
    metadataDir: join(dir, 'metadata'),
    metadataBaseUrl: `${url}/metadata`,
    targetDir: await tempDir(),
    targetBaseUrl: `${url}/targets`,
  });
  await slow.refresh();
  await manyMore(scene, 0.01);
  const old =
    Object.entries(await filesIn(scene.tree.dir)).find(([, content]) => content === '{"text":"old"}')?.[0] ?? '';
  for (let days = 1; days <= 37; days++) {
    await scene.collect(days);
    // It is led by what it remembers: the metadata of its day and the hashes in it.
    expect(await scene.names(), `day ${days}`).toContain(`metadata/${versions.targets}.targets.json`);
    expect(await readFile(join(scene.tree.dir, old), 'utf8'), `day ${days}`).toBe('{"text":"old"}');
  }
  // It downloads only now what it was led to then.
  const info = await slow.getTargetInfo('v1/directory.json');
  expect(info && (await readFile(await slow.downloadTarget(info), 'utf8'))).toBe('{"text":"old"}');
  const { swept } = await scene.collect(39);
  expect(swept).toEqual([
    'metadata/1.snapshot.json',
    'metadata/1.targets.json',
    old,
    expect.stringContaining('.manifest.json'),
  ]);
  expect(await scene.texts()).not.toContain('old');
  expect(textOf(await (await newClient(scene.tree.dir)).look())).toBe('later 9');
});

it('keeps the last ten publications however old they are, and what renewed signatures lead to', async () => {
  const scene = await newScene();
  await scene.publishOn(0, 'first');
  await manyMore(scene, 1);
  await resignWhenDue({ dir: scene.tree.dir, signers: scene.tree.ring, now: later(40 * day) });
  await scene.collect(200);
  await scene.collect(208);
  expect(await scene.texts()).toEqual(Array.from({ length: 10 }, (_, n) => `later ${n}`));
  const { published, next } = await readRepository(scene.tree.dir);
  expect(published?.targets.metadata.signed.version).toBe(11);
  expect(next).toMatchObject({ targets: 12, snapshotRole: 13 });
});

it('marks, waits a week and sweeps; what is led to again meanwhile stays', async () => {
  const scene = await newScene();
  await scene.publishOn(0, 'back again');
  await scene.publishOn(0.1, 'gone for good');
  await manyMore(scene, 0.2);
  expect((await scene.collect(40)).swept).toEqual([]);
  await scene.publishOn(42, 'back again');
  expect((await scene.collect(46.9)).swept).toEqual([]);
  const { swept } = await scene.collect(48);
  expect(swept).toContain('metadata/1.targets.json');
  expect(await scene.texts()).toEqual(['back again', ...Array.from({ length: 10 }, (_, n) => `later ${n}`)]);
  // The eleventh from the end is past too, but was so for a day only.
  expect(await scene.collect(48)).toMatchObject({ swept: [] });
  expect(await sweptFiles(scene.tree.dir)).toEqual(swept);
});

it('removes nothing on the day of a publication, nothing above the current number, and nothing in a dry run', async () => {
  const scene = await newScene();
  await scene.publishOn(0, 'old');
  await manyMore(scene, 1);
  await scene.collect(40);
  await scene.publishOn(50, 'newest');
  await writeFile(join(scene.tree.dir, 'metadata/99.targets.json'), 'a crash left this');
  const before = await filesIn(scene.tree.dir);
  expect(await scene.collect(50.9, { dryRun: true })).toMatchObject({ waits: 'published-lately', swept: [] });
  const dry = await scene.collect(51.1, { dryRun: true });
  expect(dry.swept.length).toBeGreaterThan(0);
  expect(await filesIn(scene.tree.dir)).toEqual(before);
  expect((await scene.collect(51.1)).swept).toEqual(dry.swept);
  expect(await scene.names()).toContain('metadata/99.targets.json');
});

it('cut short before any step, goes on the next time, and clients notice nothing', async () => {
  const scene = await newScene();
  await scene.publishOn(0, 'old');
  await manyMore(scene, 1);
  await scene.collect(40);
  const steps: string[] = [];
  for (let nth = 0; ; nth++) {
    let count = 0;
    const stopped = await scene
      .collect(48, {
        onStep: (step) => {
          steps.push(step);
          if (count++ === nth) throw new Error('crash');
        },
      })
      .then(
        () => false,
        () => true,
      );
    expect(textOf(await (await newClient(scene.tree.dir)).look())).toBe('later 9');
    if (!stopped) break;
  }
  expect(steps.filter((step) => step.startsWith('remove')).length).toBeGreaterThan(4);
  expect(await scene.texts()).not.toContain('old');
  expect((await readRepository(scene.tree.dir)).next.targets).toBe(12);
});

it('the first publication of each month goes to cold storage, whole, before it is removed', async () => {
  const scene = await newScene();
  await scene.publishOn(0, 'first of its month');
  await scene.publishOn(0.001, 'second of its month');
  await manyMore(scene, 45);
  await scene.collect(90);
  const month = later(0).toISOString().slice(0, 7);
  expect((await scene.collect(98)).archived).toEqual([month]);
  const kept = Object.entries(await filesIn(scene.archiveDir));
  expect(kept.map(([path]) => path.replace(/[0-9a-f]{64}/, '…'))).toEqual([
    `${month}/metadata/1.root.json`,
    `${month}/metadata/1.snapshot.json`,
    `${month}/metadata/1.targets.json`,
    `${month}/targets/v1/….directory.json`,
    `${month}/targets/v1/….manifest.json`,
  ]);
  expect(kept.some(([, content]) => content.includes('first of its month'))).toBe(true);
});

it('purges the bytes of one blob at once, also from cold storage, and remembers hash and reason', async () => {
  const scene = await newScene();
  await scene.publishOn(0, 'dangerous');
  await manyMore(scene, 45);
  const hashOf = async (text: string) =>
    /[0-9a-f]{64}/.exec(
      Object.entries(await filesIn(scene.tree.dir)).find(([, content]) => content.includes(`"${text}"`))?.[0] ?? '',
    )?.[0] ?? '';
  const [dangerous, current] = [await hashOf('dangerous'), await hashOf('later 9')];
  const purge = (sha256: string) =>
    purgeTarget({ ...scene, dir: scene.tree.dir, sha256, reason: 'a number of a stalker', now: later(46 * day) });
  expect((await problemOf(purge(current))).code).toBe('target-refused');
  expect((await problemOf(purge('0'.repeat(64)))).code).toBe('target-unknown');
  expect(await purge(dangerous)).toEqual([`targets/v1/${dangerous}.directory.json`]);
  expect(await scene.texts()).not.toContain('dangerous');
  const ledger = await readFile(join(scene.tree.dir, '.gc/purged.ndjson'), 'utf8');
  expect(JSON.parse(ledger)).toMatchObject({ sha256: dangerous, reason: 'a number of a stalker' });
  expect(await sweptFiles(scene.tree.dir)).toEqual([`targets/v1/${dangerous}.directory.json`]);
  // Its metadata still can be collected and archived, without it.
  await scene.collect(90);
  await scene.collect(98);
  expect(Object.values(await filesIn(scene.archiveDir))).not.toContain('{"text":"dangerous"}');
  expect(textOf(await (await newClient(scene.tree.dir)).look())).toBe('later 9');
});
