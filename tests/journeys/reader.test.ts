import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Entry } from '@waymark/domain';
import { makeSeed, open } from '../../packages/reader/src/index.ts';
import { download, publishAs, publishingOf, recordsIn, serveTree, temporaryFolder } from '../support/tree.ts';
import { amend, enterEntry, newWorld } from '../support/world.ts';

/** Text that no packing makes small, as many languages would. */
const words = (i: number) =>
  Array.from({ length: 8 }, (_, j) => createHash('sha256').update(`${i} ${j}`).digest('hex')).join(' ');

it('an approved change reaches an app as a delta of what people signed, and an older tree does not', async () => {
  const world = await newWorld();
  const publishing = await publishingOf(world);
  const ids: string[] = [];
  for (let i = 0; i < 12; i += 1) {
    const { id } = await enterEntry(world, { slug: `qx-${i}`, howTo: { en: { text: words(i) } } });
    ids.push(id);
  }
  await publishAs(world, publishing);
  const url = await serveTree(publishing.repoDir);
  const root = await readFile(join(publishing.repoDir, 'metadata/1.root.json'));
  const { zip } = await makeSeed({ url, root });
  const old = await readFile(join(publishing.repoDir, 'metadata/timestamp.json'));

  await amend<Entry>(world, ids[3] ?? '', (doc) => ({ ...doc, names: { en: { text: 'Under its new name' } } }));
  await publishAs(world, publishing);
  const reader = await open({ dir: await temporaryFolder(), seed: zip, urls: url, auto: false });
  expect(await reader.refresh()).toMatchObject({ state: 'fresh', way: 'delta', problems: [] });
  expect(reader.find({ text: 'new name' }).map(({ id }) => id)).toEqual([ids[3]]);
  expect(reader.records).toEqual(recordsIn(await download(publishing)));

  await writeFile(join(publishing.repoDir, 'metadata/timestamp.json'), old);
  expect((await reader.refresh()).problems[0]?.problem.code).toBe('rollback');
  expect(reader.find({ text: 'new name' })).toHaveLength(1);
  reader.close();
});
