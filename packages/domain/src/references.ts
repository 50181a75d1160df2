import { isTree } from './diff.ts';
import type { Json } from './hash.ts';
import type { RecordType } from './record.ts';

/** Where a document of each type names other records: one, or a list of them. */
const REFERENCES: Record<RecordType, readonly { path: string; type: RecordType }[]> = {
  entry: [
    { path: '/organisation', type: 'organisation' },
    { path: '/analystsBy', type: 'organisation' },
    { path: '/onBehalfOf', type: 'organisation' },
    { path: '/pairedWith', type: 'entry' },
    { path: '/supersedes', type: 'entry' },
    { path: '/retirement/successors', type: 'entry' },
  ],
  organisation: [
    { path: '/parent', type: 'organisation' },
    { path: '/successor', type: 'organisation' },
    { path: '/retirement/successors', type: 'organisation' },
  ],
  country: [{ path: '/emergency', type: 'entry' }],
};

/** The one field that names what is gone: an entry says whose place it took. */
export const NAMES_WHAT_IS_GONE = '/supersedes';

export type RecordReference = { path: string; id: string; type: RecordType };

/** Records a document names, by the path that names them. It may be a draft: what is no id is passed over. */
export function referencesOf(type: RecordType, doc: unknown): RecordReference[] {
  return REFERENCES[type].flatMap(({ path, type: of }) => {
    const named = at(doc, path);
    const ids = Array.isArray(named) ? named : [named];
    return ids.flatMap((id) => (typeof id === 'string' ? [{ path, id, type: of }] : []));
  });
}

function at(doc: unknown, path: string): Json | undefined {
  let value = doc as Json | undefined; // Documents are JSON.
  for (const part of path.split('/').slice(1)) value = isTree(value) ? value[part] : undefined;
  return value;
}

/**
 * A document as it is after a record it names was merged into another: each link to the one names the other, once. No record names
 * itself, so such a link goes. Nothing else changes, which is why approving a merge approves it.
 * @param doc may be a draft
 */
export function relink<Doc>(type: RecordType, doc: Doc, from: string, to: string): Doc {
  return REFERENCES[type].reduce<Doc>((whole, { path }) => {
    const named = at(whole, path);
    const isNamed = named === from || (Array.isArray(named) && named.includes(from));
    if (!isNamed || !isTree(whole)) return whole;
    const own = whole['id'];
    // The cast says what `put` keeps: the type of the document.
    return put(whole, path.split('/').slice(1), linked(named, from, to, own)) as Doc;
  }, doc);
}

function linked(named: Json, from: string, to: string, own: Json | undefined): Json | undefined {
  if (!Array.isArray(named)) return to === own ? undefined : to;
  const ids = named.map((id) => (id === from ? to : id)).filter((id) => id !== own);
  return ids.filter((id, place) => ids.indexOf(id) === place);
}

type Tree = { [key: string]: Json };

function put(tree: Tree, [key = '', ...below]: readonly string[], value: Json | undefined): Tree {
  const { [key]: old, ...others } = tree;
  const next = below.length > 0 && isTree(old) ? put(old, below, value) : value;
  return next === undefined ? others : { ...tree, [key]: next };
}
