import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { NewHash } from './files.ts';
import type { SignerMemory, SignersMemory } from './memory.ts';
import { Refused } from './refusal.ts';

/**
 * The directory as this machine verified it; its own disk may fail too.
 * @throws Refused `memory-damaged`, at the end
 */
export async function* rememberedLines(
  memory: SignersMemory,
  { manifest }: SignerMemory,
  newHash: NewHash,
): AsyncGenerator<string> {
  const hash = newHash();
  for await (const line of memory.directory(manifest.sequence)) {
    hash.update(utf8ToBytes(`${line}\n`));
    yield line;
  }
  if (bytesToHex(Uint8Array.from(hash.digest())) !== manifest.contentDigest)
    throw new Refused('memory-damaged', `The directory of snapshot ${manifest.sequence}`);
}
