import { createReadStream } from 'node:fs';
import { Entry, Organisation, pickText } from '@waymark/domain';
import { COMMAND_LINE_LIMITS, read, REVISION, type Directory, type Source } from '@waymark/import';
import { eachMatching, findRevision, type Reader } from '@waymark/store';
import { openData } from '../dataFolder.ts';
import { refusalInWords } from './readFile.ts';

/** A directory to compare a file with, and in which words to say where it came from. */
export interface Compared {
  directory: Directory;
  from: string;
}

/**
 * The directory of an installation as it stands now, on a connection that cannot write.
 * @param source of our own table, coming back, it says which earlier revisions are needed
 * @throws Error naming the folder
 */
export async function directoryOfData(dir: string, source: Source): Promise<Compared> {
  const { read: reader, close } = openData(dir);
  try {
    const entries: Entry[] = [];
    const inactive = new Set<string>();
    const revisions = new Map<string, number>();
    for await (const { id, state, revision, doc } of eachMatching(reader, 'entry', {})) {
      entries.push(doc as Entry); // Of that type alone.
      revisions.set(id, revision);
      if (state !== 'active') inactive.add(id);
    }
    const organisations: Organisation[] = [];
    for await (const { doc } of eachMatching(reader, 'organisation', {})) organisations.push(doc as Organisation);
    const earlier = await earlierEntries(reader, source, revisions);
    return { directory: { entries, organisations, inactive, revisions, earlier }, from: dir };
  } finally {
    close();
  }
}

/** Entries as they were when a table of ours was made, for rows whose entry has moved since. */
async function earlierEntries(
  reader: Reader,
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
    const found = await findRevision(reader, id, number);
    if (found) known.set(`${id} ${number}`, found.doc as Entry); // The record is an entry, so each of its revisions is.
  }
  return (id, revision) => known.get(`${id} ${revision}`);
}

/**
 * A published `directory.json`, for who has no installation. It holds no internal notes and nothing that is retired.
 * @throws Error when it cannot be read, or holds what is no entry
 */
export async function directoryOfFile(file: string): Promise<Compared> {
  // Somebody's own published file, and nobody waits meanwhile: no thread is needed.
  const { source, refusal } = await read(createReadStream(file), { limits: COMMAND_LINE_LIMITS });
  if (refusal) throw new Error(refusalInWords(file, refusal));
  const entries = source.rows.map(({ doc }) => parsed(Entry, doc, file));
  const organisations = (source.organisations ?? []).map((doc) => parsed(Organisation, doc, file));
  return { directory: { entries, organisations }, from: file };
}

/** A document without the members that only its published form has. */
function parsed<Shape extends typeof Entry | typeof Organisation>(
  schema: Shape,
  doc: unknown,
  file: string,
): ReturnType<Shape['parse']> {
  const own = Object.fromEntries(Object.entries(Object(doc)).filter(([member]) => member in schema.shape));
  const result = schema.safeParse(own);
  if (result.success) return result.data as ReturnType<Shape['parse']>; // What this very schema gave.
  const [issue] = result.error.issues;
  throw new Error(
    `${file} is no directory that can be compared with: ${String(own['slug'] ?? own['id'])}, /${issue?.path.join('/')}: ${issue?.message}`,
  );
}

/** What people call the entries of a directory, and the rows of the file by which others are named. */
export function namesOf({ entries }: Directory): (id: string) => string {
  const names = new Map(entries.map(({ id, slug, names }) => [id, `${slug} "${pickText(names)}"`]));
  return (id) => names.get(id) ?? id.replace(/^row:/, 'row ');
}
