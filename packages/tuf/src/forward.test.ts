import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fastForward } from './drill/thief.ts';
import { publicFiles } from './publicFiles.ts';
import { publishRoot } from './publishRoot.ts';
import { readRepository } from './repository.ts';
import { resignWhenDue } from './resign.ts';
import { repositoryStatus } from './status.ts';
import {
  codeOf,
  later,
  newClient,
  newSigner,
  newTree,
  now,
  publish,
  rootKeysOf,
  signersOf,
  textOf,
} from './testing.ts';

/** A tree with two publications, from which a thief of both online keys sends clients far ahead. */
async function forwardedTree() {
  const tree = await newTree();
  await publish(tree, 'old numbers');
  await publish(tree, 'new numbers');
  const client = await newClient(tree.dir);
  await client.look();
  await fastForward({ dir: tree.dir, cast: tree.ring }, now);
  const next = { ...tree.ring, snapshotRole: newSigner(), timestamp: newSigner() };
  const replace = (onStep?: (step: string) => void) =>
    publishRoot({
      dir: tree.dir,
      keys: rootKeysOf(next),
      profile: 'demo',
      signers: { root: tree.ring.root, snapshotRole: [next.snapshotRole], timestamp: [next.timestamp] },
      now,
      oldKeysLost: true,
      ...(onStep ? { onStep } : {}),
    });
  return { ...tree, client, next, replace };
}

describe('a tree that a thief of the online keys drove far ahead', () => {
  it('is known as such, copied nowhere and not gone on from, though every client takes it', async () => {
    const { dir, ring, client } = await forwardedTree();
    expect((await client.look()).versions.timestamp).toBe(2 ** 31 - 1);
    expect((await repositoryStatus({ dir, now })).forwardedTo).toBe(2 ** 31 - 1);
    expect(await codeOf(publish({ dir, ring }, 'more'))).toBe('versions-far-ahead');
    expect(await codeOf(resignWhenDue({ dir, signers: signersOf(ring), now: later(7) }))).toBe('versions-far-ahead');
    expect(await codeOf(publicFiles(dir))).toBe('versions-far-ahead');
    const same = { dir, keys: rootKeysOf(ring), profile: 'demo', now, oldKeysLost: true } as const;
    expect(await codeOf(publishRoot({ ...same, signers: { root: ring.root } }))).toBe('versions-far-ahead');
  });

  it('comes back by a root with two other online keys, cut in the middle too', async () => {
    const { dir, client, next, replace } = await forwardedTree();
    await client.look();
    const cut = replace((step) => {
      if (step.startsWith('write metadata/3.snapshot')) throw new Error('power');
    });
    await expect(cut).rejects.toThrow('power');
    const { signed } = await resignWhenDue({ dir, signers: signersOf(next), now: later(1) });
    expect(signed).toEqual(['snapshotRole', 'timestamp']);
    const seen = await client.look();
    expect(textOf(seen)).toBe('new numbers');
    expect(seen.versions).toMatchObject({ root: 2, snapshotRole: 3, timestamp: 3 });
    expect(await readdir(join(dir, 'metadata'))).not.toContain('2147483647.snapshot.json');
    await publish({ dir, ring: next }, 'newest numbers', { now: later(1) });
    expect(textOf(await client.look())).toBe('newest numbers');
  });

  it('is not made by a file that nothing leads to: its number is nobody’s', async () => {
    const tree = await newTree();
    await publish(tree, 'numbers');
    await writeFile(join(tree.dir, 'metadata', '2147483646.targets.json'), '{}');
    const { next, forwardedTo } = await readRepository(tree.dir);
    expect([next.targets, forwardedTo]).toEqual([2, undefined]);
    await publish(tree, 'more');
    expect(await readdir(join(tree.dir, 'metadata'))).not.toContain('2147483646.targets.json');
  });
});
