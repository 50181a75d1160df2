import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { NO_CONFIRMATIONS, reviewSnapshot, type Confirmations, type SnapshotReview } from '@waymark/domain';
import { rebuildForms } from '@waymark/services';
import { readRoot } from '@waymark/tuf';
import type { OpenBundle } from './bundleFolder.ts';
import { openMemory, remember, trustedRoot, trustRoot } from './memoryFolder.ts';

export type ReviewOptions = {
  memory: string;
  now: Date;
  confirmations: Confirmations;
};

/** Reviews a bundle with the memory of this machine. Reads only. */
export async function reviewBundle(bundle: OpenBundle, options: ReviewOptions): Promise<SnapshotReview> {
  const { memory, now, confirmations } = options;
  const read = await bundle.read();
  return reviewSnapshot({
    ...read,
    memory: await openMemory(memory),
    now,
    confirmations,
    newHash: () => createHash('sha256'),
    gunzip: (bytes) => Readable.from(bytes).pipe(createGunzip()) as AsyncIterable<Uint8Array>, // Binary, so bytes.
    rebuild: (manifest) => inScratch((dir) => rebuildForms(read.files, manifest, dir)),
  });
}

async function inScratch<T>(work: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'waymark-forms-'));
  try {
    return await work(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/**
 * Keeps a snapshot that its signer accepted, to compare the next one with.
 * @throws Error when anything speaks against it
 */
export async function acceptBundle(dir: string, bundle: OpenBundle, { memory }: SnapshotReview): Promise<void> {
  if (!memory) throw new Error('A snapshot that was refused is not remembered');
  const { files } = await bundle.read();
  await remember(dir, {
    memory,
    directory: files.read('v1/directory.ndjson'),
    tombstones: files.read('v1/tombstones.ndjson'),
  });
}

/** Who may sign snapshots, by the root that this machine trusts. */
export type Signers = { version: number; threshold: number; keyids: string[]; owners: Record<string, string> };

/**
 * The signers by the root of this machine. On the first day a person gives the root, and it is kept.
 * @throws Error when there is none
 */
export async function signersFor(memory: string, rootFile: string | undefined): Promise<Signers> {
  const bytes = await rootFor(memory, rootFile);
  const { signed } = JSON.parse(bytes.toString('utf8')) as {
    signed: {
      version: number;
      roles: { targets: { keyids: string[]; threshold: number } };
      'x-keyowners'?: Record<string, string>;
    };
  };
  const { keyids, threshold } = signed.roles.targets;
  return { version: signed.version, threshold, keyids, owners: signed['x-keyowners'] ?? {} };
}

/**
 * The root that this machine trusts. On the first day a person gives it, and it is kept.
 * @throws Error when there is none
 */
export async function rootFor(memory: string, rootFile: string | undefined): Promise<Buffer> {
  const known = await trustedRoot(memory);
  if (known) return known;
  if (rootFile === undefined)
    throw new Error('This machine trusts no root yet: give the root that you compared with others, --root 1.root.json');
  const given = await readFile(rootFile);
  readRoot(given);
  await trustRoot(memory, given);
  return given;
}

/** `KIND:VALUE` as typed after --confirm. @throws Error for a kind that nobody has to answer for */
export function confirmationsOf(typed: readonly string[]): Confirmations {
  const found = structuredClone(NO_CONFIRMATIONS) as Record<keyof Confirmations, string[]>;
  for (const each of typed) {
    const [, kind = '', value = ''] = /^([a-zA-Z]+):(.+)$/.exec(each) ?? [];
    if (!Object.hasOwn(found, kind)) throw new Error(`--confirm ${each}: write KIND:VALUE as the review prints it`);
    found[kind as keyof Confirmations].push(value);
  }
  return found;
}
