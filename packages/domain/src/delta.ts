import { canonicalJson } from './hash.ts';

/**
 * A delta leads from one `directory.ndjson` to another: a line each for what is new or changed (`upsert`, with the line of the
 * record as it stands in the full file) and for what is gone (`withdraw`), by id. What it leads to is proved by the digest of the
 * whole, so a reader that ends elsewhere takes the full file (SNAPSHOTS §4.5).
 */
type Line = { op: 'upsert' | 'withdraw'; id: string; record?: unknown };

/** Where the delta between two snapshots lies. @param from, to sequences */
export function deltaPath(from: number, to: number): string {
  return `v1/delta/${from}-${to}.ndjson`;
}

/** The lines of a delta. Both sides are canonical lines of records, sorted by id; each pass holds one line of each. */
export function* deltaBetween(before: Iterable<string>, after: Iterable<string>): Generator<string> {
  const old = before[Symbol.iterator]();
  const fresh = after[Symbol.iterator]();
  let left = old.next();
  let right = fresh.next();
  while (left.done !== true || right.done !== true) {
    const leftId = left.done === true ? undefined : idOf(left.value);
    const rightId = right.done === true ? undefined : idOf(right.value);
    if (rightId === undefined || (leftId !== undefined && leftId < rightId)) {
      yield canonicalJson({ op: 'withdraw', id: leftId });
      left = old.next();
      continue;
    }
    if (leftId !== rightId || left.value !== right.value)
      yield canonicalJson({ op: 'upsert', id: rightId, record: JSON.parse(String(right.value)) as unknown });
    if (leftId === rightId) left = old.next();
    right = fresh.next();
  }
}

/**
 * Applies the lines of a delta to canonical lines of records, sorted by id.
 * @returns the lines of the other side, sorted by id; whether they are the right ones, only their digest says
 * @throws SyntaxError or TypeError for what is no delta
 */
export function applyDelta(base: Iterable<string>, delta: Iterable<string>): string[] {
  const lines = new Map<string, string>();
  for (const line of base) lines.set(idOf(line), line);
  for (const text of delta) {
    const { op, id, record } = JSON.parse(text) as Line;
    if (op === 'withdraw' && typeof id === 'string') lines.delete(id);
    else if (op === 'upsert' && typeof id === 'string') lines.set(id, canonicalJson(record));
    else throw new TypeError('A line of the delta is neither an upsert nor a withdrawal');
  }
  return [...lines].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, line]) => line);
}

function idOf(line: string): string {
  const { id } = JSON.parse(line) as { id?: unknown };
  if (typeof id !== 'string') throw new TypeError('A line has no id');
  return id;
}
