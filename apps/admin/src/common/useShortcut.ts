import { useLayoutEffect, useRef, useSyncExternalStore } from 'react';

/**
 * Keys of the screens. One listener, one list: what works is what the shortcut sheet shows.
 * Single letters can be switched off (WCAG 2.1.4), are silent while somebody types, and while a dialog is open.
 */
export type Shortcut = {
  /** `j`, `?`, `Escape`, `mod+k` (Ctrl or ⌘), or a pair pressed one after the other: `g q`. */
  keys: string;
  /** Key of the message that says what it does. */
  label: string;
  /** Key of the message that heads its group in the sheet. */
  group?: string;
};
/** What the key of `mod+…` is called on this machine. */
export function modKey(): string {
  return /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl';
}

type Bound = Shortcut & { run: (event: KeyboardEvent) => void };

const bound = new Set<Bound>();
const listeners = new Set<() => void>();
let shown: readonly Shortcut[] = [];
const OFF = 'waymark.single-keys-off';

function changed() {
  shown = [...bound];
  listeners.forEach((listener) => listener());
}

/** Binds keys while the component is mounted: from the moment what they do is in sight. */
export function useShortcut(
  keys: string,
  label: string,
  run: (event: KeyboardEvent) => void,
  options: { group?: string; enabled?: boolean } = {},
) {
  const latest = useRef(run);
  latest.current = run;
  const { group, enabled = true } = options;
  useLayoutEffect(() => {
    if (!enabled) return undefined;
    const shortcut: Bound = {
      keys,
      label,
      ...(group !== undefined && { group }),
      run: (event) => latest.current(event),
    };
    bound.add(shortcut);
    changed();
    return () => {
      bound.delete(shortcut);
      changed();
    };
  }, [keys, label, group, enabled]);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Every shortcut that works now, for the sheet. */
export function useShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(subscribe, () => shown);
}

export function areSingleKeysOn(): boolean {
  return localStorage.getItem(OFF) === null;
}

export function setSingleKeys(on: boolean): void {
  if (on) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, '1');
  changed();
}

export function useSingleKeys(): boolean {
  return useSyncExternalStore(subscribe, areSingleKeysOn);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'submit', 'reset'].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

/** On these, arrows and letters have a meaning of their own. */
const BUSY_ROLES = '[role=dialog],[role=menu],[role=listbox],[role=combobox]';

function spell(event: KeyboardEvent): string {
  // A space parts the keys of a pair, so the key of that name is spelled out.
  const key = event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return (event.ctrlKey || event.metaKey ? 'mod+' : '') + (event.altKey ? 'alt+' : '') + key;
}

const MOVES = ['j', 'k', 'ArrowDown', 'ArrowUp'];

let prefix = '';
let prefixAt = 0;

/** @returns true when the key meant something here */
export function handleKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false;
  const key = spell(event);
  // Holding a key moves through a list; it must not decide twice.
  if (event.repeat && !MOVES.includes(key)) return false;
  const isChord = key.includes('+') && key.length > 1;
  if (!isChord) {
    if (isTyping(event.target)) return false;
    if (event.target instanceof Element && event.target.closest(BUSY_ROLES)) return false;
    if (event.key.length === 1 && !areSingleKeysOn()) return false;
  }
  const now = event.timeStamp;
  const sequence = prefix !== '' && now - prefixAt < 1200 ? `${prefix} ${key}` : '';
  prefix = '';
  // The page mounted last wins over the layout below it.
  const latest = [...bound].reverse();
  const match = latest.find((s) => s.keys === sequence) ?? latest.find((s) => s.keys === key);
  if (match) {
    event.preventDefault();
    match.run(event);
    return true;
  }
  if (latest.some((s) => s.keys.startsWith(`${key} `))) {
    prefix = key;
    prefixAt = now;
  }
  return false;
}
