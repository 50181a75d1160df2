import { asKeyed, isTree, sameValue } from './diff.ts';
import { fieldOf, hasInnerUnits, KEYED_LISTS, patternOf } from './field.ts';
import type { Json } from './hash.ts';

/** The same field changed on both sides: a person chooses. */
export type Conflict = { path: string; label: string; base?: Json; current?: Json; proposed?: Json };

/**
 * Three-way merge of a proposal onto a document that moved (DESIGN §4.5): fields changed on one side only are taken,
 * the same field changed to different values is a conflict. In `merged`, a conflicting field keeps the proposed value.
 */
export function mergeDocuments(
  base: unknown,
  current: unknown,
  proposed: unknown,
): { merged: unknown; conflicts: Conflict[] } {
  const conflicts: Conflict[] = [];
  const merged = merge(
    base as Json | undefined,
    current as Json | undefined,
    proposed as Json | undefined,
    '',
    conflicts,
  );
  return { merged, conflicts };
}

function merge(
  base: Json | undefined,
  current: Json | undefined,
  proposed: Json | undefined,
  path: string,
  conflicts: Conflict[],
): Json | undefined {
  if (sameValue(current, proposed)) return current;
  if (sameValue(base, current)) return proposed;
  if (sameValue(base, proposed)) return current;
  if (path === '' || hasInnerUnits(path)) {
    const key = KEYED_LISTS[patternOf(path)];
    const lists = [base ?? [], current ?? [], proposed ?? []].map((list) => asKeyed(list, path));
    const [b, c, p] = lists;
    if (key !== undefined && b && c && p) {
      const order = [...new Set([...p.keys(), ...c.keys()])];
      return order
        .map((id) => merge(b.get(id), c.get(id), p.get(id), `${path}/${id}`, conflicts))
        .filter((item) => item !== undefined);
    }
    if (isTree(current) && isTree(proposed) && (isTree(base) || base === undefined)) {
      const result: { [k: string]: Json } = {};
      for (const k of new Set([...Object.keys(base ?? {}), ...Object.keys(current), ...Object.keys(proposed)])) {
        const value = merge(base?.[k], current[k], proposed[k], `${path}/${k}`, conflicts);
        if (value !== undefined) result[k] = value;
      }
      return result;
    }
  }
  conflicts.push({
    path,
    label: fieldOf(path).label,
    ...(base === undefined ? {} : { base }),
    ...(current === undefined ? {} : { current }),
    ...(proposed === undefined ? {} : { proposed }),
  });
  return proposed;
}
