import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { z } from 'zod';

/** Files that travel between machines, on a stick or by mail: JSON, small, and never written over. */

/**
 * Reads one and holds it to its schema.
 * @throws Error naming file and place
 */
export async function readTravelling<T>(file: string, schema: z.ZodType<T>, what: string): Promise<T> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Error(`${file} cannot be read; it should be ${what}`);
  });
  const read = schema.safeParse(parse(text));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const place = issue === undefined ? '' : `: ${issue.path.join('.')} ${issue.message}`;
  throw new Error(`${file} is not ${what}${place}`);
}

/**
 * Writes one under a name that is free.
 * @throws Error when the file exists
 */
export async function writeTravelling(file: string, content: Uint8Array | object): Promise<void> {
  const bytes = content instanceof Uint8Array ? content : `${JSON.stringify(content, null, 2)}\n`;
  await writeFile(file, bytes, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new Error(`${file} exists and is not written over; name another with -o`);
    throw error;
  });
}

/** As `writeTravelling`, but the same bytes may lie there already. */
export async function putTravelling(file: string, bytes: Uint8Array): Promise<void> {
  const present = await findFile(file);
  if (!present?.equals(bytes)) await writeTravelling(file, bytes);
}

/** The bytes of a file, or undefined when there is none. */
export async function findFile(file: string): Promise<Buffer | undefined> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

/** The path of a file in the same folder as another. */
export function beside(file: string, name: string): string {
  return join(dirname(file), name);
}

/** A file's name without folder and ending. */
export function stem(file: string): string {
  return basename(file).replace(/\.json$/, '');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
