import { indexedDbStore } from './browser/indexedDbStore.ts';
import { webCrypto } from './browser/webCrypto.ts';
import type { SeedFiles } from './memory.ts';
import { openReader, type Platform, type Reader, type ReaderOptions } from './reader.ts';
import { unpackSeed } from './seed.ts';
import { memoryStore } from './store.ts';
import { ownEngine } from './tuf/update.ts';

export type { Description } from './describe.ts';
export type { Query } from './find.ts';
export { ReaderProblem, type ProblemCode } from './problem.ts';
export type { Reader, ReaderEvent, Refreshed, State } from './reader.ts';
export type { SnapshotInfo } from './snapshotInfo.ts';
export type { Request } from './toRequest.ts';

export type OpenOptions = ReaderOptions & {
  /** Name of the database this reader keeps. Default `waymark`. */
  name?: string | undefined;
  /** What the app was shipped with: the address of `seed.zip` in the app itself, or bytes. Left out: what is remembered. */
  seed?: string | Uint8Array | undefined;
  /** Parts of the platform to replace, for tests. */
  platform?: Partial<Platform> | undefined;
};

/**
 * Opens the directory for reading, in a browser. Answers at once from what is at hand and looks for something newer by itself.
 * @throws ReaderProblem when there is neither a sound seed nor anything remembered
 */
export async function open({ name = 'waymark', seed, platform, ...options }: OpenOptions): Promise<Reader> {
  const crypto = platform?.crypto ?? (await webCrypto());
  const store = platform?.store ?? (typeof indexedDB === 'undefined' ? memoryStore() : indexedDbStore(name));
  return openReader(await readSeed(seed), options, {
    engine: ownEngine(crypto),
    crypto,
    fetch: (url, init) => fetch(url, init),
    now: () => new Date(),
    timers: {
      set(run, milliseconds) {
        const timer = setTimeout(run, milliseconds);
        return () => clearTimeout(timer);
      },
    },
    random: Math.random,
    ...platform,
    store,
  });
}

/** A seed that cannot be had is none: what is remembered may be enough, offline above all. */
async function readSeed(seed: string | Uint8Array | undefined): Promise<SeedFiles> {
  if (seed === undefined) return new Map();
  if (typeof seed !== 'string') return unpackSeed(seed);
  const bytes = await fetch(seed, { credentials: 'omit' }).then(
    async (response) => (response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined),
    () => undefined,
  );
  return bytes ? unpackSeed(bytes) : new Map();
}
