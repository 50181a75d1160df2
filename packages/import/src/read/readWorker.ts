import { parentPort, workerData } from 'node:worker_threads';
import { read } from './read.ts';
import type { Message, Work } from './readInWorker.ts';

/** The program of the thread: reads the bytes it was started with, says how far it is, and what became of them. */
const { bytes, options } = workerData as Work;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads is no window.
const say = (message: Message) => parentPort?.postMessage(message);

say({ result: await read(bytes, { ...options, onProgress: (progress) => say({ progress }) }) });
