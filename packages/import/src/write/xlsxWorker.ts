import { parentPort, workerData } from 'node:worker_threads';
import { writeXlsx } from './xlsx.ts';

/** The program of the thread: makes the workbook of the rows it was started with. */
const bytes = await writeXlsx(workerData as string[][]);
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads is no window.
parentPort?.postMessage(new Uint8Array(bytes));
