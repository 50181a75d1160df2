import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Metadata, Root, Signature, Timestamp } from '@tufjs/models';
import { describe, expect, it } from 'vitest';
import { canonicalBytes } from './canonical.ts';
import type { Signer } from './key.ts';
import { signForRole, type AnySigned } from './metadata.ts';
import { publishRoot } from './publishRoot.ts';
import { readRepository } from './repository.ts';
import { buildRoot } from './root.ts';
import { buildSnapshotRole } from './snapshotRole.ts';
import {
  copyOf,
  codeOf,
  later,
  listen,
  newClient,
  newKeyring,
  newSigner,
  newTree,
  now,
  publish,
  rootKeysOf,
  serve,
  textOf,
} from './testing.ts';
import { buildTimestamp } from './timestamp.ts';

type Client = Awaited<ReturnType<typeof newClient>>;

async function expectNoTarget(client: Client): Promise<void> {
  expect(await readdir(join(client.dir, 'targets'))).toEqual([]);
}

/** A published tree, and the path of its directory file. */
async function publishedTree() {
  const tree = await newTree();
  await publish(tree, 'text');
  const names = await readdir(join(tree.dir, 'targets/v1'));
  const target = `targets/v1/${names.find((name) => name.endsWith('directory.json')) ?? ''}`;
  return { ...tree, target };
}

/** Signs anything at all, as an attacker with keys would. */
async function signBadly(signed: AnySigned, signers: Signer[]): Promise<Buffer> {
  const metadata = new Metadata(signed);
  const data = canonicalBytes(signed.toJSON());
  for (const { keyid, sign } of signers) {
    metadata.signatures[keyid] = new Signature({ keyID: keyid, sig: (await sign(data)).toString('hex') });
  }
  return Buffer.from(JSON.stringify(metadata.toJSON()));
}

describe('verifyRepository', () => {
  it('gives just the targets asked for, and knows which are not there', async () => {
    const { dir } = await publishedTree();
    const client = await newClient(dir);
    const { targets } = await client.look({ targets: ['v1/manifest.json'] });
    expect([...targets.keys()]).toEqual(['v1/manifest.json']);
    expect(await codeOf(client.look({ targets: ['v1/other.json'] }))).toBe('target-unknown');
    expect(await codeOf(client.look({ targets: ['constructor'] }))).toBe('target-unknown');
  });

  it('replaces a root.json that a crash of the client cut short', async () => {
    const { dir } = await publishedTree();
    const client = await newClient(dir);
    await client.look();
    await writeFile(join(client.dir, 'metadata/root.json'), '{"signatures": [');
    expect(textOf(await client.look())).toBe('text');
  });

  it('downloads a target again when the copy in its memory was changed', async () => {
    const { dir } = await publishedTree();
    const client = await newClient(dir);
    await client.look();
    await writeFile(join(client.dir, 'targets/v1%2Fdirectory.json'), '{"text":"evil"}');
    expect(textOf(await client.look())).toBe('text');
  });
});

describe('a target that was tampered with is refused and not kept', () => {
  it.each([
    ['one bit', (bytes: Buffer) => Buffer.from(bytes.map((byte, i) => (i === 10 ? byte ^ 1 : byte)))],
    ['one byte longer', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from(' ')])],
    ['truncated', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['empty', () => Buffer.alloc(0)],
    ['endless', (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(5_000_000)])],
  ])('%s', async (_, tamper) => {
    const { dir, target } = await publishedTree();
    const client = await newClient(
      dir,
      await serve(dir, (path, bytes) => (path === `/${target}` ? tamper(bytes) : bytes)),
    );
    expect(await codeOf(client.look())).toBe('hash-mismatch');
    await expectNoTarget(client);
  });

  it('an old file under the new name', async () => {
    const { dir, ring, target } = await publishedTree();
    const old = await readFile(join(dir, target));
    await publish({ dir, ring }, 'TEXT');
    const client = await newClient(dir, await serve(dir, (path, b) => (path.endsWith('.directory.json') ? old : b)));
    expect(await codeOf(client.look())).toBe('hash-mismatch');
    await expectNoTarget(client);
  });

  it('a file that is missing', async () => {
    const { dir, target } = await publishedTree();
    await rm(join(dir, target));
    const client = await newClient(dir);
    expect(await codeOf(client.look())).toBe('file-missing');
    await expectNoTarget(client);
  });
});

describe('metadata that was tampered with is refused', () => {
  it.each(['2.root.json', 'timestamp.json', '1.snapshot.json', '1.targets.json'])(
    'any flipped bit in %s',
    { timeout: 240_000 },
    async (name) => {
      const { dir, ring } = await publishedTree();
      await publishRoot({ dir, keys: rootKeysOf(ring), profile: 'demo', signers: { root: ring.root }, now });
      let flip = -1;
      const url = await serve(dir, (path, bytes) =>
        path === `/metadata/${name}` ? Buffer.from(bytes.map((byte, i) => (i === flip ? byte ^ 1 : byte))) : bytes,
      );
      expect(textOf(await (await newClient(dir, url)).look())).toBe('text');
      const { length } = await readFile(join(dir, 'metadata', name));
      for (flip = 0; flip < length - 1; flip += Math.ceil(length / 30)) {
        const client = await newClient(dir, url);
        await expect(client.look(), `byte ${flip}`).rejects.toThrow('cannot be verified');
        await expectNoTarget(client);
      }
    },
  );

  it('a signed field changed, a field added, the version raised', async () => {
    const { dir } = await publishedTree();
    const changes: [string, string, string][] = [
      ['timestamp.json', '"version": 1,\n  "expires"', '"version": 9,\n  "expires"'],
      ['timestamp.json', '"x-signed-at"', '"x-signed-by"'],
      ['1.targets.json', '"sequence": 1', '"sequence": 2'],
      ['1.snapshot.json', '"length": ', '"length": 1'],
    ];
    for (const [name, from, to] of changes) {
      const change = (bytes: Buffer) => {
        expect(bytes.toString()).toContain(from);
        return Buffer.from(bytes.toString().replace(from, to));
      };
      const client = await newClient(
        dir,
        await serve(dir, (path, b) => (path === `/metadata/${name}` ? change(b) : b)),
      );
      await expect(client.look(), `${name} ${from}`).rejects.toThrow('cannot be verified');
      await expectNoTarget(client);
    }
  });
});

describe('an old state is refused by a client that saw a newer one', () => {
  it('the timestamp from before', async () => {
    const { dir, ring } = await publishedTree();
    const old = await readFile(join(dir, 'metadata/timestamp.json'));
    await publish({ dir, ring }, 'news');
    const client = await newClient(dir);
    await client.look();
    const replay = await serve(dir, (path, bytes) => (path === '/metadata/timestamp.json' ? old : bytes));
    expect(await codeOf(client.look({ url: replay }))).toBe('rollback');
    expect(textOf(await client.look())).toBe('news');
  });

  it('the whole tree from before', async () => {
    const { dir, ring } = await publishedTree();
    const old = await serve(await copyOf(dir));
    await publish({ dir, ring }, 'news');
    const client = await newClient(dir);
    await client.look();
    expect(await codeOf(client.look({ url: old }))).toBe('rollback');
  });

  it('older snapshot metadata under a fresh timestamp, by a thief of the timestamp key', async () => {
    const { dir, ring } = await publishedTree();
    const old = await readRepository(dir);
    await publish({ dir, ring }, 'news');
    const client = await newClient(dir);
    await client.look();
    const unsigned = buildTimestamp({ version: 9, snapshotRole: old.published!.snapshotRole, now });
    const evil = await signForRole([old.root], 'timestamp', unsigned, [ring.timestamp]);
    const url = await serve(dir, (path, bytes) => (path === '/metadata/timestamp.json' ? evil.bytes : bytes));
    expect(await codeOf(client.look({ url }))).toBe('rollback');
  });

  it('older targets metadata under fresh online metadata, by a thief of both online keys', async () => {
    const { dir, ring } = await publishedTree();
    const old = await readRepository(dir);
    await publish({ dir, ring }, 'news');
    const client = await newClient(dir);
    await client.look();
    const roots = [old.root];
    const unsigned = buildSnapshotRole({ version: 9, targets: old.published!.targets, now });
    const snapshotRole = await signForRole(roots, 'snapshotRole', unsigned, [ring.snapshotRole]);
    const timestamp = await signForRole(roots, 'timestamp', buildTimestamp({ version: 9, snapshotRole, now }), [
      ring.timestamp,
    ]);
    const evil = await copyOf(dir);
    await writeFile(join(evil, 'metadata/9.snapshot.json'), snapshotRole.bytes);
    await writeFile(join(evil, 'metadata/timestamp.json'), timestamp.bytes);
    expect(await codeOf(client.look({ url: await serve(evil) }))).toBe('rollback');
  });
});

describe('mix-and-match is refused', () => {
  it.each([
    ['old targets metadata under the new number', '2.targets.json', '1.targets.json'],
    ['old snapshot metadata under the new number', '2.snapshot.json', '1.snapshot.json'],
  ])('%s', async (_, asked, given) => {
    const { dir, ring } = await publishedTree();
    await publish({ dir, ring }, 'news');
    const old = await readFile(join(dir, 'metadata', given));
    const client = await newClient(dir, await serve(dir, (path, b) => (path === `/metadata/${asked}` ? old : b)));
    expect(await codeOf(client.look())).toBe('hash-mismatch');
    await expectNoTarget(client);
  });

  it('another repository behind the same root', async () => {
    const [mine, other] = [await publishedTree(), await publishedTree()];
    const client = await newClient(mine.dir, await serve(other.dir));
    expect(await codeOf(client.look())).toBe('signature-invalid');
    await expectNoTarget(client);
  });
});

describe('what has expired is refused', () => {
  it.each([
    ['timestamp', 73],
    ['snapshot metadata', 31 * 24],
    ['targets metadata', 121 * 24],
    ['root', 366 * 24],
  ])('%s', async (_, hoursAgo) => {
    const start = later(-hoursAgo);
    const tree = await newTree({ now: start });
    await publish(tree, 'text', { now: start });
    const client = await newClient(tree.dir);
    expect(await codeOf(client.look())).toBe('expired');
    await expectNoTarget(client);
  });

  it('by this client also what says it never expires, which tuf-js 5.0.1 takes', async () => {
    const { dir, ring } = await publishedTree();
    const { published } = await readRepository(dir);
    const { signed } = published!.timestamp.metadata;
    const never = Timestamp.fromJSON({ ...signed.toJSON(), expires: 'never', version: 2 });
    await writeFile(join(dir, 'metadata/timestamp.json'), await signBadly(never, [ring.timestamp]));
    expect(await codeOf((await newClient(dir)).look())).toBe('metadata-malformed');
  });
});

describe('signatures that do not count are refused', () => {
  it('all of a root that the client was not given', async () => {
    const { dir } = await publishedTree();
    const ring = newKeyring();
    const foreign = buildRoot({ previousVersion: 0, keys: rootKeysOf(ring), profile: 'demo', now });
    const client = await newClient(dir);
    expect(await codeOf(client.look({ rootBytes: await signBadly(foreign, ring.root) }))).toBe('signature-invalid');
    await expectNoTarget(client);
  });

  it('a next root by strangers, by too few of the old keys, or by the old keys alone', async () => {
    const ring = newKeyring(3);
    const tree = await newTree({ ring, threshold: 2, profile: 'production' });
    await publish(tree, 'text');
    const thief = newKeyring(3);
    const evil = buildRoot({ previousVersion: 1, keys: rootKeysOf(thief, 2), profile: 'production', now });
    for (const signers of [thief.root, [ring.root[0]!, ...thief.root], ring.root]) {
      const dir = await copyOf(tree.dir);
      await writeFile(join(dir, 'metadata/2.root.json'), await signBadly(evil, signers));
      const client = await newClient(dir);
      expect(await codeOf(client.look())).toBe('signature-invalid');
      await expectNoTarget(client);
    }
  });

  it('a root with a version left out', async () => {
    const { dir, ring } = await publishedTree();
    const skipped = buildRoot({ previousVersion: 2, keys: rootKeysOf(ring), profile: 'demo', now });
    await writeFile(join(dir, 'metadata/2.root.json'), await signBadly(skipped, ring.root));
    expect(await codeOf((await newClient(dir)).look())).toBe('rollback');
  });

  it('one of two; a stranger; one person under another one’s key id', async () => {
    const ring = newKeyring(3);
    const tree = await newTree({ ring, threshold: 2, profile: 'production' });
    await publish(tree, 'text');
    const { published, root } = await readRepository(tree.dir);
    const [alice, bob] = ring.targets as [Signer, Signer];
    const attempts = [[alice], [alice, newSigner()], [alice, { ...bob, sign: alice.sign }]];
    for (const signers of attempts) {
      const dir = await copyOf(tree.dir);
      const { signed } = published!.targets.metadata;
      const bytes = await signBadly(signed, signers);
      const targets = { metadata: new Metadata(signed), bytes };
      const snapshotRole = await signForRole([root], 'snapshotRole', buildSnapshotRole({ version: 2, targets, now }), [
        ring.snapshotRole,
      ]);
      const timestamp = await signForRole([root], 'timestamp', buildTimestamp({ version: 2, snapshotRole, now }), [
        ring.timestamp,
      ]);
      await writeFile(join(dir, 'metadata/1.targets.json'), bytes);
      await writeFile(join(dir, 'metadata/2.snapshot.json'), snapshotRole.bytes);
      await writeFile(join(dir, 'metadata/timestamp.json'), timestamp.bytes);
      const client = await newClient(dir);
      expect(await codeOf(client.look())).toBe('signature-invalid');
      await expectNoTarget(client);
    }
  });

  it('by this client also one public key under two ids, which tuf-js counts twice', async () => {
    const { dir, ring } = await publishedTree();
    const json = buildRoot({ previousVersion: 1, keys: rootKeysOf(ring), profile: 'demo', now }).toJSON();
    const twinId = 'ab'.repeat(32);
    const [mine] = ring.targets as [Signer];
    const keys = { ...(json['keys'] as Record<string, never>), [twinId]: mine.publicKey as never };
    await writeFile(join(dir, 'metadata/2.root.json'), await signBadly(Root.fromJSON({ ...json, keys }), ring.root));
    expect(await codeOf((await newClient(dir)).look())).toBe('signature-invalid');
  });
});

describe('a host that misbehaves', () => {
  it('a page with status 200 where the next root should be missing', async () => {
    const { dir } = await publishedTree();
    const url = await misbehaving((path) => (path.endsWith('2.root.json') ? [200, '<html>'] : undefined), dir);
    expect(await codeOf((await newClient(dir, url)).look())).toBe('metadata-malformed');
  });

  it('nobody there, or an error of the server', async () => {
    const { dir } = await publishedTree();
    expect(await codeOf((await newClient(dir, 'http://127.0.0.1:9')).look())).toBe('unreachable');
    const broken = await misbehaving(() => [503, 'busy'], dir);
    expect(await codeOf((await newClient(dir, broken)).look())).toBe('unreachable');
  });

  it('a server that never answers, or hangs up in the middle', async () => {
    const { dir, target } = await publishedTree();
    const silent = await misbehaving((path) => (path.includes('timestamp') ? 'silence' : undefined), dir);
    expect(await codeOf((await newClient(dir, silent)).look({ fetchTimeout: 200 }))).toBe('unreachable');
    const client = await newClient(dir, await misbehaving((path) => (path === `/${target}` ? 'cut' : undefined), dir));
    expect(await codeOf(client.look())).toBe('unreachable');
    await expectNoTarget(client);
  });

  it('no repository at this address', async () => {
    const { dir } = await publishedTree();
    const empty = await misbehaving(() => [404, ''], dir);
    expect(await codeOf((await newClient(dir, empty)).look())).toBe('file-missing');
  });
});

/** A server that answers as told, and otherwise with the tree. */
async function misbehaving(
  answer: (path: string) => [number, string] | 'silence' | 'cut' | undefined,
  dir: string,
): Promise<string> {
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const told = answer(path);
    if (told === 'silence') return;
    if (told === 'cut') {
      response.writeHead(200, { 'Content-Length': 1000 }).write('{');
      setTimeout(() => response.destroy(), 50);
      return;
    }
    if (told) {
      response.writeHead(told[0]).end(told[1]);
      return;
    }
    readFile(join(dir, path)).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  return listen(server);
}
