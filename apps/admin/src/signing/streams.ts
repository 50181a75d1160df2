/** The pieces of a stream. Not every browser can walk over one by itself. */
export async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    // Also when whoever reads has had enough.
    await reader.cancel().catch(() => undefined);
  }
}

/** Unpacks gzip. What is none ends early, so that the hash of the whole tells. */
export async function* gunzip(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  const feed = async () => {
    for await (const piece of packed) await writer.write(new Uint8Array(piece));
    await writer.close();
  };
  // Both sides fail together; the reading side says so.
  const fed = feed().catch(() => undefined);
  try {
    yield* chunksOf(readable);
  } catch {
    return;
  }
  await fed;
}
