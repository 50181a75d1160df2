import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ReadLogFile } from '@waymark/domain';

const TIMEOUT_MS = 10_000;
/** A full bundle of entries has some 80 kB; whoever sends more wants to fill our memory. */
const MOST_BYTES = 4 * 1024 * 1024;

/**
 * Reads the files of a public log: from an address, or from a folder that holds a copy.
 * @param place `https://…/repo/log`, or a folder
 * @returns a reader that answers undefined for what is not there, and throws an Error when nobody answers
 */
export function openLogSource(place: string): ReadLogFile {
  if (!/^https?:\/\//.test(place)) return (path) => readOrNothing(join(resolve(place), path));
  const prefix = place.replace(/\/+$/, '');
  return (path) => download(`${prefix}/${path}`);
}

async function readOrNothing(path: string): Promise<Uint8Array | undefined> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
}

async function download(url: string): Promise<Uint8Array | undefined> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) }).catch((cause: unknown) => {
    throw new Error(`${url} does not answer`, { cause });
  });
  // Some buckets say 403 for what is not there.
  if (answer.status === 404 || answer.status === 403) return undefined;
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error(`${url} sends more than a log file holds`);
  }
  return Buffer.concat(chunks);
}
