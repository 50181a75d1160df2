import { COMMAND_LINE_LIMITS, UPLOAD_LIMITS, type Limits } from '@waymark/import';
import type { Store } from '@waymark/store';

/** How large a file may be, and what a thread that works on it may take. */
export interface Room {
  limits: Limits;
  /** Megabytes of its heap. */
  memory: number;
  /** Milliseconds. */
  time: number;
}

/** Beside a server that serves others: a file of 5,000 rows takes a few seconds. */
const UPLOAD: Room = { limits: UPLOAD_LIMITS, memory: 256, time: 120_000 };

/** In a process that serves nobody else. */
const COMMAND_LINE: Room = { limits: COMMAND_LINE_LIMITS, memory: 4096, time: 3_600_000 };

const roomy = new WeakSet<Store>();

/** Lets this process take the files of the command line, which holds the store alone. */
export function takeLargeFiles(store: Store): void {
  roomy.add(store);
}

export const roomOf = (store: Store): Room => (roomy.has(store) ? COMMAND_LINE : UPLOAD);
