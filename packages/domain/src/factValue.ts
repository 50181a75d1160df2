import { asKeyed, isTree } from './diff.ts';
import { KEYED_LISTS } from './field.ts';
import type { Json } from './hash.ts';

/**
 * What a document says at a path by ids: `/channels/tel/value`, `/serves/DE`.
 * @returns undefined where it says nothing
 */
export function factAt(doc: unknown, path: string): Json | undefined {
  let at = doc as Json | undefined; // Documents are JSON.
  let walked = '';
  for (const part of path.split('/').slice(1)) {
    const items = asKeyed(at, walked);
    at = items ? items.get(part) : isTree(at) && Object.hasOwn(at, part) ? at[part] : undefined;
    walked += `/${part}`;
  }
  return at;
}

/**
 * The document with another value at a path by ids; `null` takes away what stands there. Objects and items on the way that
 * are missing are made, so that the result may have problems, as a draft may.
 */
export function withFact(doc: unknown, path: string, value: Json): unknown {
  return put(doc as Json | undefined, '', path.split('/').slice(1), value);
}

function put(at: Json | undefined, walked: string, parts: readonly string[], value: Json): Json | undefined {
  const [part, ...rest] = parts;
  if (part === undefined) return value === null ? undefined : value;
  const below = `${walked}/${part}`;
  const key = KEYED_LISTS[walked];
  if (key !== undefined) {
    const items = asKeyed(at ?? [], walked) ?? new Map<string, Json>();
    const item = put(items.get(part), below, rest, value);
    if (item === undefined) items.delete(part);
    else items.set(part, isTree(item) ? { ...item, [key]: part } : item);
    return [...items.values()];
  }
  const { [part]: member, ...others } = isTree(at) ? at : {};
  const next = put(member, below, rest, value);
  return next === undefined ? others : { ...others, [part]: next };
}
