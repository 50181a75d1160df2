/**
 * What a reader remembers, by name. Implemented for a folder, for IndexedDB and for memory; each keeps its promise or throws.
 */
export type Store = {
  /** Everything of the last `write` that came to its end; empty at first, and when it cannot be read. */
  read(): Promise<Map<string, Uint8Array>>;
  /** Replaces everything: all of it, or after a crash at any point all of what was there before. */
  write(files: ReadonlyMap<string, Uint8Array>): Promise<void>;
  /** The highest numbers ever seen. Kept apart from the rest, so that emptying a cache does not forget them (SNAPSHOTS §4.8). */
  readHighWater(): Promise<HighWater>;
  writeHighWater(highWater: HighWater): Promise<void>;
};

/** Sequences of the snapshot and of the list of withdrawals; 0 when none was seen. */
export type HighWater = { sequence: number; urgent: number };

export const NOTHING_SEEN: HighWater = { sequence: 0, urgent: 0 };

/** Keeps everything until the process ends. */
export function memoryStore(): Store {
  let files: ReadonlyMap<string, Uint8Array> = new Map();
  let highWater = NOTHING_SEEN;
  return {
    read: async () => new Map(files),
    write: async (next) => void (files = new Map(next)),
    readHighWater: async () => highWater,
    writeHighWater: async (next) => void (highWater = next),
  };
}

/** Reads a high-water mark as it was written; what cannot be read is nothing seen. */
export function toHighWater(value: unknown): HighWater {
  const { sequence, urgent } = (value ?? {}) as Partial<HighWater>;
  const number = (n: unknown) => (typeof n === 'number' && Number.isSafeInteger(n) && n > 0 ? n : 0);
  return { sequence: number(sequence), urgent: number(urgent) };
}
