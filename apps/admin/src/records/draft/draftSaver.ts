import { mergeDocuments, sameValue, type Conflict } from '@waymark/domain';
import { problemOf, type ProblemBody } from '../../api.ts';
import type { ProposalView } from '../../contract.ts';
import type { DocumentStore } from '../form/documentStore.ts';
import type { RawDocument } from '../path.ts';

/** How the draft stands with the server. */
export type DraftState = {
  status: 'pristine' | 'waiting' | 'saving' | 'saved' | 'failed' | 'conflict';
  /** The draft as the server last answered it; undefined until the first change was kept. */
  view: ProposalView | undefined;
  problem: ProblemBody | undefined;
  /** Somebody changed the same fields of this draft meanwhile: theirs, mine, and what differs. */
  conflict: { theirs: ProposalView; merged: RawDocument; conflicts: Conflict[] } | undefined;
  /** True when changes made elsewhere were taken in without a question. */
  isMerged: boolean;
};

/** What the saver asks of the server. */
export type DraftTransport = {
  create: (doc: RawDocument) => Promise<ProposalView>;
  edit: (id: string, doc: RawDocument, version: number) => Promise<ProposalView>;
  read: (id: string) => Promise<ProposalView>;
};

export type DraftSaver = {
  state: () => DraftState;
  subscribe: (listener: () => void) => () => void;
  /** Saves now what is not saved yet. Resolves when the server has answered all of it, whatever it said. */
  flush: () => Promise<void>;
  /** Ends a conflict with the document a person has chosen. */
  resolve: (doc: RawDocument) => Promise<void>;
  /** Takes over an answer of the server got elsewhere (submitted, withdrawn). */
  adopt: (view: ProposalView) => void;
  /** Begins to listen for edits. @returns what ends it */
  start: () => () => void;
};

const PAUSE = 900;
const RETRY = 5000;

/**
 * Keeps a document on the server while it is being edited: creates the proposal with the first change, then sends every change
 * after a short pause, one request at a time, each saying which version it read. When another tab was faster, changes of other
 * fields are merged; changes of the same field wait for a person.
 */
export function createDraftSaver(
  store: DocumentStore,
  transport: DraftTransport,
  existing?: ProposalView,
  timers = {
    set: (run: () => void, ms: number) => setTimeout(run, ms),
    clear: (timer: ReturnType<typeof setTimeout>) => clearTimeout(timer),
  },
): DraftSaver {
  let state: DraftState = {
    status: existing ? 'saved' : 'pristine',
    view: existing,
    problem: undefined,
    conflict: undefined,
    isMerged: false,
  };
  let saved: RawDocument = store.get();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  const listeners = new Set<() => void>();

  const show = (next: Partial<DraftState>) => {
    state = { ...state, ...next };
    listeners.forEach((listener) => listener());
  };
  const wait = (ms: number) => {
    if (timer !== undefined) timers.clear(timer);
    timer = timers.set(() => void flush(), ms);
  };
  const edited = () => {
    if (state.status === 'conflict') return;
    show({ status: running ? 'saving' : 'waiting', isMerged: false });
    wait(PAUSE);
  };

  async function flush(): Promise<void> {
    if (timer !== undefined) timers.clear(timer);
    timer = undefined;
    // One request at a time: two would race for the version.
    while (running) await running;
    if (state.status === 'conflict' || sameValue(saved, store.get())) {
      if (state.status === 'waiting' || state.status === 'saving') show({ status: state.view ? 'saved' : 'pristine' });
      return;
    }
    running = save().finally(() => {
      running = undefined;
    });
    await running;
    if (state.status === 'saved' && !sameValue(saved, store.get())) await flush();
  }

  async function save(): Promise<void> {
    const doc = store.get();
    show({ status: 'saving', problem: undefined });
    try {
      const view = state.view
        ? await transport.edit(state.view.id, doc, state.view.version)
        : await transport.create(doc);
      take(view, doc);
    } catch (error) {
      const problem = problemOf(error);
      if (problem.status === 412 && state.view) await meet(state.view.id, doc);
      else {
        show({ status: 'failed', problem });
        if (problem.status === 0 || problem.status >= 500) wait(RETRY);
      }
    }
  }

  function take(view: ProposalView, sent: RawDocument): void {
    const given = view.doc as RawDocument;
    saved = sent;
    // The server names a new record; everything else it keeps as sent.
    if (sent['id'] === undefined && typeof given['id'] === 'string') {
      saved = { ...sent, id: given['id'] };
      store.replace({ ...store.get(), id: given['id'] }, false);
    }
    show({ status: 'saved', view, problem: undefined, conflict: undefined });
  }

  /** The draft moved on the server: take in what does not touch ours, ask about the rest. */
  async function meet(id: string, mine: RawDocument): Promise<void> {
    try {
      const theirs = await transport.read(id);
      const { merged, conflicts } = mergeDocuments(saved, theirs.doc, mine);
      if (conflicts.length > 0) {
        show({ status: 'conflict', conflict: { theirs, merged: merged as RawDocument, conflicts } });
        return;
      }
      saved = theirs.doc as RawDocument;
      store.replace(merged as RawDocument, false);
      show({ status: 'saved', view: theirs, isMerged: true });
    } catch (error) {
      show({ status: 'failed', problem: problemOf(error) });
    }
  }

  return {
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    flush,
    resolve: async (doc) => {
      if (!state.conflict) return;
      saved = state.conflict.theirs.doc as RawDocument;
      show({ status: 'waiting', view: state.conflict.theirs, conflict: undefined });
      store.replace(doc, false);
      await flush();
    },
    adopt: (view) => {
      saved = view.doc as RawDocument;
      store.replace(saved, false);
      show({ status: 'saved', view, problem: undefined, conflict: undefined, isMerged: false });
    },
    start: () => {
      const stop = store.onEdit(edited);
      return () => {
        stop();
        // What is still waiting is sent: leaving the page must not lose the last words.
        void flush();
      };
    },
  };
}
