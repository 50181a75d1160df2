import { once } from 'node:events';
import { startThread } from '../thread.ts';

// The build puts the program of the thread beside the server, and its address here.
const PROGRAM = new URL('./xlsxWorker.ts', import.meta.url);
/** Megabytes: 5,000 entries take a fifth of it. */
const MEMORY = 1024;

/** `writeXlsx` in a thread of its own, so that others are served meanwhile: a workbook is made as a whole. */
export async function writeXlsxInWorker(rows: readonly (readonly string[])[]): Promise<Uint8Array> {
  const worker = startThread(PROGRAM, rows, MEMORY);
  try {
    const [bytes] = (await once(worker, 'message')) as [Uint8Array];
    return bytes;
  } finally {
    await worker.terminate();
  }
}
