// What a signer does on their own machine, in process: takes a bundle, reviews it with their own memory, signs.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { unzipSync } from 'fflate';
import {
  memoryOf,
  NO_CONFIRMATIONS,
  NO_MEMORY,
  openBundle,
  reviewSnapshot,
  SigningRequest,
  type Confirmations,
  type ReviewInput,
  type SignatureFile,
  type SignerMemory,
  type SignersMemory,
  type SnapshotReview,
} from '@waymark/domain';
import { bundle, currentSnapshot, type Publishing } from '@waymark/services';
import { signRequest, type Signer } from '@waymark/tuf';
import { download, manifestIn } from './tree.ts';
import type { World } from './world.ts';

/** An unpacked bundle, by path. */
export type Unpacked = Map<string, Uint8Array>;

/** The bundle of a prepared snapshot, as a publisher downloads it. */
export async function takeBundle(world: World, publishing: Publishing, sequence: number): Promise<Unpacked> {
  const pieces: Uint8Array[] = [];
  for await (const piece of await bundle(world.as('publisher'), publishing, sequence)) pieces.push(piece);
  return new Map(Object.entries(unzipSync(Buffer.concat(pieces))));
}

/** What a machine remembers, in memory. */
export type Machine = { snapshots: SignerMemory[]; files: Map<string, string> };

export const newMachine = (): Machine => ({ snapshots: [], files: new Map() });

function memoryIn({ snapshots, files }: Machine): SignersMemory {
  if (snapshots.length === 0) return NO_MEMORY;
  const lines = async function* (name: string) {
    yield* (files.get(name) ?? '').split('\n').slice(0, -1);
  };
  return {
    snapshots,
    directory: (sequence) => lines(`${sequence} directory`),
    tombstones: (sequence) => lines(`${sequence} tombstones`),
  };
}

/** Downloads what is published with the stock client, and remembers it: `waymark verify --memory`. */
export async function catchUp(world: World, publishing: Publishing, machine: Machine): Promise<void> {
  const verified = await download(publishing);
  const current = await currentSnapshot(publishing.repoDir);
  if (!current) throw new Error('Nothing is published');
  const signed = await signedTargets(publishing, current.targetsVersion);
  remember(
    machine,
    memoryOf(signed, manifestIn(verified), {
      now: world.now(),
      published: true,
      policies: machine.snapshots.at(-1)?.policies ?? {},
    }),
    (path) => String(verified.targets.get(path)),
  );
}

async function signedTargets({ repoDir }: Publishing, version: number) {
  const { readFile } = await import('node:fs/promises');
  const text = await readFile(`${repoDir}/metadata/${version}.targets.json`, 'utf8');
  return (JSON.parse(text) as { signed: Parameters<typeof memoryOf>[0] }).signed;
}

function remember(machine: Machine, memory: SignerMemory, textOf: (path: string) => string): void {
  const { sequence } = memory.manifest;
  machine.snapshots = [...machine.snapshots.filter(({ manifest }) => manifest.sequence !== sequence), memory].sort(
    (a, b) => a.manifest.sequence - b.manifest.sequence,
  );
  machine.files.set(`${sequence} directory`, textOf('v1/directory.ndjson'));
  machine.files.set(`${sequence} tombstones`, textOf('v1/tombstones.ndjson'));
}

/** Reviews a bundle as its signer does. */
export function review(
  world: World,
  unpacked: Unpacked,
  machine: Machine,
  confirmations: Partial<Confirmations> = {},
  tools: Pick<ReviewInput, 'newHash' | 'rebuild'> = {},
): Promise<SnapshotReview> {
  return reviewSnapshot({
    ...openBundle(unpacked),
    memory: memoryIn(machine),
    now: world.now(),
    confirmations: { ...NO_CONFIRMATIONS, ...confirmations },
    newHash: () => createHash('sha256'),
    gunzip: (bytes) => Readable.from(bytes).pipe(createGunzip()) as AsyncIterable<Uint8Array>, // Binary, so bytes.
    ...tools,
  });
}

/** The codes that speak against it, each once. */
export function codesOf({ refusals }: SnapshotReview): string[] {
  return [...new Set(refusals.map(({ code }) => code))].sort();
}

/** Signs what was reviewed, and remembers it. @throws Error when anything speaks against it */
export async function signReviewed(
  unpacked: Unpacked,
  reviewed: SnapshotReview,
  signer: Signer,
  machine: Machine,
): Promise<SignatureFile> {
  if (!reviewed.signed || !reviewed.memory || reviewed.digest === null)
    throw new Error(`Refused: ${JSON.stringify(reviewed.refusals)}`);
  const request = SigningRequest.parse(openBundle(unpacked).request);
  remember(machine, reviewed.memory, (path) => Buffer.from(unpacked.get(path) ?? []).toString());
  return signRequest({ ...request, signed: reviewed.signed, digest: reviewed.digest }, signer);
}

/** What a person would answer for, all of it: the refusals that ask for an answer, answered. */
export function answersTo({ refusals }: SnapshotReview): Partial<Confirmations> {
  const answers: Partial<Record<keyof Confirmations, string[]>> = {};
  for (const { confirm } of refusals) if (confirm) (answers[confirm.kind] ??= []).push(confirm.value);
  return answers;
}
