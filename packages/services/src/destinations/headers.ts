/** What a file of the public tree is sent with, by copies and by our own server (SNAPSHOTS §4.4). */
export type FileHeaders = { contentType: string; cacheControl: string };

const FOR_EVER = 'public, max-age=31536000, immutable';
const A_MINUTE = 'public, max-age=60';

const TYPES: readonly [ending: string, contentType: string][] = [
  ['.json', 'application/json'],
  ['.ndjson', 'application/x-ndjson'],
  ['.csv', 'text/csv; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.md', 'text/markdown; charset=utf-8'],
  ['.atom', 'application/atom+xml; charset=utf-8'],
  ['.sqlite', 'application/vnd.sqlite3'],
  ['.zip', 'application/zip'],
  ['.gz', 'application/gzip'],
  ['log/checkpoint', 'text/plain; charset=utf-8'],
  ['log/key', 'text/plain; charset=utf-8'],
  ['.checkpoint', 'text/plain; charset=utf-8'],
  ['_headers', 'text/plain; charset=utf-8'],
];

/** Headers by path in the tree. Never a Content-Encoding: hashes are of what is stored. */
export function headersOf(path: string): FileHeaders {
  const contentType = TYPES.find(([ending]) => path.endsWith(ending))?.[1] ?? 'application/octet-stream';
  return { contentType, cacheControl: isWrittenOnce(path) ? FOR_EVER : A_MINUTE };
}

/** Whether a name of the tree promises its content: numbered metadata, targets by hash, tiles. */
export function isWrittenOnce(path: string): boolean {
  return /^(?:metadata\/\d+\.|targets\/|log\/tile\/)/.test(path);
}

/** The rules of `headersOf` as hosts read them that take a file `_headers`. */
export const HEADERS_FILE = `/*
  Access-Control-Allow-Origin: *
  X-Content-Type-Options: nosniff
/metadata/*
  Cache-Control: ${FOR_EVER}
/metadata/timestamp.json
  ! Cache-Control
  Cache-Control: ${A_MINUTE}
/targets/*
  Cache-Control: ${FOR_EVER}
/log/tile/*
  Cache-Control: ${FOR_EVER}
/log/checkpoint
  Cache-Control: ${A_MINUTE}
/log/cosigned/*
  Cache-Control: ${A_MINUTE}
`;
