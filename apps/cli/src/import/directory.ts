import { createReadStream } from 'node:fs';
import { Entry, Organisation, pickText } from '@waymark/domain';
import {
  COMMAND_LINE_LIMITS,
  read,
  readyDirectory,
  ReadLastList,
  type Decision,
  type Decisions,
  type ReadyDirectory,
  type Source,
} from '@waymark/import';
import { directoryFor, predecessorOf } from '@waymark/services';
import { allRowDecisions } from '@waymark/store';
import { openData } from '../dataFolder.ts';
import { refusalInWords } from './readFile.ts';

/** A directory to compare a file with, in which words to say where it came from, and what is remembered of rows. */
export interface Compared {
  directory: ReadyDirectory;
  from: string;
  /** Whether it is known at which revision entries are. */
  knowsRevisions: boolean;
  decisions?: Decisions;
  /** The last list of the same partner. */
  last?: ReadLastList;
}

/**
 * The directory of an installation as it stands now, on a connection that cannot write.
 * @param source of our own table, coming back, it says which earlier revisions are needed
 * @param profileId of a profile that the installation keeps: its last list is looked up
 * @throws Error naming the folder
 */
export async function directoryOfData(dir: string, source: Source, profileId?: string): Promise<Compared> {
  const { read: reader, close } = openData(dir);
  try {
    const directory = readyDirectory(await directoryFor(reader, source));
    const decisions = new Map(
      (await allRowDecisions(reader)).map(({ fingerprint, decision }) => [fingerprint, decision as Decision]), // Parsed before it was written.
    );
    const before = profileId === undefined ? undefined : await predecessorOf(reader, { id: '', profileId, sha256: '' });
    const last = before === undefined ? {} : { last: new ReadLastList(before.list, directory) };
    return { directory, from: dir, knowsRevisions: true, decisions, ...last };
  } finally {
    close();
  }
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
  return { directory: readyDirectory({ entries, organisations }), from: file, knowsRevisions: false };
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
export function namesOf(entries: ReadonlyMap<string, Entry>): (id: string) => string {
  return (id) => {
    const entry = entries.get(id);
    return entry ? `${entry.slug} "${pickText(entry.names)}"` : id.replace(/^row:/, 'row ');
  };
}
