import { createReadStream } from 'node:fs';
import { Entry, Organisation, pickText } from '@waymark/domain';
import { COMMAND_LINE_LIMITS, read, type Directory } from '@waymark/import';
import { eachMatching, type Reader } from '@waymark/store';
import { openData } from '../dataFolder.ts';
import { refusalInWords } from './readFile.ts';

/** A directory to compare a file with, and in which words to say where it came from. */
export interface Compared {
  directory: Directory;
  from: string;
}

/** The directory of an installation as it stands now, on a connection that cannot write. @throws Error naming the folder */
export async function directoryOfData(dir: string): Promise<Compared> {
  const { read: reader, close } = openData(dir);
  try {
    const { docs: entries, inactive } = await documentsOf<Entry>(reader, 'entry');
    const { docs: organisations } = await documentsOf<Organisation>(reader, 'organisation');
    return { directory: { entries, organisations, inactive }, from: dir };
  } finally {
    close();
  }
}

async function documentsOf<Doc>(reader: Reader, type: 'entry' | 'organisation') {
  const docs: Doc[] = [];
  const inactive = new Set<string>();
  for await (const { id, state, doc } of eachMatching(reader, type, {})) {
    docs.push(doc as Doc); // Of that type alone.
    if (state !== 'active') inactive.add(id);
  }
  return { docs, inactive };
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
