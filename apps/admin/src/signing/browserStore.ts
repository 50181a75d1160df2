import type { BrowserKey, BrowserRole } from './browserKey.ts';

/**
 * What this browser keeps for signing: keys that never leave it, and what it verified last. IndexedDB, since it alone can
 * hold a key without ever seeing its private half.
 */
const DATABASE = 'waymark-signing';
const KEYS = 'keys';
const VERIFIED = 'verified';

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

/** @returns what this browser verified last for the role, or undefined the first time */
export async function findVerified<T>(role: BrowserRole): Promise<T | undefined> {
  return within<T | undefined>(VERIFIED, 'readonly', (store) => store.get(role));
}

/** Remembers what this browser verified, instead of what it remembered before. */
export async function saveVerified(role: BrowserRole, verified: unknown): Promise<void> {
  await within(VERIFIED, 'readwrite', (store) => store.put(verified, role));
}

async function within<T>(
  name: typeof KEYS | typeof VERIFIED,
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
      request.result.createObjectStore(VERIFIED);
    });
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new DOMException('No storage', 'UnknownError')));
  });
}
