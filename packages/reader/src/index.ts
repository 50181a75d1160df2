import { folderStore } from './node/folderStore.ts';
import { nodeCrypto } from './node/nodeCrypto.ts';
import { readSeed } from './node/readSeed.ts';
import { tufJsEngine } from './node/tufJs.ts';
import { openReader, type Platform, type Reader, type ReaderOptions } from './reader.ts';
import { collectSeed, packSeed } from './seed.ts';
import type { SnapshotInfo } from './snapshotInfo.ts';
import { httpSource, type Fetch } from './source.ts';
import { ownEngine } from './tuf/update.ts';

export type { Description } from './describe.ts';
export type { Query } from './find.ts';
export { ReaderProblem, type ProblemCode } from './problem.ts';
export type { Reader, ReaderEvent, Refreshed, State } from './reader.ts';
export type { SnapshotInfo } from './snapshotInfo.ts';
export type { Request } from './toRequest.ts';

export type OpenOptions = ReaderOptions & {
  /** Folder of this reader. One reader per folder writes; it may be emptied at any time, but for `high-water.json`. */
  dir: string;
  /** What the app was shipped with: `seed.zip`, its unpacked folder, or bytes. May be left out when the folder is filled. */
  seed?: string | Uint8Array | undefined;
  /** Default: the stock TUF client, tuf-js, checked by ours. `own`: ours alone, as in browsers. */
  engine?: 'tuf-js' | 'own' | undefined;
  /** Parts of the platform to replace, for tests. */
  platform?: Partial<Platform> | undefined;
};

/**
 * Opens the directory for reading, on Node. Answers at once from what is at hand and looks for something newer by itself.
 * @throws ReaderProblem when there is neither a sound seed nor anything remembered
 */
export async function open({ dir, seed, engine, platform, ...options }: OpenOptions): Promise<Reader> {
  const store = platform?.store ?? folderStore(dir);
  return openReader(await readSeed(seed), options, { ...nodePlatform(engine), ...platform, store });
}

/**
 * Makes `seed.zip` of what a repository serves now, for apps to ship.
 * @param options.root the root trusted without asking, as its file's bytes
 */
export async function makeSeed(options: {
  url: string;
  root: Uint8Array;
  fetch?: Fetch;
  now?: Date;
}): Promise<{ zip: Uint8Array; snapshot: SnapshotInfo }> {
  const platform = nodePlatform('tuf-js');
  const { url, root, fetch = platform.fetch, now = new Date() } = options;
  const { files, snapshot } = await collectSeed(root, httpSource(url, { fetch }), { ...platform, now });
  return { zip: packSeed(files), snapshot };
}

function nodePlatform(engine: OpenOptions['engine']): Omit<Platform, 'store'> {
  return {
    engine: engine === 'own' ? ownEngine(nodeCrypto) : tufJsEngine(nodeCrypto),
    crypto: nodeCrypto,
    fetch: (url, init) => fetch(url, init),
    now: () => new Date(),
    timers: {
      set(run, milliseconds) {
        const timer = setTimeout(run, milliseconds);
        // A reader must not keep a program from ending.
        timer.unref();
        return () => clearTimeout(timer);
      },
    },
    random: Math.random,
  };
}
