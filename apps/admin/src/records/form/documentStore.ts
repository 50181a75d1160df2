import { parseDocument, type DocumentProblem, type RecordType } from '@waymark/domain';
import { valueAt, withValue, type RawDocument } from '../path.ts';

/**
 * The document being edited, outside React: inputs listen to their own place, so a key press redraws one input and not a form.
 */
export type DocumentStore = {
  readonly type: RecordType;
  get: () => RawDocument;
  at: (pointer: string) => unknown;
  /** Sets a place, or removes it when undefined. Counts as an edit. */
  set: (pointer: string, value: unknown) => void;
  /** Puts a whole document in place. `edited` false when it comes from the server. */
  replace: (doc: RawDocument, edited: boolean) => void;
  problems: () => readonly DocumentProblem[];
  subscribe: (listener: () => void) => () => void;
  /** Called for edits by the person only, not for what the server sent. */
  onEdit: (listener: () => void) => () => void;
};

export function createDocumentStore(type: RecordType, initial: RawDocument): DocumentStore {
  let doc = initial;
  let checked: { doc: RawDocument; problems: readonly DocumentProblem[] } | undefined;
  const listeners = new Set<() => void>();
  const editListeners = new Set<() => void>();
  const changed = (edited: boolean) => {
    listeners.forEach((listener) => listener());
    if (edited) editListeners.forEach((listener) => listener());
  };
  const add = (set: Set<() => void>) => (listener: () => void) => {
    set.add(listener);
    return () => {
      set.delete(listener);
    };
  };
  return {
    type,
    get: () => doc,
    at: (pointer) => valueAt(doc, pointer),
    set: (pointer, value) => {
      if (Object.is(valueAt(doc, pointer), value)) return;
      doc = withValue(doc, pointer, value);
      changed(true);
    },
    replace: (next, edited) => {
      doc = next;
      changed(edited);
    },
    problems: () => {
      if (checked?.doc !== doc) {
        // The id is given by the server when the draft is first kept.
        const parsed = parseDocument(type, 'id' in doc ? doc : { ...doc, id: '00000000-0000-7000-8000-000000000000' });
        checked = { doc, problems: parsed.ok ? [] : parsed.problems };
      }
      return checked.problems;
    },
    subscribe: add(listeners),
    onEdit: add(editListeners),
  };
}
