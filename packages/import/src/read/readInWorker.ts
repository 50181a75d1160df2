import { startThread } from '../thread.ts';
import { collect } from './collect.ts';
import { UPLOAD_LIMITS } from './limits.ts';
import type { Progress, ReadOptions } from './options.ts';
import type { ReadResult } from './read.ts';
import { ReadProblem, type ReadRefusalCode } from './refusal.ts';

/** What the thread gets. */
export interface Work {
  bytes: Uint8Array;
  options: Partial<Omit<ReadOptions, 'onProgress'>>;
}
/** What the thread says. */
export type Message = { progress: Progress; result?: never } | { result: ReadResult; progress?: never };

export interface WorkerOptions extends Partial<ReadOptions> {
  /** Ends reading at once. */
  signal?: AbortSignal;
  /** Milliseconds; a file of 5 MB takes two seconds. */
  timeLimit?: number;
  /** Megabytes of the thread's heap. */
  memoryLimit?: number;
}

// The build puts the program of the thread beside the server, and its address here.
const PROGRAM = new URL('./readWorker.ts', import.meta.url);

/**
 * `read` in a thread of its own, so that others are served meanwhile: a file that takes too long or too much memory costs the
 * thread, and is refused. The bytes are handed over: the caller's own are empty afterwards, unless they came as a stream.
 */
export async function readInWorker(
  input: Uint8Array | AsyncIterable<Uint8Array>,
  { signal, timeLimit = 60_000, memoryLimit = 512, onProgress, ...options }: WorkerOptions = {},
): Promise<ReadResult> {
  try {
    const bytes = await collect(input, (options.limits ?? UPLOAD_LIMITS).bytes);
    return await run({ bytes, options }, { signal, timeLimit, memoryLimit, onProgress });
  } catch (error) {
    if (error instanceof ReadProblem) return { refusal: error.refusal };
    throw error;
  }
}

type Terms = Pick<WorkerOptions, 'onProgress'> & {
  signal: AbortSignal | undefined;
  timeLimit: number;
  memoryLimit: number;
};

function run(work: Work, { signal, timeLimit, memoryLimit, onProgress }: Terms): Promise<ReadResult> {
  if (signal?.aborted) throw ended('cancelled');
  const worker = startThread(PROGRAM, work, memoryLimit);
  return new Promise<ReadResult>((resolve, reject) => {
    const stop = (code: ReadRefusalCode) => () => reject(ended(code));
    const timer = setTimeout(stop('out-of-time'), timeLimit);
    const cancel = stop('cancelled');
    signal?.addEventListener('abort', cancel);
    worker.on('message', ({ progress, result }: Message) => {
      if (progress !== undefined) onProgress?.(progress);
      else resolve(result);
    });
    worker.on('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? ended('out-of-memory') : error),
    );
    worker.on('exit', () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      reject(new Error('The thread that read the file ended without a word'));
    });
  }).finally(() => worker.terminate());
}

const DETAILS: Partial<Record<ReadRefusalCode, string>> = {
  'out-of-time': 'The file is unusually slow to read. Save the table anew as "CSV UTF-8", or split it.',
  'out-of-memory': 'The file unfolds to more than can be kept. Save the table anew as "CSV UTF-8", or split it.',
  cancelled: 'Nothing was kept. Send the file again to read it.',
};

function ended(code: ReadRefusalCode): ReadProblem {
  return new ReadProblem(code, DETAILS[code] ?? '');
}
