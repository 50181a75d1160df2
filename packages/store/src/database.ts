import Database from 'better-sqlite3';
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import * as tables from './tables.ts';

export type Db = BetterSQLite3Database<typeof tables>;

/** SQLite before this loses data in WAL mode with several connections (SECURITY F2). */
const OLDEST_SQLITE = '3.51.3';

/** One connection, with every pragma set and proven. @throws Error naming what the file or the build lacks. */
export function connect(file: string, options: { readonly: boolean }): { sqlite: Database.Database; db: Db } {
  if (!options.readonly) mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const sqlite = new Database(file, { readonly: options.readonly });
  refuseOldSqlite(sqlite);
  sqlite.pragma('journal_mode = WAL');
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('busy_timeout = 5000');
  sqlite.pragma('trusted_schema = OFF');
  sqlite.pragma('cell_size_check = ON');
  if (!options.readonly) {
    sqlite.pragma('secure_delete = ON');
    chmodSync(file, 0o600);
  } else {
    sqlite.pragma('query_only = ON');
  }
  return { sqlite, db: drizzle(sqlite, { schema: tables, casing: 'snake_case' }) };
}

/**
 * Brings the file to the newest schema.
 * Foreign keys are off meanwhile: drizzle switches them off inside its transaction, where SQLite ignores it, and a rebuilt
 * parent table would then delete its children (STACK §2.6).
 */
export function migrateDatabase(sqlite: Database.Database, db: Db, migrationsFolder: string): void {
  if (!existsSync(migrationsFolder)) throw new Error(`Migrations are missing: ${migrationsFolder}`);
  sqlite.pragma('foreign_keys = OFF');
  migrate(db, { migrationsFolder });
  const broken = sqlite.pragma('foreign_key_check') as unknown[];
  if (broken.length > 0) throw new Error(`Migration left ${broken.length} rows without their parent`);
  sqlite.pragma('foreign_keys = ON');
}

/**
 * Proves durability settings after a write: better-sqlite3 reports FULL until the first write and NORMAL after it
 * unless FULL was set (SECURITY F1). @throws Error when a commit could be lost.
 */
export function assertDurable(sqlite: Database.Database): void {
  const value = (pragma: string) => sqlite.pragma(pragma, { simple: true });
  if (value('journal_mode') !== 'wal') throw new Error('The database is not in WAL mode');
  if (value('synchronous') !== 2) throw new Error('synchronous is not FULL: commits could be lost');
  if (value('foreign_keys') !== 1) throw new Error('foreign_keys is off');
}

function refuseOldSqlite(sqlite: Database.Database): void {
  const row = sqlite.prepare('select sqlite_version() as version').get() as { version: string };
  const [have, need] = [row.version, OLDEST_SQLITE].map((v) =>
    v
      .split('.')
      .map((n) => n.padStart(3, '0'))
      .join('.'),
  );
  if (have! < need!) throw new Error(`SQLite ${row.version} may lose data; ${OLDEST_SQLITE} or newer is needed`);
}
