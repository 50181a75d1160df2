import type { SignerMemory, UrgentMemory } from '@waymark/domain';
import type { BrowserKey, BrowserRole } from './browserKey.ts';

/**
 * What this browser keeps for signing: keys that never leave it, and what it verified. IndexedDB, since it alone can hold
 * a key without ever seeing its private half.
 */
const DATABASE = 'waymark-signing';
const KEYS = 'keys';
const SNAPSHOTS = 'snapshots';
const TREE = 'tree';
type StoreName = typeof KEYS | typeof SNAPSHOTS | typeof TREE;

/** Those clients have, and some that were signed and never went out; as many as the command line keeps. */
const KEPT = 5;

/** A snapshot that was verified here, with the two files that the next one is compared with. */
export type KeptSnapshot = { sequence: number; memory: SignerMemory; directory: Blob; tombstones: Blob };

/** @returns the person's key for the role, or undefined @throws DOMException where the browser keeps nothing */
export async function findKey(person: string, role: BrowserRole): Promise<BrowserKey | undefined> {
  return within<BrowserKey | undefined>(KEYS, 'readonly', (store) => store.get([person, role]));
}

/**
 * Keeps a new key. A key is never overwritten: what it signed is only worth something while its owner knows which it was.
 * @throws DOMException `ConstraintError` when there is one for this person and role
 */
export async function saveKey(key: BrowserKey): Promise<void> {
  // Asks the browser not to throw this away when the disk fills up; what it answers changes nothing here.
  await navigator.storage?.persist?.().catch(() => false);
  await within(KEYS, 'readwrite', (store) => store.add(key));
}

/** Deletes a key for ever. */
export async function deleteKey(person: string, role: BrowserRole): Promise<void> {
  await within(KEYS, 'readwrite', (store) => store.delete([person, role]));
}

/** Snapshots that this browser verified itself, by number, newest last. */
export async function allSnapshots(): Promise<KeptSnapshot[]> {
  return within<KeptSnapshot[]>(SNAPSHOTS, 'readonly', (store) => store.getAll());
}

/** Remembers a snapshot; what was kept of it before is replaced, and the oldest go. */
export async function saveSnapshot(snapshot: KeptSnapshot): Promise<void> {
  await within(SNAPSHOTS, 'readwrite', (store) => store.put(snapshot));
  const numbers = await within<number[]>(SNAPSHOTS, 'readonly', (store) => store.getAllKeys());
  for (const number of numbers.slice(0, -KEPT)) await within(SNAPSHOTS, 'readwrite', (store) => store.delete(number));
}

/** Forgets every snapshot and the published tree; keys stay. */
export async function forgetSnapshots(): Promise<void> {
  await within(SNAPSHOTS, 'readwrite', (store) => store.clear());
  await within(TREE, 'readwrite', (store) => store.clear());
}

/** @returns the metadata of the published tree that this browser trusts, as a TUF client keeps it */
export async function findTree<T>(): Promise<T | undefined> {
  return within<T | undefined>(TREE, 'readonly', (store) => store.get('trusted'));
}

/** Keeps the metadata that is trusted from now on. */
export async function saveTree(trusted: object): Promise<void> {
  await within(TREE, 'readwrite', (store) => store.put(trusted, 'trusted'));
}

/** @returns the last urgent list that was signed in this browser, or undefined the first time */
export async function findUrgentMemory(): Promise<UrgentMemory | undefined> {
  return within<UrgentMemory | undefined>(TREE, 'readonly', (store) => store.get('urgent'));
}

/** Remembers the urgent list that was signed in this browser. */
export async function saveUrgentMemory(memory: UrgentMemory): Promise<void> {
  await within(TREE, 'readwrite', (store) => store.put(memory, 'urgent'));
}

async function within<T>(
  name: StoreName,
  mode: IDBTransactionMode,
  act: (store: IDBObjectStore) => IDBRequest,
): Promise<T> {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(name, mode, { durability: 'strict' });
      const request = act(transaction.objectStore(name));
      // Not before it is on disk: a key that a power cut takes must never have been shown.
      transaction.addEventListener('complete', () => resolve(request.result as T));
      transaction.addEventListener('abort', () =>
        reject(transaction.error ?? new DOMException('Not kept', 'AbortError')),
      );
    });
  } finally {
    database.close();
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.addEventListener('upgradeneeded', () => {
      request.result.createObjectStore(KEYS, { keyPath: ['person', 'role'] });
      request.result.createObjectStore(SNAPSHOTS, { keyPath: 'sequence' });
      request.result.createObjectStore(TREE);
    });
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new DOMException('No storage', 'UnknownError')));
  });
}
