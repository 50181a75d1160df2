import { KEYED_LISTS, patternOf } from '@waymark/domain';
/** A document as it travels: a draft may be incomplete, so nothing is promised about its shape. */
export type RawDocument = Record<string, unknown>;

/**
 * Two ways to name a place in a document. A *pointer* counts positions (`/channels/0/value`): forms and schema problems use it.
 * A *fact path* names ids (`/channels/tel/value`): changes, evidence and comments use it, because it survives reordering.
 */

type Tree = Record<string, unknown>;
const isTree = (value: unknown): value is Tree => value !== null && typeof value === 'object' && !Array.isArray(value);
const segments = (path: string): string[] => (path === '' || path === '/' ? [] : path.split('/').slice(1));

/** The value at a pointer, or undefined. */
export function valueAt(doc: unknown, pointer: string): unknown {
  let node: unknown = doc;
  for (const segment of segments(pointer)) {
    if (Array.isArray(node)) node = node[Number(segment)];
    else if (isTree(node)) node = node[segment];
    else return undefined;
  }
  return node;
}

/**
 * A copy with the value at a pointer set, or removed when undefined. Untouched branches stay identical; an object that loses its
 * last member goes too, since an empty one says nothing.
 */
export function withValue(doc: RawDocument, pointer: string, value: unknown): RawDocument {
  // The root of a document is always an object, and setting below it leaves it one, or nothing.
  return (put(doc, segments(pointer), value) ?? {}) as RawDocument;
}

function put(node: unknown, path: string[], value: unknown): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return value;
  if (Array.isArray(node)) {
    const at = Number(head);
    const next = put(node[at], rest, value);
    if (next === undefined) return node.filter((_, i) => i !== at);
    return at >= node.length ? [...node, next] : node.map((item, i) => (i === at ? next : (item as unknown)));
  }
  const tree = isTree(node) ? node : {};
  const next = put(tree[head], rest, value);
  if (next !== undefined) return { ...tree, [head]: next };
  const { [head]: _gone, ...others } = tree;
  return Object.keys(others).length === 0 ? undefined : others;
}

const keyAt = (factPath: string): string | undefined => KEYED_LISTS[patternOf(factPath)];

/** Fact path of a pointer in this document: positions become ids where the list is known by ids. */
export function factPathOf(doc: unknown, pointer: string): string {
  let node: unknown = doc;
  let fact = '';
  for (const segment of segments(pointer)) {
    const key = fact === '' ? undefined : keyAt(fact);
    const next: unknown = Array.isArray(node) ? node[Number(segment)] : isTree(node) ? node[segment] : undefined;
    const id = key !== undefined && Array.isArray(node) && isTree(next) ? next[key] : undefined;
    fact += `/${typeof id === 'string' ? id : segment}`;
    node = next;
  }
  return fact;
}

/** Pointer of a fact path in this document; undefined when the item named is not there. */
export function pointerOf(doc: unknown, factPath: string): string | undefined {
  let node: unknown = doc;
  let fact = '';
  let pointer = '';
  for (const segment of segments(factPath)) {
    const key = fact === '' ? undefined : keyAt(fact);
    fact += `/${segment}`;
    if (Array.isArray(node)) {
      const at = key === undefined ? Number(segment) : node.findIndex((item) => isTree(item) && item[key] === segment);
      if (at < 0) return undefined;
      node = node[at];
      pointer += `/${at}`;
    } else {
      node = isTree(node) ? node[segment] : undefined;
      pointer += `/${segment}`;
    }
  }
  return pointer;
}

/** The value at a fact path, or undefined. */
export function factAt(doc: unknown, factPath: string): unknown {
  const pointer = pointerOf(doc, factPath);
  return pointer === undefined ? undefined : valueAt(doc, pointer);
}

/** A copy with the fact set, added to its list, or removed when undefined. */
export function withFact(doc: RawDocument, factPath: string, value: unknown): RawDocument {
  const pointer = pointerOf(doc, factPath);
  if (pointer !== undefined) return withValue(doc, pointer, value);
  if (value === undefined) return doc;
  const list = factPath.slice(0, factPath.lastIndexOf('/'));
  const items = factAt(doc, list);
  const listPointer = pointerOf(doc, list);
  if (listPointer === undefined) return doc;
  return withValue(doc, listPointer, [...(Array.isArray(items) ? (items as unknown[]) : []), value]);
}
