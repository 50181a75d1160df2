import type { DifferingRecord } from '../compare.ts';

/** A record in its turn; `pair` is there when it differs. */
export type Turn = { id: string; pair?: DifferingRecord };

/**
 * Records that differ, and between them others that have to be looked at although they do not, by id.
 * @param others sorted ids; one that differs comes once
 */
export async function* inTurn(
  differing: AsyncIterable<DifferingRecord>,
  others: readonly string[],
): AsyncGenerator<Turn> {
  const waiting = others[Symbol.iterator]();
  let other = waiting.next();
  for await (const pair of differing) {
    const id = (pair.is ?? pair.was)?.id ?? '';
    for (; !other.done && other.value < id; other = waiting.next()) yield { id: other.value };
    if (other.value === id) other = waiting.next();
    yield { id, pair };
  }
  for (; !other.done; other = waiting.next()) yield { id: other.value };
}
