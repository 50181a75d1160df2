import { AsyncLocalStorage } from 'node:async_hooks';
import { closeSync, openSync, rmSync, writeSync, readFileSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { assertDurable, connect, migrateDatabase, type Db } from './database.ts';

/** Reads only: a connection that cannot write. */
export type Reader = Pick<Db, 'select' | 'selectDistinct' | 'with' | '$count' | '$with' | 'query'>;
/** Reads and writes, inside one transaction. */
export type Writer = Reader & Pick<Db, 'insert' | 'update' | 'delete'>;

export type Store = {
  /** Where the database is: for threads, which read it on connections of their own. */
  file: string;
  /** Committed data, on a connection that cannot write. */
  read: Reader;
  /**
   * Runs work as one transaction on the only writer: committed when this resolves, rolled back when it throws. Others wait
   * in line; those who waited together share a commit. Nothing slow belongs inside: no network, no signing, no hashing of
   * passwords.
   * @throws what `work` throws; Error when nested
   */
  transaction<T>(work: (tx: Writer) => Promise<T>): Promise<T>;
  /**
   * Reads the directory as it stands now, however long that takes and whatever is written meanwhile: its own connection,
   * one read transaction.
   */
  frozen<T>(work: (read: Reader) => Promise<T>): Promise<T>;
  /** Number of write transactions committed so far in this process: keys caches of derived figures. */
  generation(): number;
  /**
   * Writes the log of the database into its file and empties it, so that nothing deleted stays readable in it (SECURITY F12).
   * @returns false while somebody still reads an older state: try again
   */
  emptyLog(): Promise<boolean>;
  close(): void;
};

const insideTransaction = new AsyncLocalStorage<true>();

/**
 * Opens the database file, migrating it first. One process writes: a lock file refuses a second.
 * @param options.migrations folder of generated migrations
 * @throws Error when another process holds the file, or durability is not given
 */
export function openStore(options: { file: string; migrations: string }): Store {
  const releaseLock = lock(`${options.file}.lock`, options.file);
  try {
    const writer = connect(options.file, { readonly: false });
    migrateDatabase(writer.sqlite, writer.db, options.migrations);
    writer.sqlite.exec('create table if not exists durability_probe (x integer); drop table durability_probe;');
    assertDurable(writer.sqlite);
    const reader = connect(options.file, { readonly: true });
    return makeStore(options.file, writer, reader, releaseLock);
  } catch (error) {
    releaseLock();
    throw error;
  }
}

/**
 * Opens the file for reading alone, without migrating or locking: for verification and export beside a running server.
 * It stays at one state of the directory, so that what is written meanwhile does not look like damage.
 */
export function openReader(file: string): { read: Reader; close(): void } {
  const { sqlite, db } = connect(file, { readonly: true });
  sqlite.exec('BEGIN');
  return { read: db, close: () => sqlite.close() };
}

type Connection = { sqlite: Database.Database; db: Db };

type Waiting = {
  work: (tx: Writer) => Promise<unknown>;
  resolve: (result: unknown) => void;
  reject: (error: unknown) => void;
};

/** More would keep the first one waiting for its answer. */
const COMMITTED_TOGETHER = 64;

/**
 * Runs those who wait one after the other and asks the disk once for all: the commit is what takes time. Each is a savepoint
 * of its own, so that one that throws leaves nothing and harms nobody; all are told after the commit, so that what was
 * acknowledged is on the disk.
 */
async function commitTogether(
  { sqlite, db }: Connection,
  works: readonly Waiting[],
  committed: () => void,
): Promise<void> {
  const answers: (() => void)[] = [];
  let stands = false;
  try {
    sqlite.exec('BEGIN IMMEDIATE');
    for (const { work, resolve, reject } of works) {
      sqlite.exec('SAVEPOINT work');
      try {
        const result = await insideTransaction.run(true, () => work(db));
        sqlite.exec('RELEASE work');
        stands = true;
        answers.push(() => resolve(result));
      } catch (error) {
        // A full or failing disk ends the whole transaction by itself: then nobody's work stands.
        if (!sqlite.inTransaction) throw error;
        sqlite.exec('ROLLBACK TO work; RELEASE work');
        answers.push(() => reject(error));
      }
    }
    sqlite.exec(stands ? 'COMMIT' : 'ROLLBACK');
  } catch (error) {
    if (sqlite.inTransaction) sqlite.exec('ROLLBACK');
    for (const { reject } of works) reject(error);
    return;
  }
  if (stands) committed();
  for (const answer of answers) answer();
}

function makeStore(file: string, writer: Connection, reader: Connection, releaseLock: () => void): Store {
  let waiting: Waiting[] = [];
  let isRunning = false;
  let generation = 0;
  /** What wants the writer for itself, outside of any transaction. */
  let between: (() => void)[] = [];
  const runBetween = (): void => {
    const steps = between;
    between = [];
    for (const step of steps) step();
  };

  const drain = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    while (waiting.length > 0) {
      const together = waiting.slice(0, COMMITTED_TOGETHER);
      waiting = waiting.slice(COMMITTED_TOGETHER);
      await commitTogether(writer, together, () => (generation += 1));
      runBetween();
    }
    isRunning = false;
    runBetween();
  };
  return {
    file,
    read: reader.db,
    async frozen(work) {
      const { sqlite, db } = connect(file, { readonly: true });
      try {
        sqlite.exec('BEGIN');
        return await work(db);
      } finally {
        sqlite.close(); // Ends the read transaction too.
      }
    },
    generation: () => generation,
    transaction(work) {
      if (insideTransaction.getStore()) throw new Error('A transaction is open already: pass its tx on');
      return new Promise((resolve, reject) => {
        // What `work` resolves with goes back to its own caller, whatever its type.
        waiting.push({ work, resolve: resolve as (result: unknown) => void, reject });
        queueMicrotask(drain);
      });
    },
    emptyLog() {
      return new Promise((resolve, reject) => {
        between.push(() => {
          try {
            resolve(truncateLog(writer.sqlite));
          } catch (error) {
            reject(error);
          }
        });
        if (!isRunning) runBetween();
      });
    },
    close() {
      reader.sqlite.close();
      writer.sqlite.pragma('wal_checkpoint(TRUNCATE)');
      writer.sqlite.close();
      releaseLock();
    },
  };
}

/** Does not wait for readers: those of this process could not end meanwhile. */
function truncateLog(sqlite: Database.Database): boolean {
  sqlite.pragma('busy_timeout = 0');
  try {
    const [done] = sqlite.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    return done?.busy === 0;
  } finally {
    sqlite.pragma('busy_timeout = 5000');
  }
}

/** A second writer would break the one-writer rule silently; so it is refused by a file naming the process. */
function lock(path: string, file: string): () => void {
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const handle = openSync(path, 'wx', 0o600);
      writeSync(handle, String(process.pid));
      closeSync(handle);
      return () => rmSync(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
          connect(file, { readonly: false }).sqlite.close();
          continue;
        }
        throw error;
      }
      const holder = Number(readFileSync(path, 'utf8'));
      if (holder !== process.pid && isAlive(holder))
        throw new Error(`Process ${holder} uses ${file} already; stop it first`, { cause: error });
      rmSync(path, { force: true });
    }
  }
  throw new Error(`Cannot lock ${file}`);
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
