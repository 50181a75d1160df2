import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { NewHash } from './files.ts';
import type { SignerMemory, SignersMemory } from './memory.ts';
import { Refused } from './refusal.ts';
import { TOMBSTONES } from './targets.ts';
import { readTombstones, type Tombstones } from './tombstones.ts';

/**
 * The directory as this machine verified it; its own disk may fail too.
 * @throws Refused `memory-damaged`, at the end
 */
export function rememberedLines(
  memory: SignersMemory,
  { manifest: { sequence, contentDigest } }: SignerMemory,
  newHash: NewHash,
): AsyncGenerator<string> {
  return unharmed(memory.directory(sequence), contentDigest, `The directory of snapshot ${sequence}`, newHash);
}

/** The tombstones as this machine verified them. @throws Refused `memory-damaged` */
export function rememberedTombstones(
  memory: SignersMemory,
  { manifest: { sequence, files } }: SignerMemory,
  newHash: NewHash,
): Promise<Tombstones> {
  const what = `The tombstones of snapshot ${sequence}`;
  const hash = files.find(({ path }) => path === TOMBSTONES)?.sha256 ?? '';
  return readTombstones(unharmed(memory.tombstones(sequence), hash, what, newHash)).catch(() => {
    throw new Refused('memory-damaged', what);
  });
}

async function* unharmed(
  lines: AsyncIterable<string>,
  sha256: string,
  what: string,
  newHash: NewHash,
): AsyncGenerator<string> {
  const hash = newHash();
  for await (const line of lines) {
    hash.update(utf8ToBytes(`${line}\n`));
    yield line;
  }
  if (bytesToHex(Uint8Array.from(hash.digest())) !== sha256) throw new Refused('memory-damaged', what);
}
