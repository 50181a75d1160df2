import { differingRecords } from '../compare.ts';
import { canonicalJson } from '../hash.ts';

/**
 * The lines of the delta from one directory to another, each with its end: as `deltaBetween`, of files that come line by line.
 * @param before canonical lines of records, sorted by id; @param after likewise
 */
export async function* deltaLines(before: AsyncIterable<string>, after: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const { was, is } of differingRecords(before, after))
    yield `${canonicalJson(is ? { op: 'upsert', id: is.id, record: is } : { op: 'withdraw', id: was?.id })}\n`;
}
