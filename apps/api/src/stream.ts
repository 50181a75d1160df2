import type { AppContext } from './deps.ts';

/** Enough that a line does not cost a chunk of its own. */
const CHUNK = 64 * 1024;

/** Sends text as it is made; the reader's pace sets ours, and a reader who goes away ends the work. */
export function streamText(c: AppContext, lines: AsyncGenerator<string>): Response {
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      let text = '';
      while (text.length < CHUNK) {
        const { done, value } = await lines.next();
        if (done) {
          if (text !== '') controller.enqueue(encoder.encode(text));
          controller.close();
          return;
        }
        text += value;
      }
      controller.enqueue(encoder.encode(text));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
  return c.body(stream);
}

/** Sends bytes as they are made. */
export function streamBytes(c: AppContext, pieces: AsyncGenerator<Uint8Array>): Response {
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
  return c.body(stream);
}
