import type { BulkResult } from '../contract.ts';
import { isApiError, problemOf, type ProblemBody } from '../api.ts';
import type { Selected } from './contract.ts';

/** As many as one request decides on: the server answers soon, and little is lost where it does not. */
export const PORTION = 100;

export type Sent = {
  results: BulkResult[];
  /** What was not sent: somebody stopped, or the server did not answer. */
  left: readonly Selected[];
  problem?: ProblemBody;
};

/**
 * Sends what was chosen portion by portion, in its order.
 * @param send one request; a portion that failed is sent again with the next try
 * @param onProgress told after each portion; says whether to go on
 */
export async function sendInPortions(
  items: readonly Selected[],
  send: (portion: readonly Selected[]) => Promise<BulkResult[]>,
  onProgress: (done: number) => boolean,
): Promise<Sent> {
  const results: BulkResult[] = [];
  for (let from = 0; from < items.length; from += PORTION) {
    try {
      results.push(...(await send(items.slice(from, from + PORTION))));
    } catch (error) {
      if (!isApiError(error)) throw error;
      return { results, left: items.slice(from), problem: problemOf(error) };
    }
    if (!onProgress(results.length)) return { results, left: items.slice(from + PORTION) };
  }
  return { results, left: [] };
}
