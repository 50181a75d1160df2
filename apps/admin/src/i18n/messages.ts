/** A tree of texts; `%{name}` is filled in, `||||` parts singular from plural (Polyglot). */
export type Messages = { [key: string]: string | Messages };

/**
 * Lays a language over English, so that a text nobody has translated yet is English and never a bare key.
 */
export function over(base: Messages, top: Messages): Messages {
  const merged: Messages = { ...base };
  for (const [key, value] of Object.entries(top)) {
    const below = merged[key];
    merged[key] = typeof value === 'object' && typeof below === 'object' ? over(below, value) : value;
  }
  return merged;
}

/** Every key of a tree, dotted. */
export function keysOf(messages: Messages, prefix = ''): string[] {
  return Object.entries(messages).flatMap(([key, value]) =>
    typeof value === 'string' ? [prefix + key] : keysOf(value, `${prefix}${key}.`),
  );
}

/**
 * Adds what react-admin looks up by itself: the `resource` part of a folder's file becomes `resources.<folder>`
 * (`name`, `fields.*`).
 */
export function withResources(messages: Messages): Messages {
  const resources: Messages = {};
  for (const [folder, part] of Object.entries(messages)) {
    if (typeof part === 'object' && typeof part['resource'] === 'object') resources[folder] = part['resource'];
  }
  return { ...messages, resources };
}
