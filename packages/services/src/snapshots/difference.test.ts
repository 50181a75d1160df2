import { rm, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { publishAs, publishingOf } from '../../../../tests/support/tree.ts';
import { amend, buildEntry, enter, enterEntry, newWorld, retire } from '../../../../tests/support/world.ts';
import { differenceBetween } from './difference.ts';
import { targetFile } from './tree.ts';

describe('the difference between two published snapshots', () => {
  it('is read from the files clients got, for any two of them, in either direction', async () => {
    const world = await newWorld();
    const publishing = await publishingOf(world);
    const { id, organisation } = await enterEntry(world, { slug: 'first' });
    const filler = [];
    for (let n = 0; n < 20; n += 1) filler.push(await enter(world, 'entry', buildEntry({ organisation })));
    await publishAs(world, publishing);
    await amend<object>(world, id, (doc) => ({ ...doc, names: { en: { text: 'Renamed' } } }));
    await publishAs(world, publishing);
    await retire(world, filler[0]!);
    const added = await enter(world, 'entry', buildEntry({ organisation, slug: 'last' }));
    await publishAs(world, publishing);

    const between = (from: number, to: number) => differenceBetween(world.as('visitor'), publishing, from, to);
    expect(await between(1, 3)).toMatchObject({
      added: [{ id: added, slug: 'last' }],
      removed: [{ id: filler[0] }],
      effects: [],
    });
    const [changed, ...others] = (await between(1, 3)).changed;
    expect(others).toEqual([]);
    expect(changed).toMatchObject({ id, name: 'Renamed' });
    const name = {
      path: '/names/en',
      op: 'changed',
      class: 'text',
      label: 'Name',
      before: { text: 'Helpline first' },
      after: { text: 'Renamed' },
    };
    expect(changed?.changes).toContainEqual(name);
    expect(await between(3, 1)).toMatchObject({
      added: [{ id: filler[0] }],
      removed: [{ id: added }],
      changed: [{ id }],
    });
    expect(await between(2, 2)).toMatchObject({ added: [], removed: [], changed: [], totals: { changed: 0 } });
    expect((await between(0, 1)).totals).toMatchObject({ added: 22, removed: 0 });
  });

  it('does not exist for what was never published', async () => {
    const world = await newWorld();
    const publishing = await publishingOf(world);
    await enterEntry(world);
    await publishAs(world, publishing);
    await expect(differenceBetween(world.as('visitor'), publishing, 1, 2)).rejects.toMatchObject({
      refusal: { code: 'not-found' },
    });
  });

  it('says so when the old files were removed', async () => {
    const world = await newWorld();
    const publishing = await publishingOf(world);
    const { id } = await enterEntry(world);
    const { contentDigest } = await publishAs(world, publishing);
    await amend<object>(world, id, (doc) => ({ ...doc, names: { en: { text: 'Renamed' } } }));
    await publishAs(world, publishing);
    await rm(targetFile(publishing.repoDir, 'v1/directory.ndjson', contentDigest));
    await expect(differenceBetween(world.as('visitor'), publishing, 1, 2)).rejects.toMatchObject({
      refusal: { code: 'not-found', detail: expect.stringContaining('snapshot 1 were removed') as string },
    });
  });

  it('is refused when the old file is no longer the signed one', async () => {
    const world = await newWorld();
    const publishing = await publishingOf(world);
    const { id } = await enterEntry(world);
    const { contentDigest } = await publishAs(world, publishing);
    await amend<object>(world, id, (doc) => ({ ...doc, names: { en: { text: 'Renamed' } } }));
    await publishAs(world, publishing);
    await writeFile(targetFile(publishing.repoDir, 'v1/directory.ndjson', contentDigest), '');
    await expect(differenceBetween(world.as('visitor'), publishing, 1, 2)).rejects.toMatchObject({
      refusal: { code: 'storage-failed' },
    });
  });
});
