import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { Refused } from './refusal.ts';

/** The target files that lie before a signer: on a stick, in a zip, in a browser's memory. */
export type SnapshotFiles = {
  paths(): readonly string[];
  /** The bytes of a file, in pieces. Asked only for paths it named. */
  read(path: string): AsyncIterable<Uint8Array>;
};

/** SHA-256 while bytes come: Node's is quicker than ours, and the browser has none that takes pieces. */
export type Hashing = { update(bytes: Uint8Array): unknown; digest(): Uint8Array };
export type NewHash = () => Hashing;
export const pureHash: NewHash = () => sha256.create();

export type Measured = { length: number; sha256: string };

/** No line of ours is longer by far: somebody's endless line must not fill the memory. */
const LONGEST_LINE = 8 * 1024 * 1024;

/**
 * Passes bytes on and measures them on the way.
 * @param most ends the reading when there are more bytes than will be signed
 */
export function measuring(chunks: AsyncIterable<Uint8Array>, newHash: NewHash, most = Number.MAX_SAFE_INTEGER) {
  const hash = newHash();
  let length = 0;
  return {
    async *bytes(): AsyncGenerator<Uint8Array> {
      for await (const chunk of chunks) {
        length += chunk.length;
        hash.update(chunk);
        if (length > most) return;
        yield chunk;
      }
    },
    /** Once, after the end. */
    found: (): Measured => ({ length, sha256: bytesToHex(Uint8Array.from(hash.digest())) }),
  };
}

/** Text in pieces. @throws Refused `file-wrong` when it is not UTF-8 */
async function* decoded(chunks: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const decode = (chunk?: Uint8Array) => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch {
      throw new Refused('file-wrong', `${path} is not UTF-8`);
    }
  };
  for await (const chunk of chunks) yield decode(chunk);
  yield decode();
}

/** Lines of UTF-8 text, the last one also without its end. @throws Refused `file-wrong` for other bytes */
export async function* linesIn(chunks: AsyncIterable<Uint8Array>, path: string): AsyncGenerator<string> {
  let rest = '';
  for await (const text of decoded(chunks, path)) {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > LONGEST_LINE) throw new Refused('file-wrong', `${path} has a line without end`);
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** A whole small text. @throws Refused `file-wrong` when it is not UTF-8 */
export async function textOf(chunks: AsyncIterable<Uint8Array>, path: string): Promise<string> {
  let whole = '';
  for await (const text of decoded(chunks, path)) whole += text;
  return whole;
}

/** Reads a file to its end and says what it was. */
export async function measure(chunks: AsyncIterable<Uint8Array>, newHash: NewHash, most: number): Promise<Measured> {
  const measured = measuring(chunks, newHash, most);
  const bytes = measured.bytes();
  while (!(await bytes.next()).done);
  return measured.found();
}
