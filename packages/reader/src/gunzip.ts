import { ReaderProblem } from './problem.ts';
import { joined } from './source.ts';

/**
 * Unpacks gzip to exactly as many bytes as were promised; a bomb is stopped at the first byte too many.
 * `DecompressionStream` is in Node 18 and in browsers since 2023; without it callers take the file that is not packed.
 * @throws ReaderProblem `hash`
 */
export async function gunzip(bytes: Uint8Array, length: number): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream('gzip'));
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let total = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      total += part.value.length;
      if (total > length) break;
      chunks.push(part.value);
    }
  } catch (cause) {
    throw new ReaderProblem('hash', 'a packed file cannot be unpacked', { cause });
  }
  if (total !== length) {
    await reader.cancel().catch(() => undefined);
    throw new ReaderProblem('hash', `a packed file does not hold the ${length} bytes it should`);
  }
  return joined(chunks, length);
}

/** Whether this platform can unpack. */
export function canGunzip(): boolean {
  return typeof DecompressionStream === 'function';
}
