import { fieldOf, FIELDS, hasInnerUnits, KEYED_LISTS, patternOf, type ChangeClass } from './field.ts';
import { canonicalJson, type Json } from './hash.ts';

/** One labelled change between two documents, by stable ids and never by positions. */
export type Change = {
  path: string;
  op: 'added' | 'removed' | 'changed' | 'reordered';
  class: ChangeClass;
  label: string;
  before?: Json;
  after?: Json;
};

type Tree = { [key: string]: Json };

export function isTree(value: unknown): value is Tree {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** A keyed list as a map from id to item, or nothing when an item lacks its id (a draft may). */
export function asKeyed(value: unknown, path: string): Map<string, Json> | undefined {
  const key = KEYED_LISTS[patternOf(path)];
  if (key === undefined || !Array.isArray(value)) return undefined;
  const map = new Map<string, Json>();
  for (const item of value as Json[]) {
    const id = isTree(item) ? item[key] : undefined;
    if (typeof id !== 'string' || map.has(id)) return undefined;
    map.set(id, item);
  }
  return map;
}

/** Equality as people see it: lists of plain words have no order, absent and undefined are one. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonicalJson(normalise(a)) === canonicalJson(normalise(b));
}

function normalise(value: unknown): unknown {
  return Array.isArray(value) && value.every((v) => typeof v === 'string') ? [...value].sort() : value;
}

/**
 * Differences of two documents of one type, contact values first, then by path.
 * Either side may be undefined (a new or removed document).
 */
export function diffDocuments(before: unknown, after: unknown): Change[] {
  const changes: Change[] = [];
  walk(before as Json | undefined, after as Json | undefined, '', changes);
  return changes.sort((a, b) => rank(a) - rank(b) || (a.path < b.path ? -1 : 1));
}

const FIRST: readonly ChangeClass[] = [
  'contact-value',
  'reach',
  'hours',
  'anonymity',
  'serves',
  'accepts',
  'ages',
  'status',
  'retirement',
];
function rank(change: Change): number {
  const at = FIRST.indexOf(change.class);
  return at === -1 ? FIRST.length : at;
}

function walk(before: Json | undefined, after: Json | undefined, path: string, out: Change[]): void {
  if (before === undefined && after === undefined) return;
  if (path === '' || hasInnerUnits(path)) {
    const left = asKeyed(before ?? [], path);
    const right = asKeyed(after ?? [], path);
    if (left && right) {
      for (const id of new Set([...left.keys(), ...right.keys()]))
        walk(left.get(id), right.get(id), `${path}/${id}`, out);
      if (isReordered([...left.keys()], [...right.keys()])) {
        out.push({
          path,
          op: 'reordered',
          class: 'format',
          label: fieldOf(`${path}/*`).label,
          before: [...left.keys()],
          after: [...right.keys()],
        });
      }
      return;
    }
    // A unit that appears or goes as a whole (a channel, a name) is one change, not one per member.
    const wholeUnit = FIELDS[patternOf(path)] !== undefined;
    if (
      (isTree(before) || before === undefined) &&
      (isTree(after) || after === undefined) &&
      !(wholeUnit && (before === undefined || after === undefined))
    ) {
      for (const key of new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])) {
        walk(before?.[key], after?.[key], `${path}/${key}`, out);
      }
      return;
    }
  }
  if (sameValue(before, after)) return;
  const field = fieldOf(path);
  out.push({
    path,
    op: before === undefined ? 'added' : after === undefined ? 'removed' : 'changed',
    class: field.class,
    label: field.label,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  });
}

function isReordered(before: string[], after: string[]): boolean {
  const kept = before.filter((id) => after.includes(id));
  return after.filter((id) => before.includes(id)).some((id, i) => kept[i] !== id);
}
