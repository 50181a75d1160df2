import type { PublishedEntry, PublishedRecord, Route, RouteStep, WithheldEntry } from '@waymark/domain';
import { route } from '@waymark/domain/route';
import { describe, describeWithheld, type Description } from './describe.ts';
import {
  directoryOf,
  isEntry,
  recordsOf,
  shownAt,
  toWithdrawn,
  type Directory,
  type WithdrawnEntry,
} from './directory.ts';
import { find, type Query } from './find.ts';
import { bringHeld } from './held.ts';
import { bringLane } from './lane.ts';
import { fromFiles, fromSeed, later, timestampExpires, toFiles, type Memory, type SeedFiles } from './memory.ts';
import { ReaderProblem, toProblem } from './problem.ts';
import { startSchedule, type Timers } from './schedule.ts';
import type { SnapshotInfo } from './snapshotInfo.ts';
import { snapshotInfoOf } from './snapshotInfo.ts';
import { httpSource, type Fetch } from './source.ts';
import { NOTHING_SEEN, type HighWater, type Store } from './store.ts';
import { toRequest, type Request } from './toRequest.ts';
import type { Crypto } from './tuf/crypto.ts';
import type { Engine, Source } from './tuf/trusted.ts';

/**
 * `seed`: what the app was shipped with; nothing newer was seen yet. `fresh`: verified, and the repository vouches for it now.
 * `stale`: verified, but the last look failed or is long ago; show it, with the date.
 */
export type State = 'seed' | 'fresh' | 'stale';

export type ReaderEvent =
  | { type: 'changed'; snapshot: SnapshotInfo }
  | { type: 'state'; state: State }
  /** Something no honest host serves. What is shown stays as it was; tell who runs the app, not the person who reads. */
  | { type: 'alarm'; problem: ReaderProblem; url: string };

/** What a refresh did. It never throws. */
export type Refreshed = {
  state: State;
  changed: boolean;
  /** How the directory came: nothing new, by deltas, or whole. */
  way: 'kept' | 'delta' | 'full' | 'none';
  /** Of every mirror that was tried in vain. */
  problems: { url: string; problem: ReaderProblem }[];
};

export type Reader = {
  /** Records that may be shown now: without what expired or was withdrawn. Never empty because a date of the metadata passed. */
  readonly records: readonly PublishedRecord[];
  readonly snapshot: SnapshotInfo;
  readonly state: State;
  /** When a refresh last came to a good end: "checked on …". Undefined: never. */
  readonly checkedAt: string | undefined;
  /** Where a person can turn, in order (DOMAIN §4.2). Computed here; nothing is sent. */
  route(request: Request): Route;
  /** A step in words: what it is called and how to get through. Of what `route` withholds, the name and the mark alone. */
  describe(step: RouteStep | WithheldEntry, locale?: string): Description;
  find(query: Query): PublishedEntry[];
  /** What is temporarily withdrawn, for lists to name with its mark: nothing here can be dialled. */
  withdrawn(query?: Query): WithdrawnEntry[];
  entry(id: string): PublishedEntry | undefined;
  /** @returns a function that ends it. What a listener throws is its own affair. */
  subscribe(listener: (event: ReaderEvent) => void): () => void;
  /** Looks for something newer now. @param what `urgent`: only withdrawals, between two full looks */
  refresh(what?: 'all' | 'urgent'): Promise<Refreshed>;
  close(): void;
};

/** What a platform gives. */
export type Platform = {
  store: Store;
  engine: Engine;
  crypto: Crypto;
  fetch: Fetch;
  now: () => Date;
  timers: Timers;
  /** From 0 up to 1. */
  random: () => number;
};

export type ReaderOptions = {
  /** Mirrors of one repository, tried in order. None of them is trusted. */
  urls: string | readonly string[];
  /** Looks by itself: at start, every six hours, for withdrawals every hour. Default true. */
  auto?: boolean | undefined;
  /** Milliseconds that one file may take. */
  patience?: number | undefined;
};

/**
 * Opens a reader over what is remembered, or the seed where that is newer or nothing is remembered. Needs no network.
 * @throws ReaderProblem when the seed is unusable and nothing else is at hand
 */
export async function openReader(seed: SeedFiles, options: ReaderOptions, platform: Platform): Promise<Reader> {
  const { store, crypto, now } = platform;
  const urls = [options.urls].flat();
  const start = await recall(seed, store, crypto);
  let { memory } = start;
  let highWater = await store.readHighWater().catch(() => NOTHING_SEEN);
  // Of each kind of look: a look for withdrawals that went well says nothing of a directory that cannot be had.
  const failed = { all: false, urgent: false };
  let directory: Directory = directoryOf(recordsOf(memory.held.directory), memory.withdrawals);
  let running: { what: 'all' | 'urgent'; done: Promise<Refreshed> } | undefined;
  let closed = false;
  const listeners = new Set<(event: ReaderEvent) => void>();
  const stateNow = () => stateOf(memory, failed.all || failed.urgent, now());
  let told: State = stateNow();

  function tell(event: ReaderEvent): void {
    for (const listener of listeners) {
      try {
        listener(event);
      } catch {
        // A mistake in a listener must not keep people from their numbers.
      }
    }
  }

  async function keep(next: Memory, seen: HighWater): Promise<ReaderProblem | undefined> {
    const isNew = next.held.directory !== memory.held.directory || next.lane?.withdrawn !== memory.lane?.withdrawn;
    if (isNew) {
      const records =
        next.held.directory === memory.held.directory ? directory.records : recordsOf(next.held.directory);
      directory = directoryOf(records, next.withdrawals);
    }
    memory = next;
    try {
      // The mark first: were the order reversed, a crash between the two would forget it.
      if (seen.sequence !== highWater.sequence || seen.urgent !== highWater.urgent) await store.writeHighWater(seen);
      highWater = seen;
      await store.write(toFiles(memory));
    } catch (error) {
      // A full disk: what was verified is shown all the same, from memory.
      return toProblem(error, 'storage');
    }
    return undefined;
  }

  async function lookAt(
    source: Source,
    what: 'all' | 'urgent',
  ): Promise<{ way: Refreshed['way']; unkept?: ReaderProblem | undefined }> {
    let root = memory.trusted.root;
    const keepRoot = (bytes: Uint8Array) => void (root = bytes);
    try {
      const update = await platform.engine.update(memory.trusted, source, now(), keepRoot);
      const urgent = await bringLane(update, memory, highWater, source, crypto);
      const lane = { lane: urgent.lane, withdrawals: urgent.withdrawals };
      const seen = { ...highWater, urgent: Math.max(highWater.urgent, lane.withdrawals.sequence) };
      // Withdrawals count at once, whether or not the rest arrives.
      if (lane.lane !== memory.lane) await keep({ ...memory, ...lane }, seen);
      if (what === 'all') {
        const { held, way } = await bringHeld(update.trusted, memory.held, source, crypto);
        const info = snapshotInfoOf(held.manifest);
        requireNoStepBack(info, highWater);
        const checkedAt = now().toISOString();
        const highest = { ...seen, sequence: info.sequence };
        const unkept = await keep({ trusted: update.trusted, held, info, ...lane, checkedAt }, highest);
        requireLane(urgent.problem);
        return { way, unkept };
      }
      requireLane(urgent.problem);
      return { way: 'none' };
    } catch (error) {
      if (root !== memory.trusted.root) await keep({ ...memory, trusted: { ...memory.trusted, root } }, highWater);
      throw error;
    }
  }

  async function look(what: 'all' | 'urgent'): Promise<Refreshed> {
    const [directoryBefore, problems]: [Directory, Refreshed['problems']] = [directory, []];
    let way: Refreshed['way'] = 'none';
    failed[what] = true;
    for (const url of urls) {
      try {
        const seen = await lookAt(httpSource(url, { fetch: platform.fetch, patience: options.patience }), what);
        way = seen.way;
        // What could not be written down is verified all the same.
        if (seen.unkept) problems.push({ url, problem: seen.unkept });
        failed.urgent = false;
        if (what === 'all') failed.all = false;
        break;
      } catch (error) {
        const problem = toProblem(error, 'malformed');
        problems.push({ url, problem });
        if (problem.isAlarm) tell({ type: 'alarm', problem, url });
      }
    }
    const changed = directory !== directoryBefore;
    if (changed) tell({ type: 'changed', snapshot: memory.info });
    const state = stateNow();
    if (state !== told) tell({ type: 'state', state });
    told = state;
    return { state, changed, way, problems };
  }

  const reader: Reader = {
    get records() {
      return shownAt(directory, now().toISOString());
    },
    get snapshot() {
      return memory.info;
    },
    get state() {
      return stateNow();
    },
    get checkedAt() {
      return memory.checkedAt;
    },
    route: (request) => route(toRequest(request), directory.indexed, now().toISOString()),
    describe: (step, locale) =>
      'tier' in step
        ? describe(step, reader.entry(step.id), locale)
        : describeWithheld(
            step,
            directory.records.filter(isEntry).find(({ id }) => id === step.id),
            locale,
          ),
    find: (query) => find(reader.records, query),
    withdrawn: (query = {}) => find(directory.marked, query).flatMap(toWithdrawn),
    entry: (id) => reader.records.filter(isEntry).find((entry) => entry.id === id),
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async refresh(what = 'all') {
      // One look at a time; who asks meanwhile gets its answer, if it is an answer to the question.
      while (running && running.what !== what && what === 'all') await running.done;
      const started = (running ??= { what, done: look(what).finally(() => (running = undefined)) });
      return started.done;
    },
    close() {
      closed = true;
      listeners.clear();
      stop();
    },
  };
  const stop =
    options.auto === false
      ? () => undefined
      : startSchedule((what) => (closed ? Promise.resolve() : reader.refresh(what)), platform);
  return reader;
}

/** What is remembered, or the seed; the later one where both are sound. */
async function recall(seed: SeedFiles, store: Store, crypto: Crypto): Promise<{ memory: Memory }> {
  const files = await store.read().catch(() => new Map<string, Uint8Array>());
  const remembered = await fromFiles(files, crypto);
  if (!('memory' in remembered)) return { memory: await fromSeed(seed, crypto) };
  const { memory } = remembered;
  if (seed.size === 0) return { memory };
  // A damaged seed does not matter while something better is at hand.
  const seeded = await fromSeed(seed, crypto).catch(() => memory);
  return { memory: later(memory, seeded) };
}

function stateOf({ trusted, checkedAt }: Memory, failed: boolean, now: Date): State {
  if (checkedAt === undefined) return 'seed';
  const expires = timestampExpires(trusted);
  const isDated = expires !== undefined && now.getTime() < Date.parse(expires);
  return failed || !isDated ? 'stale' : 'fresh';
}

/** A list of withdrawals that nobody signed anew for a month is no reason to doubt a directory that is vouched for today. */
function requireLane(problem: ReaderProblem | undefined): void {
  if (problem !== undefined && problem.code !== 'expired') throw problem;
}

/** TUF cannot see a replay from an empty cache (SNAPSHOTS §2.4); the mark outside the cache can. */
function requireNoStepBack({ sequence }: SnapshotInfo, highWater: HighWater): void {
  if (sequence >= highWater.sequence) return;
  throw new ReaderProblem('rollback', `snapshot ${sequence} was offered after ${highWater.sequence}`);
}
