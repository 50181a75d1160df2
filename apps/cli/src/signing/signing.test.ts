import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { prepareSnapshot, bundle } from '@waymark/services';
import { holdCeremony } from '../../../../tests/support/ceremony.ts';
import { answersTo } from '../../../../tests/support/signing.ts';
import { filesIn, temporaryFolder } from '../../../../tests/support/tree.ts';
import { enterEntry, newWorld } from '../../../../tests/support/world.ts';
import { openBundleAt } from './bundleFolder.ts';
import { openMemory, remember } from './memoryFolder.ts';
import { printReview } from './printReview.ts';
import { acceptBundle, confirmationsOf, reviewBundle, signersFor } from './reviewBundle.ts';
import { NO_CONFIRMATIONS } from '@waymark/domain';

async function zipOf(files: Record<string, string>): Promise<string> {
  const file = join(await temporaryFolder(), 'bundle.zip');
  const entries = Object.entries(files).map(([name, text]) => [name, Buffer.from(text)] as const);
  await writeFile(file, zipSync(Object.fromEntries(entries)));
  return file;
}

async function read(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all).toString();
}

describe('a bundle', () => {
  it('is read from its zip and from its folder alike', async () => {
    const files = { 'request.json': '{"a":1}', 'v1/directory.ndjson': 'x'.repeat(300_000), 'v1/schema/a.json': '{}' };
    const folder = await temporaryFolder();
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    for (const place of [await zipOf(files), folder]) {
      const opened = await openBundleAt(place);
      const found = await opened.read();
      expect(found).toMatchObject({ request: { a: 1 }, approvals: null, previousTargets: null });
      expect([...found.files.paths()].sort()).toEqual(['v1/directory.ndjson', 'v1/schema/a.json']);
      expect(await read(found.files.read('v1/directory.ndjson'))).toBe(files['v1/directory.ndjson']);
      await opened.close();
    }
    expect(Object.keys(await filesIn(folder))).toHaveLength(3);
  });

  it.each(['../outside', '/etc/passwd', 'v1/../../outside', 'v1/.hidden', 'C:\\outside', 'other.json', 'v1/a b.json'])(
    'is not unpacked when it holds %s',
    async (name) => {
      const place = await zipOf({ 'request.json': '{}', [name]: 'x' });
      await expect(openBundleAt(place)).rejects.toThrow('which no bundle does');
      expect(await readdir(dirname(place))).toEqual(['bundle.zip']);
    },
  );

  it('says which part is missing or no JSON', async () => {
    await expect(openBundleAt('/nowhere/bundle.zip')).rejects.toThrow('/nowhere/bundle.zip does not exist');
    const empty = await openBundleAt(await zipOf({ 'v1/a.json': '{}' }));
    await expect(empty.read()).rejects.toThrow('request.json cannot be read');
    const broken = await openBundleAt(await zipOf({ 'request.json': '{' }));
    await expect(broken.read()).rejects.toThrow('is not JSON');
  });
});

it('reviews from a zip, says what a person reads, and remembers what was accepted on disk', async () => {
  const world = await newWorld();
  const { publishing } = await holdCeremony(world);
  await enterEntry(world);
  const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
  const zip = join(world.dir, 'bundle.zip');
  const pieces: Uint8Array[] = [];
  for await (const piece of await bundle(world.as('publisher'), publishing, sequence)) pieces.push(piece);
  await writeFile(zip, Buffer.concat(pieces));

  const memory = join(world.dir, 'memory');
  await expect(signersFor(memory, undefined)).rejects.toThrow('--root 1.root.json');
  const signers = await signersFor(memory, join(publishing.repoDir, 'metadata/1.root.json'));
  expect(signers).toMatchObject({ version: 1, threshold: 2 });
  // From now on the machine has its own; another file changes nothing.
  expect(await signersFor(memory, zip)).toEqual(signers);

  const opened = await openBundleAt(zip);
  const options = { memory, now: world.now(), confirmations: NO_CONFIRMATIONS };
  const first = await reviewBundle(opened, options);
  expect(first.refusals.map(({ code }) => code)).toEqual(['nothing-to-compare']);
  // The packed form was unpacked here, so nobody has to believe it.
  expect(first.unproven).not.toContain('v1/directory.ndjson.gz');
  const said: string[] = [];
  printReview(first, signers, (line) => said.push(line));
  expect(said.join('\n')).toContain('There is nothing to compare with');
  expect(said.join('\n')).toContain('tel phone: +4930123456');
  expect(said.join('\n')).toContain('web url: https://help.example.org/form');
  expect(said.join('\n')).toContain(`--confirm "firstUse:${first.words.join(' ')}"`);
  await expect(acceptBundle(memory, opened, first)).rejects.toThrow('not remembered');
  expect((await openMemory(memory)).snapshots).toEqual([]);

  const confirmations = { ...NO_CONFIRMATIONS, ...answersTo(first) };
  const second = await reviewBundle(opened, { ...options, confirmations });
  expect(second.refusals).toEqual([]);
  await acceptBundle(memory, opened, second);
  const kept = await openMemory(memory);
  expect(kept.snapshots).toEqual([second.memory]);
  const lines: string[] = [];
  for await (const line of kept.directory(sequence)) lines.push(line);
  expect(lines).toHaveLength(2);
  await opened.close();
});

it('keeps the newest five snapshots, whatever order they came in', async () => {
  const world = await newWorld();
  const { publishing } = await holdCeremony(world);
  await enterEntry(world);
  const { sequence } = await prepareSnapshot(world.as('publisher'), publishing);
  const pieces: Uint8Array[] = [];
  for await (const piece of await bundle(world.as('publisher'), publishing, sequence)) pieces.push(piece);
  const zip = join(world.dir, 'bundle.zip');
  await writeFile(zip, Buffer.concat(pieces));
  const opened = await openBundleAt(zip);
  const dir = join(world.dir, 'memory');
  const first = await reviewBundle(opened, { memory: dir, now: world.now(), confirmations: NO_CONFIRMATIONS });
  const { memory } = await reviewBundle(opened, {
    memory: dir,
    now: world.now(),
    confirmations: { ...NO_CONFIRMATIONS, ...answersTo(first) },
  });
  if (!memory) throw new Error('It was refused');
  const nothing = async function* (): AsyncGenerator<Uint8Array> {};
  for (const each of [3, 9, 10, 1, 4, 2, 8]) {
    const manifest = { ...memory.manifest, sequence: each };
    await remember(dir, { memory: { ...memory, manifest }, directory: nothing(), tombstones: nothing() });
  }
  const { snapshots } = await openMemory(dir);
  expect(snapshots.map(({ manifest }) => manifest.sequence)).toEqual([3, 4, 8, 9, 10]);
  await opened.close();
});

it('takes answers as the review prints them, and no others', () => {
  expect(confirmationsOf(['hosts:help.example.org', 'drop:entries 4-3'])).toMatchObject({
    hosts: ['help.example.org'],
    drop: ['entries 4-3'],
  });
  for (const typed of ['hosts', 'hosts:', 'everything:yes', '__proto__:x'])
    expect(() => confirmationsOf([typed]), typed).toThrow('KIND:VALUE');
});
