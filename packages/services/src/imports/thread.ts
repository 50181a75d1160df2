import { refuse, type Refusal } from '@waymark/domain';
import { READ_REFUSALS, startThread, type ReadRefusal } from '@waymark/import';
import { Problem } from '@waymark/store';
import type { Room } from './room.ts';
import type { Message, Work } from './work.ts';

// The build puts the program of the thread beside the server, and its address here.
const PROGRAM = new URL('./importWorker.ts', import.meta.url);

/**
 * Runs a piece of work in a thread of its own, so that others are served meanwhile: a file that takes too long or too much memory costs
 * the thread, and is refused.
 * @param hear is told everything the thread says
 * @throws Problem for files that are refused, and when `signal` ends it
 */
export function runInThread(
  work: Work,
  { memory, time }: Room,
  hear: (message: Message) => void,
  signal?: AbortSignal,
): Promise<void> {
  if (signal?.aborted) return Promise.reject(ended('cancelled'));
  const worker = startThread(PROGRAM, work, memory);
  return new Promise<void>((resolve, reject) => {
    const cancel = () => reject(ended('cancelled'));
    const timer = setTimeout(() => reject(ended('out-of-time')), time);
    signal?.addEventListener('abort', cancel);
    worker.on('message', (message: Message) => {
      if ('refusal' in message) reject(new Problem(fileRefusal(message.refusal)));
      else hear(message);
    });
    worker.on('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? ended('out-of-memory') : error),
    );
    worker.on('exit', (code) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      if (code === 0) resolve();
      else reject(new Error('The thread ended without a word'));
    });
  }).finally(() => worker.terminate());
}

const ended = (code: ReadRefusal['code']): Problem => new Problem(fileRefusal({ code, detail: '' }));

const BY_STATUS = {
  413: 'file-too-large',
  415: 'file-not-taken',
  422: 'file-unreadable',
  409: 'file-unreadable',
} as const;

/** Why a file is not read, as a refusal of ours: what is wrong, where, and the way out stand in the detail; the place besides as a pointer. */
export function fileRefusal({ code, detail, place = {} }: ReadRefusal): Refusal {
  const { status, title } = READ_REFUSALS[code];
  const path = Object.entries(place)
    .map(([part, value]) => `/${part}/${String(value).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
  return refuse(BY_STATUS[status], `${title}. ${detail}`.trim(), path === '' ? undefined : [{ path, message: title }]);
}
