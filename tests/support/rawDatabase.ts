// What a person with the database file could do: plain SQL beside the product. For tests of the guards and of verification.
import Database from 'better-sqlite3';
import type { World } from './world.ts';

/** Runs one statement on the world's file, as somebody with a shell would. @throws what the guards in the database say */
export function sql(world: Pick<World, 'file'>, statement: string, values: unknown[] = []): void {
  const file = new Database(world.file);
  try {
    file.prepare(statement).run(...values);
  } finally {
    file.close();
  }
}

/** Reads with one query on the world's file, whoever else has it open. */
export function query<Row>({ file }: Pick<World, 'file'>, statement: string): Row[] {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare(statement).all() as Row[];
  } finally {
    database.close();
  }
}

/** Runs one statement with the guards taken away first: what somebody who can write the file can do. */
export function sqlWithoutGuards(world: Pick<World, 'file'>, statement: string, values: unknown[] = []): void {
  const file = openWithoutGuards(world);
  try {
    file.prepare(statement).run(...values);
  } finally {
    file.close();
  }
}

/** The world's file, open for whoever wants to do more than one statement. To be closed by them. */
export function openWithoutGuards({ file }: Pick<World, 'file'>): Database.Database {
  const database = new Database(file);
  const triggers = database.prepare(`select name from sqlite_master where type = 'trigger'`).all() as {
    name: string;
  }[];
  for (const { name } of triggers) database.exec(`drop trigger "${name}"`);
  database.pragma('foreign_keys = OFF');
  database.pragma('ignore_check_constraints = ON');
  return database;
}

/** The bytes of a database after somebody changed it. */
export function editedDatabase(bytes: Buffer, sql: string): Buffer {
  const database = new Database(bytes);
  database.exec(sql);
  const edited = database.serialize();
  database.close();
  return edited;
}
