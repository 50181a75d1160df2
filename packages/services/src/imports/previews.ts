import { refuse, type Refusal } from '@waymark/domain';
import { countOutcomes, notesToLookAt, type Moved, type RowOutcome } from '@waymark/import';
import { Problem, type ImportRecord, type Store } from '@waymark/store';
import { roomOf } from './room.ts';
import { stampOf } from './stamp.ts';
import { runInThread } from './thread.ts';
import type { PreviewEnd, PreviewRow } from './work.ts';

/** What the rows of a file would become, by the directory and the decisions as `stamp` says they were. */
export interface Preview extends PreviewEnd {
  rows: PreviewRow[];
  counts: Record<RowOutcome['action'], number>;
  /** Rows with something that a person should look at. */
  toLookAt: number;
  /** Rows that would be proposed as they are, and those that wait for a person. */
  toPropose: number;
  undecided: number;
}

interface Running {
  stamp: string;
  done: number;
  total: number;
  cancel: AbortController;
  result: Promise<Preview>;
}

interface Shelf {
  /** The last few, the newest last: each holds a whole file with what became of it. */
  ready: Map<string, Preview>;
  running: Map<string, Running>;
  failed: Map<string, Refusal>;
  /** One thread at a time, so that files of many people never fill the memory together. */
  turn: Promise<unknown>;
}

const KEPT = 3;
const shelves = new WeakMap<Store, Shelf>();

function shelfOf(store: Store): Shelf {
  const shelf = shelves.get(store) ?? {
    ready: new Map<string, Preview>(),
    running: new Map<string, Running>(),
    failed: new Map<string, Refusal>(),
    turn: Promise.resolve(),
  };
  shelves.set(store, shelf);
  return shelf;
}

/** How far the preview of an import is. */
export type PreviewState = {
  ready?: Preview | undefined;
  running?: Pick<Running, 'done' | 'total'> | undefined;
  failed?: Refusal | undefined;
};

export function previewState(store: Store, importId: string): PreviewState {
  const { ready, running, failed } = shelfOf(store);
  return { ready: ready.get(importId), running: running.get(importId), failed: failed.get(importId) };
}

/**
 * The preview of an import as things are now: the one at hand, the one in the making, or a new one. It is waited for apart, since it takes
 * its time; its promise rejects with a Problem (file-unreadable and its kin) when it fails or is cancelled.
 */
export async function requestPreview(store: Store, record: ImportRecord): Promise<{ result: Promise<Preview> }> {
  const { ready, running } = shelfOf(store);
  const stamp = await stampOf(store.read, record);
  const known = ready.get(record.id);
  if (known?.stamp === stamp) return { result: Promise.resolve(known) };
  const begun = running.get(record.id);
  if (begun?.stamp === stamp) return { result: begun.result };
  begun?.cancel.abort();
  return { result: start(store, record, stamp) };
}

/** Ends making a preview. @returns whether one was in the making */
export function cancelPreview(store: Store, importId: string): boolean {
  const { running } = shelfOf(store);
  running.get(importId)?.cancel.abort();
  return running.delete(importId);
}

/** Forgets what is known of files: they ended. */
export function forgetPreviews(store: Store, ids: readonly string[]): void {
  const { ready, failed } = shelfOf(store);
  for (const id of ids) {
    cancelPreview(store, id);
    ready.delete(id);
    failed.delete(id);
  }
}

function start(store: Store, { id }: ImportRecord, stamp: string): Promise<Preview> {
  const shelf = shelfOf(store);
  const cancel = new AbortController();
  const run: Running = { stamp, done: 0, total: 0, cancel, result: shelf.turn.then(() => make(store, id, run)) };
  shelf.failed.delete(id);
  shelf.running.set(id, run);
  const settled = run.result.then(
    (preview) => {
      if (shelf.running.get(id) === run) keep(shelf, id, preview);
    },
    (error: unknown) => {
      if (shelf.running.get(id) !== run || cancel.signal.aborted) return;
      shelf.failed.set(id, error instanceof Problem ? error.refusal : refuse('internal'));
    },
  );
  shelf.turn = settled.then(() => {
    if (shelf.running.get(id) === run) shelf.running.delete(id);
  });
  return run.result;
}

function keep({ ready }: Shelf, id: string, preview: Preview): void {
  ready.delete(id);
  ready.set(id, preview);
  const [oldest] = ready.keys();
  if (ready.size > KEPT && oldest !== undefined) ready.delete(oldest);
}

async function make(store: Store, importId: string, run: Running): Promise<Preview> {
  const rows: PreviewRow[] = [];
  let end: PreviewEnd | undefined;
  const room = roomOf(store);
  await runInThread(
    { preview: { databaseFile: store.file, importId, limits: room.limits } },
    room,
    (message) => {
      if ('progress' in message) Object.assign(run, message.progress);
      else if ('rows' in message) rows.push(...message.rows);
      else if ('end' in message) end = message.end;
    },
    run.cancel.signal,
  );
  if (!end) throw new Error('The thread that made the preview ended too early');
  return { ...end, rows, ...figuresOf(rows.map(({ outcome }) => outcome)) };
}

function figuresOf(outcomes: readonly RowOutcome[]): Pick<Preview, 'counts' | 'toLookAt' | 'toPropose' | 'undecided'> {
  return {
    counts: countOutcomes(outcomes),
    toLookAt: outcomes.filter((outcome) => notesToLookAt(outcome).length > 0).length,
    toPropose: outcomes.filter((outcome) => isProposed(outcome) || isInConflict(outcome)).length,
    undecided: outcomes.filter(isUndecided).length,
  };
}

/** A row that a person decided for an entry, which moved since the row was made of it. */
export type InConflict = Extract<RowOutcome, { action: 'decide' }> & { moved: Moved };

/** Whether a row becomes a draft whose conflicts a person settles on its page. */
export function isInConflict(outcome: RowOutcome): outcome is InConflict {
  return outcome.action === 'decide' && outcome.overruled && outcome.moved !== undefined;
}

/** Whether a row becomes a proposal as it is: what is unclear waits until a person decided on it. */
export function isProposed(outcome: RowOutcome): outcome is Extract<RowOutcome, { action: 'new' | 'update' }> {
  return (
    (outcome.action === 'new' || outcome.action === 'update') && (outcome.certainty !== 'unclear' || outcome.overruled)
  );
}

/** Whether a row would change something, and waits for a person to say so. */
export function isUndecided(outcome: RowOutcome): boolean {
  return ['new', 'update', 'decide'].includes(outcome.action) && !isProposed(outcome) && !isInConflict(outcome);
}
