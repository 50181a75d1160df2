import { setTimeout as wait } from 'node:timers/promises';
import type { UnitableType } from '@waymark/domain';
import { startThread, type LikelyPairs } from '@waymark/import';
import { directoryVersion, type Context, type Store } from '@waymark/store';

/** Likely duplicates of the whole directory. */
export type FoundPairs = Record<UnitableType, LikelyPairs>;

/** What the thread says, with how many entries it looked at. */
export type Message = FoundPairs & { looked: number };

export type Search = {
  /** The last result; undefined before the first. It may be of a directory that has changed since: then a newer one is on its way. */
  found: (FoundPairs & { at: string }) | undefined;
  state: 'ready' | 'working' | 'failed';
};

type Kept = { found?: Search['found']; of?: string; running?: Promise<void>; failedFor?: string; restsUntil?: number };

/** One result for each database, in memory: it follows from the directory, so a restart loses nothing. */
const kept = new WeakMap<Store, Kept>();

// The build puts the program of the thread beside the server, and its address here.
const PROGRAM = new URL('./duplicatesWorker.ts', import.meta.url);
/** Megabytes of the thread's heap: 100,000 entries take a third of it. */
const MEMORY_LIMIT = 1024;
/** A search of more entries rests four times as long as it took, so that a large directory in motion does not take up a processor. */
const MANY = 10_000;
/** Milliseconds that somebody waits for the first result of a small directory, before they are told to come again. */
const FIRST_WAIT = 2_000;

/**
 * Likely duplicates of the directory. Looking for them is work for a thread of its own, on a connection of its own: one search at a time,
 * started when somebody asks and the directory is another than the one looked at last. Until it is done the last result is given.
 */
export async function findDuplicates({ store, now }: Pick<Context, 'store' | 'now'>): Promise<Search> {
  const search = kept.get(store) ?? {};
  kept.set(store, search);
  const version = await directoryVersion(store.read);
  const isNew = search.of !== version && search.failedFor !== version;
  const isResting = performance.now() < (search.restsUntil ?? 0);
  if (isNew && !isResting && !search.running) search.running = run(store, search, version, now().toISOString());
  if (search.running && !search.found)
    await Promise.race([search.running, wait(FIRST_WAIT, undefined, { ref: false })]);
  const isAwaited = search.running !== undefined || (isNew && search.of !== version && search.failedFor !== version);
  const state = isAwaited ? 'working' : search.failedFor === version ? 'failed' : 'ready';
  return { found: search.found, state };
}

async function run(store: Store, search: Kept, version: string, at: string): Promise<void> {
  const start = performance.now();
  try {
    const { looked, ...found } = await searchInThread(store.file);
    search.found = { ...found, at };
    search.of = version;
    if (looked > MANY) search.restsUntil = performance.now() + 4 * (performance.now() - start);
  } catch {
    // The same directory would cost as much again; the next change starts anew.
    search.failedFor = version;
  } finally {
    delete search.running;
  }
}

/** The last result, however old: for whoever only mentions it, and should not wait for it. */
export function lastFound({ store }: Pick<Context, 'store'>): Search['found'] {
  return kept.get(store)?.found;
}

function searchInThread(file: string): Promise<Message> {
  const worker = startThread(PROGRAM, { file }, MEMORY_LIMIT);
  // Nobody waits for it when the server stops.
  worker.unref();
  return new Promise<Message>((resolve, reject) => {
    worker.on('message', resolve);
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('The thread that looked for duplicates ended without a word')));
  }).finally(() => worker.terminate());
}
