import { ReadProblem } from './refusal.ts';
import { figure } from './rowGate.ts';

/** The bytes of a stream. @throws ReadProblem file-too-large, as soon as it is */
export async function collect(input: Uint8Array | AsyncIterable<Uint8Array>, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of input instanceof Uint8Array ? [input] : input) {
    size += chunk.length;
    if (size > limit)
      throw new ReadProblem(
        'file-too-large',
        `At most ${figure(limit / 1_000_000)} MB are read. Remove columns and sheets that are not needed, split the file, or import it on the command line.`,
      );
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}
