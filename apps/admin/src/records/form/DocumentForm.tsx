import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { sameValue, type Comment } from '@waymark/domain';
import type { References } from '../../contract.ts';
import { factAt, factPathOf, type RawDocument } from '../path.ts';
import type { DocumentStore } from './documentStore.ts';

type FormContext = {
  store: DocumentStore;
  /** What the directory holds now, to show what was changed; null for a new record. */
  base: RawDocument | null;
  references: References;
  comments: readonly Comment[];
  /** After "send to review" was tried every problem is shown, before that only those of touched fields. */
  showAll: boolean;
  touched: ReadonlySet<string>;
  touch: (pointer: string) => void;
  /** The place to be shown and focused; whatever hides it opens. */
  revealed: string | undefined;
  reveal: (pointer: string) => void;
};

const Context = createContext<FormContext | undefined>(undefined);

const NO_COMMENTS: readonly Comment[] = [];

export type DocumentFormProps = Pick<FormContext, 'store' | 'base' | 'references'> & {
  comments?: readonly Comment[];
  showAll?: boolean;
  /** Place to focus, once for each new object. */
  focus?: { pointer: string } | undefined;
  children: ReactNode;
};

/** Gives the inputs below it their document. */
export function DocumentForm({
  store,
  base,
  references,
  comments = NO_COMMENTS,
  showAll = false,
  focus,
  children,
}: DocumentFormProps) {
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const touch = useCallback(
    (pointer: string) => setTouched((old) => (old.has(pointer) ? old : new Set([...old, pointer]))),
    [],
  );
  const [wanted, setWanted] = useState(focus);
  const reveal = useCallback((pointer: string) => setWanted({ pointer }), []);
  useEffect(() => setWanted(focus), [focus]);
  useEffect(() => (wanted === undefined ? undefined : focusSoon(wanted.pointer)), [wanted]);
  const revealed = wanted?.pointer;
  const context = useMemo(
    () => ({ store, base, references, comments, showAll, touched, touch, revealed, reveal }),
    [store, base, references, comments, showAll, touched, touch, revealed, reveal],
  );
  return <Context value={context}>{children}</Context>;
}

/** Focuses the input of a place as soon as it is there: sections open with a short movement. */
function focusSoon(pointer: string): () => void {
  let tries = 0;
  const timer = setInterval(() => {
    tries += 1;
    const found = inputAt(pointer);
    if (found) {
      found.scrollIntoView({ block: 'center' });
      found.focus();
      if (found instanceof HTMLInputElement) found.select();
    }
    if (found || tries > 20) clearInterval(timer);
  }, 60);
  return () => clearInterval(timer);
}

/** The nearest input: of the place itself, below it, or of the place around it. */
function inputAt(pointer: string): HTMLElement | undefined {
  const all = [...document.querySelectorAll<HTMLElement>('[data-pointer]')];
  const inside =
    all.find((e) => e.dataset['pointer'] === pointer) ??
    all.find((e) => e.dataset['pointer']?.startsWith(`${pointer}/`));
  if (!inside) {
    const parent = pointer.slice(0, pointer.lastIndexOf('/'));
    // The section around it is enough only when nothing is still opening: never for a whole document.
    return parent.split('/').length > 2 ? inputAt(parent) : undefined;
  }
  return inside.matches('input,textarea')
    ? inside
    : (inside.querySelector<HTMLElement>('input,textarea,[role=combobox],button') ?? inside);
}

export function useDocumentForm(): FormContext {
  const context = use(Context);
  if (!context) throw new Error('This input stands outside a DocumentForm');
  return context;
}

/** The whole document, on every change: for what depends on all of it. */
export function useDocument(): RawDocument {
  const { store } = useDocumentForm();
  return useSyncExternalStore(store.subscribe, store.get);
}

/** The value at a pointer; redraws only when it changes. */
export function useValue<T>(pointer: string): T | undefined {
  const { store } = useDocumentForm();
  // Drafts may be incomplete, so every reader allows for absence; the shape is the schema's.
  return useSyncExternalStore(store.subscribe, () => store.at(pointer)) as T | undefined;
}

export type Field<T> = {
  value: T | undefined;
  set: (value: T | undefined) => void;
  touch: () => void;
  /** First problem at or below this place that may be shown now. */
  error: string | undefined;
  /** Name of the place that survives reordering. */
  factPath: string;
  isChanged: boolean;
  /** Value in the directory now. */
  was: unknown;
};

/** One place of the document, for an input. */
export function useField<T>(pointer: string): Field<T> {
  const { store, base, showAll, touched, touch } = useDocumentForm();
  const value = useValue<T>(pointer);
  const error = useSyncExternalStore(store.subscribe, () =>
    showAll || touched.has(pointer) ? problemAt(store, pointer) : undefined,
  );
  const factPath = factPathOf(store.get(), pointer);
  const was = base === null ? undefined : factAt(base, factPath);
  return {
    value,
    set: useCallback((next: T | undefined) => store.set(pointer, next), [store, pointer]),
    touch: useCallback(() => touch(pointer), [touch, pointer]),
    error,
    factPath,
    isChanged: base !== null && !sameValue(was, value),
    was,
  };
}

function problemAt(store: DocumentStore, pointer: string): string | undefined {
  return store.problems().find(({ path }) => path === pointer || path.startsWith(`${pointer}/`))?.message;
}

/** How many problems lie below the pointers given, when they may be shown. */
export function useProblemCount(pointers: readonly string[]): number {
  const { store, showAll } = useDocumentForm();
  return useSyncExternalStore(store.subscribe, () =>
    showAll
      ? store.problems().filter(({ path }) => pointers.some((p) => path === p || path.startsWith(`${p}/`))).length
      : 0,
  );
}
