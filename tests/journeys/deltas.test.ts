// Deltas as apps meet them: forty snapshots published through TUF, and an app that stands on each of them finds its way to the
// newest. How steps and bases are chosen stands in packages/services/src/snapshots/content/deltas.test.ts.
import { createHash } from 'node:crypto';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { canonicalJson, type Entry, type LocalText } from '@waymark/domain';
import { makeSeed, open } from '../../packages/reader/src/index.ts';
import { readAtom } from '../support/atom.ts';
import { download, manifestIn, publishAs, publishingOf, serveTree, temporaryFolder } from '../support/tree.ts';
import { amend, buildEntry, enter, enterEntry, newWorld, retire } from '../support/world.ts';

const SNAPSHOTS = 40;
/** Steps are kept from the last so many snapshots. */
const STEPS = 30;

/** The same numbers each time: a failure can be looked at again. */
function dice(seed: number) {
  let state = seed;
  return (sides: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** Text in many languages that no packing makes small, so that thirty changes elsewhere are worth their deltas. */
function howTo(n: number): LocalText {
  const words = (language: string) =>
    Array.from({ length: 12 }, (_, j) => createHash('sha256').update(`${n} ${language} ${j}`).digest('base64'));
  return Object.fromEntries(
    ['ar', 'de', 'en', 'es', 'fr', 'it', 'nl', 'pl', 'pt', 'sv', 'tr', 'uk'].map((language) => [
      language,
      { text: words(language).join(' ') },
    ]),
  );
}

it('leads an app from each of 40 snapshots to the newest, byte by byte what the full file says', async () => {
  const world = await newWorld();
  const publishing = await publishingOf(world);
  const url = await serveTree(publishing.repoDir);
  const roll = dice(20261128);
  const { organisation } = await enterEntry(world, { slug: 'qx-0' });
  for (let n = 1; n < 18; n += 1)
    await enter(world, 'entry', buildEntry({ slug: `qx-${n}`, organisation, howTo: howTo(n) }));
  const ids: string[] = [];
  const add = async (n: number) =>
    void ids.push(await enter(world, 'entry', buildEntry({ slug: `qx-${n}`, organisation })));
  for (let n = 50; n < 54; n += 1) await add(n);
  const any = () => ids[roll(ids.length)]!;
  const take = () => ids.splice(roll(ids.length), 1)[0]!;
  const rename = (n: number) =>
    amend<Entry>(world, any(), (doc) => ({ ...doc, names: { en: { text: `Renamed ${n}` } } }));
  // As many come as go: large losses ask for a second publisher.
  const acts: ((n: number) => Promise<unknown>)[] = [
    (n) => add(100 + n),
    rename,
    () => retire(world, take()),
    (n) => add(100 + n),
    () => retire(world, take(), { reason: 'merged-into', successors: [any()], redirect: 'auto' }),
  ];

  // An app that follows, and whose folder is put aside at each snapshot, as if it had slept from there on.
  await publishAs(world, publishing);
  const root = await readFile(join(publishing.repoDir, 'metadata/1.root.json'));
  const { zip } = await makeSeed({ url, root });
  const [dir, asleep] = [await temporaryFolder(), await temporaryFolder()];
  const openIn = (folder: string) => open({ dir: folder, seed: zip, urls: url, engine: 'own', auto: false });
  const awake = await openIn(dir);
  for (let n = 1; n <= SNAPSHOTS; n += 1) {
    if (n > 1) {
      await acts[n % acts.length]!(n);
      if (n % 3 === 0) await rename(1000 + n);
      await publishAs(world, publishing);
    }
    expect(await awake.refresh()).toMatchObject({ way: n === 1 ? 'kept' : 'delta', state: 'fresh', problems: [] });
    await cp(dir, join(asleep, String(n)), { recursive: true });
  }
  awake.close();

  const newest = await download(publishing, url);
  const full = newest.targets.get('v1/directory.ndjson')!;
  const { sequence, files } = manifestIn(newest);
  expect(sequence).toBe(SNAPSHOTS);
  expect(files.filter(({ delta }) => delta).length).toBeLessThanOrEqual(STEPS + 12);
  expect(readAtom(newest.targets.get('v1/feed.atom')!).entries).toHaveLength(SNAPSHOTS);
  const ways: string[] = [];
  for (let n = 1; n <= SNAPSHOTS; n += 1) {
    const reader = await openIn(join(asleep, String(n)));
    const { way, problems, state } = await reader.refresh();
    expect({ problems, state }).toEqual({ problems: [], state: 'fresh' });
    const lines = reader.records.map((record) => `${canonicalJson(record)}\n`).join('');
    expect(lines === full.toString(), `from snapshot ${n}`).toBe(true);
    ways.push(way);
    reader.close();
  }
  // The first snapshot of a month leads straight to the newest; between it and the last 30 the whole is taken.
  expect(ways.slice(-1 - STEPS)).toEqual([...Array.from({ length: STEPS }, () => 'delta'), 'kept']);
  expect(ways.slice(0, -1 - STEPS)).toEqual(['delta', ...Array.from({ length: SNAPSHOTS - STEPS - 2 }, () => 'full')]);
}, 300_000);
