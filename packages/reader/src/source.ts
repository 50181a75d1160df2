import { ReaderProblem, toProblem } from './problem.ts';
import type { Source } from './tuf/trusted.ts';

/** What is used of the platform's `fetch`; tests and apps may give their own. */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>;
export type FetchInit = {
  signal: AbortSignal;
  cache: 'default' | 'no-store';
  credentials: 'omit';
  referrerPolicy: 'no-referrer';
};

/** A file may take this long, and a second more for so many bytes (SNAPSHOTS §4.8; slow retrieval, SECURITY T-13). */
const PATIENCE = 8_000;
const BYTES_PER_SECOND = 32_768;

/**
 * A mirror: files by their fixed names below an address. Nothing about the person leaves the device: no query, no cookie, no
 * referrer, no country (SNAPSHOTS §4.8).
 * @param options.patience milliseconds for one file, body included
 */
export function httpSource(url: string, options: { fetch: Fetch; patience?: number | undefined }): Source {
  const base = url.replace(/\/+$/, '');
  const { patience = PATIENCE } = options;
  return {
    async file(path, maxLength) {
      try {
        // Only of targets the length was promised.
        const extra = path.startsWith('targets/') ? Math.ceil((1000 * maxLength) / BYTES_PER_SECOND) : 0;
        const signal = AbortSignal.timeout(patience + extra);
        const response = await options.fetch(`${base}/${path}`, {
          signal,
          cache: path.endsWith('/timestamp.json') ? 'no-store' : 'default',
          credentials: 'omit',
          referrerPolicy: 'no-referrer',
        });
        return await bodyOf(response, path, maxLength);
      } catch (error) {
        throw toProblem(error, 'unreachable');
      }
    },
  };
}

async function bodyOf(response: Response, path: string, maxLength: number): Promise<Uint8Array | undefined> {
  if (response.ok) return readAtMost(response, path, maxLength);
  await response.body?.cancel().catch(() => undefined);
  // Buckets that hide what is not there say 403.
  if (response.status === 404 || response.status === 403) return undefined;
  throw new ReaderProblem('unreachable', `${path}: the server answered ${response.status}`);
}

/** Reads a body and stops at the first byte too many (SECURITY T-12: endless data). */
async function readAtMost(response: Response, path: string, maxLength: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    length += part.value.length;
    if (length > maxLength) {
      await reader?.cancel().catch(() => undefined);
      throw new ReaderProblem('hash', `${path} is longer than the ${maxLength} bytes it may have`);
    }
    chunks.push(part.value);
  }
  return joined(chunks, length);
}

/** Chunks as one array. */
export function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
