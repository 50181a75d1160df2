import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { deltaPath } from '../delta.ts';
import { deltaLines } from '../forms/deltaLines.ts';
import { canonicalJson } from '../hash.ts';
import type { Manifest, SnapshotFile } from '../manifest.ts';
import { linesIn, type NewHash } from './files.ts';
import type { SignerMemory, SignersMemory } from './memory.ts';
import { hashOfText, type Proof } from './proof.ts';
import { rememberedLines } from './rememberedLines.ts';
import { DIRECTORY, openTarget } from './targets.ts';

type Context = Parameters<typeof openTarget>[1];
export type DeltaFacts = { manifest: Manifest; memory: SignersMemory; last: SignerMemory | undefined };

const DELTA = /^v1\/delta\//;

/**
 * Looks at every delta that would be signed. One that was signed before is known by its hash. One that leads here from a
 * snapshot that this machine remembers is made again. Of one that leads here from an older snapshot, nothing may stand in it that
 * the directory does not hold: whether it is whole, the digest of what it leads to says to every reader.
 * @returns to be told of each line of the directory, and at its end
 */
export async function openDeltas(context: Context, facts: DeltaFacts, proof: Proof) {
  const harmless = newHarmless(proof);
  for (const file of facts.manifest.files) {
    if (!DELTA.test(file.path) && !file.delta) continue;
    const way = wayOf(file, facts);
    if (way === 'carried-over') proof.see(file.path);
    // On the first day all of it is taken on the word of another signer.
    else if (way === 'unknown' && !facts.last) continue;
    else if (way === 'unknown')
      proof.refuse(file.path, 'it does not lead to this snapshot, nor was it published before');
    else if (way === 'from-before') await harmless.read(file.path, context);
    else proof.expect(file.path, await hashOfDelta(way, context, facts.memory));
  }
  return harmless;
}

/** Where a delta comes from, as far as this machine can tell; the snapshot itself where it remembers that. */
function wayOf(
  { path, sha256, delta }: SnapshotFile,
  { manifest, last, memory }: DeltaFacts,
): SignerMemory | 'carried-over' | 'from-before' | 'unknown' {
  if (!delta || path !== deltaPath(delta.fromSequence, delta.toSequence)) return 'unknown';
  const before = last?.manifest.files.find((file) => file.path === path);
  if (before?.delta && before.sha256 === sha256 && canonicalJson(before.delta) === canonicalJson(delta))
    return 'carried-over';
  const leadsHere = delta.toSequence === manifest.sequence && delta.toContentDigest === manifest.contentDigest;
  if (!leadsHere || delta.fromSequence >= manifest.sequence) return 'unknown';
  const base = memory.snapshots.find((known) => known.manifest.sequence === delta.fromSequence);
  if (base?.manifest.contentDigest === delta.fromContentDigest) return base;
  return base ? 'unknown' : 'from-before';
}

async function hashOfDelta(base: SignerMemory, context: Context, memory: SignersMemory): Promise<string> {
  const { files, newHash } = context;
  const before = rememberedLines(memory, base, newHash);
  return hashOfLines(deltaLines(before, linesIn(files.read(DIRECTORY), DIRECTORY)), newHash);
}

async function hashOfLines(lines: AsyncIterable<string>, newHash: NewHash): Promise<string> {
  const hash = newHash();
  for await (const line of lines) hash.update(utf8ToBytes(line));
  return bytesToHex(Uint8Array.from(hash.digest()));
}

type Claim = { path: string; /** Of the record; undefined where the line says that it is gone. */ record?: string };

/** Deltas whose base nobody here has: held against the directory they lead to. */
function newHarmless(proof: Proof) {
  const claims = new Map<string, Claim[]>();
  return {
    async read(path: string, context: Context): Promise<void> {
      proof.see(path);
      let last = '';
      for await (const line of openTarget(path, context).lines()) {
        const step = parseStep(line);
        if (!step || step.id <= last) return proof.refuse(path, 'a line is no step of a delta, or out of its order');
        last = step.id;
        const claim = { path, ...(step.record === undefined ? {} : { record: hashOfText(step.record) }) };
        claims.set(step.id, [...(claims.get(step.id) ?? []), claim]);
      }
    },
    see(id: string, line: string): void {
      for (const { path, record } of claims.get(id) ?? []) {
        if (record === undefined) proof.refuse(path, `it takes ${id} away, which the directory holds`);
        else if (record !== hashOfText(line)) proof.refuse(path, `${id} is another record than in the directory`);
      }
      claims.delete(id);
    },
    end(): void {
      for (const [id, left] of claims)
        for (const { path, record } of left)
          if (record !== undefined) proof.refuse(path, `it brings in ${id}, which the directory does not hold`);
    },
  };
}

/** A step in canonical form; its record as the line it would be. */
function parseStep(line: string): { id: string; record?: string } | undefined {
  try {
    const step = JSON.parse(line) as { op?: unknown; id?: unknown; record?: { id?: unknown } };
    const { op, id, record } = step;
    if (typeof id !== 'string' || canonicalJson(step) !== line) return undefined;
    if (op === 'withdraw') return Object.keys(step).length === 2 ? { id } : undefined;
    const isUpsert = op === 'upsert' && Object.keys(step).length === 3 && record?.id === id;
    return isUpsert ? { id, record: canonicalJson(record) } : undefined;
  } catch {
    return undefined;
  }
}
