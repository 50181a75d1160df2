import { toHighWater, type Store } from '../store.ts';

/**
 * Remembers in IndexedDB. Everything is replaced in one transaction, so a closed tab leaves the old state or the new. The high-water
 * mark has a database of its own.
 */
export function indexedDbStore(name: string): Store {
  const [cache, mark] = [database(name), database(`${name}-high-water`)];
  return {
    async read() {
      const db = await cache();
      const store = db.transaction('files').objectStore('files');
      const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
      return new Map((keys as string[]).map((key, i) => [key, values[i] as Uint8Array]));
    },
    async write(files) {
      const transaction = (await cache()).transaction('files', 'readwrite', { durability: 'strict' });
      const store = transaction.objectStore('files');
      store.clear();
      for (const [key, bytes] of files) store.put(bytes, key);
      await finished(transaction);
    },
    async readHighWater() {
      const db = await mark();
      return toHighWater(await done(db.transaction('files').objectStore('files').get('mark')));
    },
    async writeHighWater(highWater) {
      const transaction = (await mark()).transaction('files', 'readwrite', { durability: 'strict' });
      transaction.objectStore('files').put(highWater, 'mark');
      await finished(transaction);
    },
  };
}

/** Opens a database when it is first needed, and once. */
function database(name: string): () => Promise<IDBDatabase> {
  let opened: Promise<IDBDatabase> | undefined;
  return () => {
    opened ??= new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name, 1);
      request.addEventListener('upgradeneeded', () => void request.result.createObjectStore('files'));
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error ?? new Error('no database')));
      request.addEventListener('blocked', () => reject(new Error('the database is in use')));
    }).catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('it could not be read')));
  });
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('error', () => reject(transaction.error ?? new Error('it could not be written')));
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('it could not be written')));
  });
}
