import { MOST_AT_ONCE, refuse, type DirectoryRecord } from '@waymark/domain';
import { countRecords, eachMatching, Problem, type Reader, type RecordQuery } from '@waymark/store';

/** Which entries are meant: these, or all that a filter of the list of entries finds. */
export type Selection = { ids: readonly string[] } | { filter: Omit<RecordQuery, 'sort'> };

/** A document with what SQLite and JSON cost of it is read in well under a millisecond: others wait no longer than this many. */
const READ_AT_ONCE = 20;

/**
 * How many are meant.
 * @throws Problem selection-too-large, naming the number
 */
export async function countSelected(read: Reader, selection: Selection): Promise<number> {
  const count = 'ids' in selection ? new Set(selection.ids).size : await countRecords(read, 'entry', selection.filter);
  if (count > MOST_AT_ONCE)
    throw new Problem(
      refuse('selection-too-large', `${count} entries are selected; at most ${MOST_AT_ONCE} are taken at once`),
    );
  return count;
}

/** Each entry that is meant, in the order of the list; then the ids among them that are no entry. */
export async function* eachSelected(
  read: Reader,
  selection: Selection,
): AsyncGenerator<DirectoryRecord<'entry'> | { missing: string }> {
  const missing = new Set('ids' in selection ? selection.ids : []);
  for await (const record of eachMatching(read, 'entry', queryOf(selection), READ_AT_ONCE)) {
    missing.delete(record.id);
    yield record as DirectoryRecord<'entry'>; // Of that type alone.
  }
  for (const id of missing) yield { missing: id };
}

/** The selection as a query of the list. */
export function queryOf(selection: Selection): RecordQuery {
  return 'ids' in selection ? { ids: [...new Set(selection.ids)] } : selection.filter;
}
