import type { Entry, Organisation } from '@waymark/domain';
import { REVISION, type Directory, type Source } from '@waymark/import';
import { eachRecord, findRevision, type Reader } from '@waymark/store';

/**
 * The directory as a file is compared with: all entries, also those out of sight, so that nobody adds them anew.
 * @param source of our own table, coming back, it says which earlier revisions are needed
 */
export async function directoryFor(read: Reader, source: Source): Promise<Directory> {
  const entries: Entry[] = [];
  const inactive = new Set<string>();
  const revisions = new Map<string, number>();
  for await (const { id, state, revision, doc } of eachRecord(read, 'entry')) {
    entries.push(doc as Entry); // Of that type alone.
    revisions.set(id, revision);
    if (state !== 'active') inactive.add(id);
  }
  const organisations: Organisation[] = [];
  for await (const { doc, state } of eachRecord(read, 'organisation'))
    if (state !== 'retired') organisations.push(doc as Organisation);
  return { entries, organisations, inactive, revisions, earlier: await earlierEntries(read, source, revisions) };
}

/** Entries as they were when a table of ours was made, for rows whose entry has moved since. */
async function earlierEntries(
  read: Reader,
  { header, rows }: Source,
  revisions: ReadonlyMap<string, number>,
): Promise<NonNullable<Directory['earlier']>> {
  const [idAt, revisionAt] = ['id', REVISION].map((column) => header.findIndex((name) => name.trim() === column));
  const known = new Map<string, Entry>();
  for (const { cells } of rows) {
    const id = cells[idAt ?? -1]?.trim() ?? '';
    const number = Number(cells[revisionAt ?? -1]?.trim() || Number.NaN);
    const current = revisions.get(id);
    if (current === undefined || !Number.isSafeInteger(number) || number === current) continue;
    const found = await findRevision(read, id, number);
    if (found) known.set(`${id} ${number}`, found.doc as Entry); // The record is an entry, so each of its revisions is.
  }
  return (id, revision) => known.get(`${id} ${revision}`);
}
