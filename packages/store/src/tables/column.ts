import { text } from 'drizzle-orm/sqlite-core';

/** A document as JSON text. */
export const json = <T>() => text({ mode: 'json' }).$type<T>();

/** A time as ISO-8601 text in UTC. */
export const at = () => text();
