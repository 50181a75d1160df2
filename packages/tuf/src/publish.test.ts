import { readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from './canonical.ts';
import type { Signer } from './key.ts';
import { publishTargets } from './publish.ts';
import { readRepository } from './repository.ts';
import { mostTargets, type TargetCustom } from './targets.ts';
import {
  copyOf,
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
  signersOf,
  tempDir,
  textOf,
} from './testing.ts';

const sha256Of = (text: string) => sha256(Buffer.from(text));

describe('publishTargets', () => {
  it('publishes what a stock client then verifies, again and again', async () => {
    const tree = await newTree();
    const client = await newClient(tree.dir);
    for (const [index, text] of ['one', 'two', 'three'].entries()) {
      const result = await publish(tree, text);
      const version = index + 1;
      const bytes = await readFile(join(tree.dir, `metadata/${version}.targets.json`));
      expect(result).toEqual({
        targetsVersion: version,
        snapshotVersion: version,
        timestampVersion: version,
        targetsSha256: sha256(bytes),
      });
      const seen = await client.look();
      expect(textOf(seen)).toBe(text);
      expect(seen.versions).toEqual({ root: 1, targets: version, snapshotRole: version, timestamp: version });
      expect(seen.targetsSha256).toBe(result.targetsSha256);
    }
    expect(textOf(await (await newClient(tree.dir)).look())).toBe('three');
  });

  it('lays out the tree as described, with the hash before each name and nothing left over', async () => {
    const tree = await newTree();
    await publish(tree, 'one');
    expect(Object.keys(await filesIn(tree.dir))).toEqual(
      [
        'metadata/1.root.json',
        'metadata/1.snapshot.json',
        'metadata/1.targets.json',
        'metadata/timestamp.json',
        `targets/v1/${sha256Of('{"text":"one"}')}.directory.json`,
        `targets/v1/${sha256Of('manifest of one')}.manifest.json`,
      ].sort((a, b) => a.localeCompare(b)),
    );
  });

  it('writes in the order that keeps clients safe, and the timestamp last', async () => {
    const tree = await newTree();
    const steps: string[] = [];
    await publish(tree, 'one', { onStep: (step) => void steps.push(step) });
    const renamed = steps.filter((step) => step.startsWith('rename ')).map((step) => step.replace(/[0-9a-f]{64}/, '#'));
    expect(renamed).toEqual([
      'rename targets/v1/#.directory.json',
      'rename targets/v1/#.manifest.json',
      'rename metadata/1.targets.json',
      'rename metadata/1.snapshot.json',
      'rename metadata/timestamp.json',
    ]);
    // Each file is on disk, name and all, before the next is begun.
    expect(steps.map((step) => step.split(' ')[0])).toEqual(renamed.flatMap(() => ['write', 'rename', 'sync']));
  });

  it('writes the same bytes for the same set, keys and time', async () => {
    const tree = await newTree();
    const twin = { ...tree, dir: await copyOf(tree.dir) };
    await publish(tree, 'one');
    await publish(twin, 'one');
    expect(await filesIn(twin.dir)).toEqual(await filesIn(tree.dir));
  });

  it('serves 2 of 3 people, whichever two they are', async () => {
    const ring = newKeyring(3);
    const tree = await newTree({ ring, threshold: 2, profile: 'production' });
    const client = await newClient(tree.dir);
    for (const two of [ring.targets.slice(0, 2), ring.targets.slice(1)]) {
      await publish({ ...tree, ring: { ...ring, targets: two } }, 'by two');
      expect(textOf(await client.look())).toBe('by two');
    }
  });

  it('lets publishes in one process take turns, so each has numbers of its own', async () => {
    const tree = await newTree();
    const results = await Promise.all(['one', 'two', 'three'].map((text) => publish(tree, text)));
    expect(results.map(({ targetsVersion }) => targetsVersion)).toEqual([1, 2, 3]);
    expect(textOf(await (await newClient(tree.dir)).look())).toBe('three');
  });
});

describe('files that lie on disk', () => {
  const onDisk = async (text: string) => {
    const file = join(await tempDir(), 'staged.json');
    await writeFile(file, text, { mode: 0o600 });
    return { path: 'v1/directory.json', length: text.length, sha256: sha256Of(text), file };
  };

  it('are published as those in memory are, readable for all, and outlive where they lay', async () => {
    const tree = await newTree();
    const text = '{"text":"one"}';
    const staged = await onDisk(text);
    for (const files of [[staged], [staged]]) {
      await publishTargets({ dir: tree.dir, files, signers: signersOf(tree.ring), now });
      expect(textOf(await (await newClient(tree.dir)).look())).toBe('one');
    }
    await rm(staged.file);
    expect(textOf(await (await newClient(tree.dir)).look())).toBe('one');
    const { mode } = await stat(join(tree.dir, `targets/v1/${sha256Of(text)}.directory.json`));
    expect(mode & 0o777).toBe(0o644);
  });

  it('are refused when they changed after they were looked at, before they have a name in the tree', async () => {
    const tree = await newTree();
    const before = await filesIn(tree.dir);
    const staged = await onDisk('{"text":"one"}');
    await writeFile(staged.file, '{"text":"two"}');
    const attempt = publishTargets({ dir: tree.dir, files: [staged], signers: signersOf(tree.ring), now });
    expect(await codeOf(attempt)).toBe('target-refused');
    const after = Object.keys(await filesIn(tree.dir)).filter((path) => !path.startsWith('.staging/'));
    expect(after).toEqual(Object.keys(before));
  });
});

describe('publishTargets refuses, and writes nothing', () => {
  const files = [{ path: 'v1/directory.json', bytes: Buffer.from('{}') }];

  it('without a root', async () => {
    const dir = await tempDir();
    expect(await codeOf(publishTargets({ dir, files, signers: signersOf(newKeyring()), now }))).toBe(
      'tree-has-no-root',
    );
    expect(await filesIn(dir)).toEqual({});
  });

  it('one signature of two; and one person signing twice', async () => {
    const ring = newKeyring(3);
    const { dir } = await newTree({ ring, threshold: 2, profile: 'production' });
    const before = await filesIn(dir);
    const [alice] = ring.targets;
    for (const targets of [[], [alice!], [alice!, alice!]]) {
      expect(await codeOf(publish({ dir, ring: { ...ring, targets } }, 'x'))).toBe('threshold-not-met');
    }
    expect(await filesIn(dir)).toEqual(before);
  });

  it('a key that is not of the role, and a signer that signs with another key than its own', async () => {
    const { dir, ring } = await newTree();
    const before = await filesIn(dir);
    const stranger = newSigner();
    expect(await codeOf(publish({ dir, ring: { ...ring, targets: ring.root } }, 'x'))).toBe('key-wrong');
    expect(await codeOf(publish({ dir, ring: { ...ring, snapshotRole: ring.timestamp } }, 'x'))).toBe('key-wrong');
    expect(await codeOf(publish({ dir, ring: { ...ring, timestamp: stranger } }, 'x'))).toBe('key-wrong');
    const liar = { ...ring.timestamp, sign: stranger.sign };
    expect(await codeOf(publish({ dir, ring: { ...ring, timestamp: liar } }, 'x'))).toBe('key-wrong');
    expect(await filesIn(dir)).toEqual(before);
  });

  it('a clock that stands before the last signature', async () => {
    const tree = await newTree();
    await publish(tree, 'one');
    const before = await filesIn(tree.dir);
    expect(await codeOf(publish(tree, 'two', { now: later(-1) }))).toBe('clock-before-last-signed');
    expect(await filesIn(tree.dir)).toEqual(before);
    await publish(tree, 'two', { now });
  });

  it('an expired root', async () => {
    const tree = await newTree();
    expect(await codeOf(publish(tree, 'one', { now: later(365 * 24) }))).toBe('root-expired');
  });

  it.each([
    ['no files', []],
    ['too many files', Array.from({ length: mostTargets + 1 }, (_, i) => ({ ...files[0]!, path: `v1/${i}` }))],
    ['a path twice', [files[0]!, files[0]!]],
    ['a way out of the tree', [{ ...files[0]!, path: '../root.json' }]],
    ['a way out further in', [{ ...files[0]!, path: 'v1/../../x' }]],
    ['an absolute path', [{ ...files[0]!, path: '/v1/x' }]],
    ['#, which clients cut off', [{ ...files[0]!, path: 'v1/a#b' }]],
    ['a percent sign', [{ ...files[0]!, path: 'v1/%2e%2e' }]],
    ['NUL', [{ ...files[0]!, path: 'v1/a\0b' }]],
    ['an umlaut', [{ ...files[0]!, path: 'v1/ä' }]],
    ['an empty part', [{ ...files[0]!, path: 'v1//x' }]],
    ['a fraction in custom', [{ ...files[0]!, custom: { sequence: 1.5 } }]],
    ['a long custom', [{ ...files[0]!, custom: { note: 'x'.repeat(1024) } }]],
  ])('%s', async (_, bad) => {
    const { dir, ring } = await newTree();
    const before = await filesIn(dir);
    expect(await codeOf(publishTargets({ dir, files: bad, signers: signersOf(ring), now }))).toBe('target-refused');
    expect(await filesIn(dir)).toEqual(before);
  });

  it('custom that other languages would read differently', async () => {
    const { dir, ring } = await newTree();
    const customs: TargetCustom[] = [{ ä: 1 }, { note: '\udc00' }];
    for (const custom of customs) {
      expect(
        await codeOf(publishTargets({ dir, files: [{ ...files[0]!, custom }], signers: signersOf(ring), now })),
      ).toBe('not-canonical');
    }
  });

  it('a buffer that its owner changed while people were signing', async () => {
    const { dir, ring } = await newTree();
    const before = await filesIn(dir);
    const bytes = Buffer.from('{"text":"one"}');
    const slow: Signer = {
      ...ring.timestamp,
      sign: (data) => {
        bytes.write('X');
        return ring.timestamp.sign(data);
      },
    };
    const changing = [{ path: 'v1/directory.json', bytes }];
    const attempt = publishTargets({ dir, files: changing, signers: signersOf({ ...ring, timestamp: slow }), now });
    expect(await codeOf(attempt)).toBe('target-refused');
    expect(await filesIn(dir)).toEqual(before);
  });

  it('a published file that was changed on disk', async () => {
    const tree = await newTree();
    await publish(tree, 'one');
    for (const name of ['timestamp.json', '1.snapshot.json', '1.targets.json', '1.root.json']) {
      const spoiled = { ...tree, dir: await copyOf(tree.dir) };
      const path = join(spoiled.dir, 'metadata', name);
      await writeFile(path, (await readFile(path, 'utf8')).replace('"version": 1', '"version": 2'));
      expect(await codeOf(publish(spoiled, 'two'))).toBe('tree-broken');
    }
    for (const name of ['1.snapshot.json', '1.targets.json']) {
      const spoiled = { ...tree, dir: await copyOf(tree.dir) };
      await rm(join(spoiled.dir, 'metadata', name));
      expect(await codeOf(publish(spoiled, 'two'))).toBe('tree-broken');
    }
  });

  it('a target whose name lies there with other bytes', async () => {
    const tree = await newTree();
    await publish(tree, 'one');
    const [name = ''] = await readdir(join(tree.dir, 'targets/v1'));
    await writeFile(join(tree.dir, 'targets/v1', name), 'something else');
    expect(await codeOf(publish(tree, 'one'))).toBe('version-exists-with-other-bytes');
  });

  it('while another living process writes; the lock of a dead one is taken over', async () => {
    const tree = await newTree();
    const lock = join(tree.dir, '.lock');
    await symlink(String(process.ppid), lock);
    expect(await codeOf(publish(tree, 'one'))).toBe('tree-busy');
    await rm(lock);
    await symlink('999999999', lock);
    expect((await publish(tree, 'one')).targetsVersion).toBe(1);
    expect(await readdir(tree.dir)).not.toContain('.lock');
  });

  it('when somebody who does not know the lock published meanwhile', async () => {
    const tree = await newTree();
    await publish(tree, 'one');
    const copy = { ...tree, dir: await copyOf(tree.dir) };
    await publish(copy, 'elsewhere');
    const foreign = await readFile(join(copy.dir, 'metadata/timestamp.json'));
    const onStep = (step: string) =>
      step === 'sync metadata/2.snapshot.json'
        ? writeFile(join(tree.dir, 'metadata/timestamp.json'), foreign)
        : undefined;
    expect(await codeOf(publish(tree, 'two', { onStep }))).toBe('tree-changed');
  });

  it('a disk that is full or read-only, with one clear error', async () => {
    const tree = await newTree();
    await writeFile(join(tree.dir, 'targets'), 'not a directory');
    const { code, message } = await problemOf(publish(tree, 'one'));
    expect(code).toBe('tree-not-writable');
    expect(message).toMatch(/^could not write targets\/v1\//);
    await rm(join(tree.dir, 'targets'));
    expect((await readRepository(tree.dir)).published).toBeUndefined();
    await publish(tree, 'one');
  });
});
