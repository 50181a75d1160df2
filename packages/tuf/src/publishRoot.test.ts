import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from './canonical.ts';
import { signForRole } from './metadata.ts';
import { publishRoot } from './publishRoot.ts';
import { readRepository } from './repository.ts';
import { resignWhenDue } from './resign.ts';
import { repositoryStatus } from './status.ts';
import {
  problemOf,
  codeOf,
  filesIn,
  later,
  newClient,
  newKeyring,
  newSigner,
  newTree,
  now,
  publish,
  rootKeysOf,
  serve,
  signersOf,
  tempDir,
  textOf,
} from './testing.ts';
import { buildTimestamp } from './timestamp.ts';

describe('publishRoot', () => {
  it('renews a root: old and new clients follow, and nothing else is signed', async () => {
    const { dir, ring } = await newTree();
    await publish({ dir, ring }, 'text');
    const oldClient = await newClient(dir);
    await oldClient.look();
    const signers = { root: ring.root };
    for (const version of [2, 3]) {
      const result = await publishRoot({ dir, keys: rootKeysOf(ring), profile: 'demo', signers, now });
      const bytes = await readFile(join(dir, `metadata/${version}.root.json`));
      expect(result).toEqual({ rootVersion: version, rootSha256: sha256(bytes), resigned: [] });
    }
    expect((await oldClient.look()).rootVersion).toBe(3);
    expect((await (await newClient(dir)).look()).rootVersion).toBe(3);
  });

  it('exchanges every key by a root signed with old and new keys, and by nothing less', async () => {
    const { dir, ring } = await newTree({ ring: newKeyring(3), threshold: 2, profile: 'production' });
    await publish({ dir, ring: { ...ring, targets: ring.targets.slice(1) } }, 'before');
    const next = newKeyring(3);
    const keys = rootKeysOf(next, 2);
    const targets = [...ring.targets.slice(1), ...next.targets.slice(0, 2)];
    const online = {
      snapshotRole: [ring.snapshotRole, next.snapshotRole],
      timestamp: [ring.timestamp, next.timestamp],
    };
    const move = (root: typeof next.root) =>
      publishRoot({ dir, keys, profile: 'production', signers: { root, targets, ...online }, now });
    const before = await filesIn(dir);
    expect(await codeOf(move(next.root))).toBe('threshold-not-met');
    expect(await codeOf(move([...ring.root.slice(1), next.root[0]!]))).toBe('threshold-not-met');
    expect(await filesIn(dir)).toEqual(before);

    const client = await newClient(dir);
    await client.look();
    const result = await move([...ring.root.slice(1), ...next.root.slice(1)]);
    expect(result.resigned).toEqual(['targets', 'snapshotRole', 'timestamp']);
    expect(textOf(await client.look())).toBe('before');
    expect((await repositoryStatus({ dir, now })).assurance).toBe('threshold');

    expect(await codeOf(publish({ dir, ring }, 'x'))).toBe('key-wrong');
    await publish({ dir, ring: { ...next, targets: next.targets.slice(1) } }, 'after');
    expect(textOf(await client.look())).toBe('after');
  });

  it('never makes a demo real, not even when old and new keys sign', async () => {
    const { dir, ring } = await newTree();
    await publish({ dir, ring }, 'demo');
    const next = newKeyring(3);
    const signers = {
      root: [...ring.root, ...next.root],
      targets: [...ring.targets, ...next.targets],
      snapshotRole: [ring.snapshotRole, next.snapshotRole],
      timestamp: [ring.timestamp, next.timestamp],
    };
    const before = await filesIn(dir);
    const move = (profile: 'demo' | 'production') =>
      publishRoot({ dir, keys: rootKeysOf(next, 2), profile, signers, now });
    expect(await problemOf(move('production'))).toMatchObject({
      code: 'root-refused',
      message: expect.stringContaining('demo-root: a demo never becomes real'),
    });
    expect(await filesIn(dir)).toEqual(before);

    // A demo may have more keys, and stays one.
    await move('demo');
    expect((await repositoryStatus({ dir, now })).assurance).toBe('demo');
  });

  it('does not exchange a key while what is published lacks a signature of the new one', async () => {
    const { dir, ring } = await newTree();
    await publish({ dir, ring }, 'text');
    const before = await filesIn(dir);
    const keys = rootKeysOf({ ...ring, timestamp: newSigner() });
    const signers = { root: ring.root };
    expect(await codeOf(publishRoot({ dir, keys, profile: 'demo', signers, now }))).toBe('threshold-not-met');
    expect(await filesIn(dir)).toEqual(before);
  });

  it('replaces lost online keys in one go; a run cut in the middle is finished by the next re-sign', async () => {
    const { dir, ring } = await newTree();
    await publish({ dir, ring }, 'text');
    const next = { ...ring, snapshotRole: newSigner(), timestamp: newSigner() };
    const online = { snapshotRole: [next.snapshotRole], timestamp: [next.timestamp] };
    const replaceKeys = publishRoot({
      dir,
      keys: rootKeysOf(next),
      profile: 'demo',
      signers: { root: ring.root, ...online },
      now,
      oldKeysLost: true,
      onStep: (step) => {
        if (step === 'write metadata/2.snapshot.json') throw new Error('power cut');
      },
    });
    await expect(replaceKeys).rejects.toThrow('power cut');
    expect((await repositoryStatus({ dir, now })).distrusted).toEqual(['snapshotRole', 'timestamp']);
    expect(await codeOf((await newClient(dir)).look())).toBe('signature-invalid');

    expect((await resignWhenDue({ dir, signers: signersOf(next), now })).signed).toEqual(['snapshotRole', 'timestamp']);
    expect((await repositoryStatus({ dir, now })).distrusted).toEqual([]);
    expect(textOf(await (await newClient(dir)).look())).toBe('text');
  });

  it('frees clients that a thief of the online keys sent far ahead', async () => {
    const { dir, ring } = await newTree();
    await publish({ dir, ring }, 'text');
    const client = await newClient(dir);
    await client.look();
    // The thief signs version 2^31-1 for this one client (fast-forward, SNAPSHOTS §2.4).
    const { root, published } = await readRepository(dir);
    const unsigned = buildTimestamp({ version: 2 ** 31 - 1, snapshotRole: published!.snapshotRole, now });
    const evil = await signForRole([root], 'timestamp', unsigned, [ring.timestamp]);
    const evilUrl = await serve(dir, (path, bytes) => (path === '/metadata/timestamp.json' ? evil.bytes : bytes));
    await client.look({ url: evilUrl });
    await publish({ dir, ring }, 'news');
    expect(await codeOf(client.look())).toBe('rollback');

    const next = { ...ring, snapshotRole: newSigner(), timestamp: newSigner() };
    const signers = {
      root: ring.root,
      snapshotRole: [ring.snapshotRole, next.snapshotRole],
      timestamp: [ring.timestamp, next.timestamp],
    };
    await publishRoot({ dir, keys: rootKeysOf(next), profile: 'demo', signers, now });
    expect(textOf(await client.look())).toBe('news');
  });

  it('refuses an unsound root before anything is written', async () => {
    const dir = await tempDir();
    const ring = newKeyring();
    const attempt = publishRoot({
      dir,
      keys: rootKeysOf(ring),
      profile: 'production',
      signers: { root: ring.root },
      now,
    });
    expect(await problemOf(attempt)).toMatchObject({
      code: 'root-refused',
      message: expect.stringContaining('threshold-one, no-spare-key'),
    });
    const twice = { ...ring, targets: [ring.targets[0]!, ring.targets[0]!] };
    const again = publishRoot({ dir, keys: rootKeysOf(twice), profile: 'demo', signers: { root: ring.root }, now });
    expect(await problemOf(again)).toMatchObject({
      code: 'root-refused',
      message: expect.stringContaining('same-key-twice-in-role'),
    });
    expect(await filesIn(dir)).toEqual({});
  });

  it('still introduces the next root after the last one has expired', async () => {
    const longAgo = later(-400 * 24);
    const { dir, ring } = await newTree({ now: longAgo });
    const signers = { root: ring.root };
    await publishRoot({ dir, keys: rootKeysOf(ring), profile: 'demo', signers, now });
    await publish({ dir, ring }, 'back again');
    expect(textOf(await (await newClient(dir)).look())).toBe('back again');
  });
});
