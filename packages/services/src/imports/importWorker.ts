import { parentPort, workerData } from 'node:worker_threads';
import { giveCells } from './giveCells.ts';
import { lookInto, optionsOf } from './lookInto.ts';
import { understandFile } from './understandFile.ts';
import type { Message, Work } from './work.ts';

/** The program of the thread: does the one thing it was started for, and says how far it is and what came out. */
const work = workerData as Work;
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port between threads is no window.
const say = (message: Message) => parentPort?.postMessage(message);

if ('look' in work) say(await lookInto(work.look, optionsOf(work.reading, work.limits)));
else if ('cells' in work) await giveCells(work.cells, optionsOf(work.reading, work.limits), say);
else await understandFile(work.preview, say);
