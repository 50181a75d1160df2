import { getTableColumns, sql, type Column, type SQL, type Table } from 'drizzle-orm';

/**
 * A query that is built and compiled once per connection, since that takes several times as long as running it.
 * Values come as placeholders: `recordById(read).execute({ id })`.
 */
export function prepared<Connection extends object, Query>(
  build: (on: Connection) => Query,
): (on: Connection) => Query {
  const built = new WeakMap<Connection, Query>();
  return (on) => {
    const known = built.get(on);
    if (known !== undefined) return known;
    const query = build(on);
    built.set(on, query);
    return query;
  };
}

/** A placeholder for every column of a table, to be given under the column's name: what a prepared insert or update sets. */
export function placeholdersOf<T extends Table>(table: T): { [column in keyof T['_']['columns']]: SQL } {
  const columns = Object.entries(getTableColumns(table)).map(([name, column]) => [
    name,
    sql`${sql.param(sql.placeholder(name), column)}`,
  ]);
  return Object.fromEntries(columns) as { [column in keyof T['_']['columns']]: SQL }; // One per column.
}

/** `column in` a list that comes when the query runs, as JSON text, so that one prepared query serves lists of any length. */
export function isInJson(column: Column, placeholder: string): SQL {
  return sql`${column} in (select value from json_each(${sql.placeholder(placeholder)}))`;
}
