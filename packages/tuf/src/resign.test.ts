import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { publishRoot } from './publishRoot.ts';
import { resignWhenDue } from './resign.ts';
import {
  codeOf,
  filesIn,
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

/** A tree published so many hours ago, and a way to re-sign it at any hour after that. */
async function publishedTree(hoursAgo = 0) {
  const start = later(-hoursAgo);
  const tree = await newTree({ now: start });
  await publish(tree, 'text', { now: start });
  const resignAt = (hours: number) =>
    resignWhenDue({ dir: tree.dir, signers: signersOf(tree.ring), now: later(hours, start) });
  return { ...tree, resignAt };
}

describe('resignWhenDue', () => {
  it('does nothing before the first publish', async () => {
    const { dir, ring } = await newTree();
    const before = await filesIn(dir);
    expect(await resignWhenDue({ dir, signers: signersOf(ring), now })).toEqual({ signed: [] });
    expect(await filesIn(dir)).toEqual(before);
  });

  it('signs the timestamp when six hours have passed, once', async () => {
    const { dir, resignAt } = await publishedTree();
    const before = await filesIn(dir);
    expect((await resignAt(5.99)).signed).toEqual([]);
    expect(await filesIn(dir)).toEqual(before);
    expect(await resignAt(6)).toEqual({ signed: ['timestamp'], snapshotVersion: 1, timestampVersion: 2 });
    const after = await filesIn(dir);
    expect(await resignAt(6)).toEqual({ signed: [], snapshotVersion: 1, timestampVersion: 2 });
    expect(await resignAt(11.9)).toEqual({ signed: [], snapshotVersion: 1, timestampVersion: 2 });
    expect(await filesIn(dir)).toEqual(after);
  });

  it('signs the snapshot metadata at half its life, and the timestamp with it', async () => {
    const { resignAt } = await publishedTree();
    expect((await resignAt(15 * 24 - 1)).signed).toEqual(['timestamp']);
    expect(await resignAt(15 * 24)).toEqual({
      signed: ['snapshotRole', 'timestamp'],
      snapshotVersion: 2,
      timestampVersion: 3,
    });
    expect((await resignAt(15 * 24)).signed).toEqual([]);
  });

  it('brings back a tree that slept past every online expiry', async () => {
    const tree = await publishedTree(40 * 24);
    const client = await newClient(tree.dir);
    expect(await codeOf(client.look())).toBe('expired');
    expect((await tree.resignAt(40 * 24)).signed).toEqual(['snapshotRole', 'timestamp']);
    expect(textOf(await client.look())).toBe('text');
  });

  it('signs the same targets again and never others', async () => {
    const { dir, resignAt } = await publishedTree();
    const path = join(dir, 'metadata/1.targets.json');
    const honest = await readFile(path, 'utf8');
    await resignAt(16 * 24);
    const snapshotMeta = async () =>
      (JSON.parse(await readFile(join(dir, 'metadata/2.snapshot.json'), 'utf8')) as { signed: { meta: unknown } })
        .signed.meta;
    const first = JSON.parse(await readFile(join(dir, 'metadata/1.snapshot.json'), 'utf8')) as {
      signed: { meta: unknown };
    };
    expect(await snapshotMeta()).toEqual(first.signed.meta);

    await writeFile(path, honest.replace('"sequence": 1', '"sequence": 2'));
    const before = await filesIn(dir);
    expect(await codeOf(resignAt(32 * 24))).toBe('tree-broken');
    expect(await filesIn(dir)).toEqual(before);
  });

  it('refuses a key that is not of the role, and a clock before the last signature', async () => {
    const { dir, ring, resignAt } = await publishedTree();
    const before = await filesIn(dir);
    const signers = signersOf({ ...ring, timestamp: newSigner() });
    expect(await codeOf(resignWhenDue({ dir, signers, now: later(7) }))).toBe('key-wrong');
    expect(await codeOf(resignAt(-1))).toBe('clock-before-last-signed');
    expect(await filesIn(dir)).toEqual(before);
  });
});

describe('a planned rotation of an online key', () => {
  it('has both keys sign for a day where both are at hand, and the new one alone afterwards', async () => {
    const { dir, ring } = await publishedTree();
    const timestamp = newSigner();
    const keys = rootKeysOf({ ...ring, timestamp });
    const both = [ring.timestamp, timestamp];
    await publishRoot({ dir, keys, profile: 'demo', signers: { root: ring.root, timestamp: both }, now });
    const signers = { snapshotRole: [ring.snapshotRole], timestamp: both };
    const signedBy = async (hours: number) => {
      expect((await resignWhenDue({ dir, signers, now: later(hours) })).signed).toEqual(['timestamp']);
      const text = await readFile(join(dir, 'metadata/timestamp.json'), 'utf8');
      return (JSON.parse(text) as { signatures: { keyid: string }[] }).signatures.map(({ keyid }) => keyid);
    };
    expect(await signedBy(6)).toEqual(both.map(({ keyid }) => keyid));
    expect(await signedBy(23)).toEqual(both.map(({ keyid }) => keyid));
    expect(await signedBy(29)).toEqual([timestamp.keyid]);
  });
});
