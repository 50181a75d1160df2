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

/** The same, with the guards taken away first: what somebody who can write the file can do. */
export function sqlWithoutGuards(world: Pick<World, 'file'>, statement: string, values: unknown[] = []): void {
  const file = new Database(world.file);
  try {
    const triggers = file.prepare(`select name from sqlite_master where type = 'trigger'`).all() as { name: string }[];
    for (const { name } of triggers) file.exec(`drop trigger "${name}"`);
    file.pragma('foreign_keys = OFF');
    file.pragma('ignore_check_constraints = ON');
    file.prepare(statement).run(...values);
  } finally {
    file.close();
  }
}
