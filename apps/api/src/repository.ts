import { createHash } from 'node:crypto';
import { createReadStream, lstatSync, readFileSync, realpathSync, type Stats } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { Readable } from 'node:stream';
import type { Handler } from 'hono';
import { headersOf, isStaticPart } from '@waymark/services';
import { commonHeaders } from './headers.ts';
import { matches } from './files.ts';
import type { AppEnv } from './deps.ts';
import type { Metrics } from './metrics.ts';

/**
 * The public tree under /repo/ (SNAPSHOTS §4.4): static, signed files and what lies beside them, the same as any web server would send. Own handler,
 * because it must send 304 without reading the file, never compress, and never answer with a page.
 */
const METADATA = /^metadata\/(?:timestamp|[1-9]\d{0,9}\.(?:root|targets|urgent|snapshot))\.json$/;
/** Consistent snapshots put the hash before the name: `v1/<sha256>.directory.json`. */
const TARGET =
  /^targets\/(?:[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}\/){0,4}([0-9a-f]{64})\.[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}$/;

/** The audit log for outsiders (c2sp.org/tlog-tiles): its head, cosigned heads and key change, a tile's name says how full it is. */
const LOG_HEAD = /^log\/(?:checkpoint|key|cosigned\/[0-9a-f]{8}\.checkpoint)$/;
const LOG_TILE = /^log\/tile\/(?:entries|\d{1,2})\/(?:x\d{3}\/){0,5}\d{3}(?:\.p\/[1-9]\d{0,2})?$/;

const A_MINUTE = 'public, max-age=60';
/** Files up to here are kept in memory, so that what every client asks for costs no disk. */
const KEPT_FILE = 64 * 1024;
const KEPT_FILES = 200;

type Kept = { stamp: string; etag: string; bytes: Buffer };

export function serveRepository(options: {
  repoDir: string;
  /** Where it is served, with slashes around. */
  at: '/repo/' | '/staging/';
  profile: 'demo' | 'production';
  metrics: Metrics;
}): Handler<AppEnv> {
  const common: Record<string, string> = {
    ...Object.fromEntries(commonHeaders(options.profile)),
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Expose-Headers': 'ETag',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  };
  const kept = new Map<string, Kept>();
  const findFile = fileFinder(options.repoDir);

  const answer = (
    status: number,
    headers: Record<string, string>,
    body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null = null,
  ): Response => {
    options.metrics.countFile(status);
    return new Response(body, { status, headers: { ...common, ...headers } });
  };

  return (c) => {
    const { method, path } = c.req;
    // Links of the page are relative to the folder.
    if (`${path}/` === options.at) return answer(308, { Location: options.at, 'Cache-Control': A_MINUTE });
    const name = path.slice(options.at.length) || 'index.html';
    if (method === 'OPTIONS')
      return answer(204, {
        'Access-Control-Allow-Methods': 'GET, HEAD',
        'Access-Control-Allow-Headers': 'If-None-Match',
        'Access-Control-Max-Age': '86400',
      });
    if (method !== 'GET' && method !== 'HEAD')
      return answer(405, { Allow: 'GET, HEAD, OPTIONS', 'Content-Type': 'text/plain' }, 'Method not allowed\n');
    const target = TARGET.exec(name);
    const stats =
      target || [METADATA, LOG_HEAD, LOG_TILE].some((known) => known.test(name)) || isStaticPart(name)
        ? findFile(name)
        : undefined;
    // Clients probe for the next root, and it may be there in a minute.
    if (!stats)
      return answer(
        404,
        { 'Cache-Control': A_MINUTE, 'Content-Type': 'text/plain' },
        method === 'HEAD' ? null : 'Not found\n',
      );
    const small = stats.size <= KEPT_FILE ? keep(kept, join(options.repoDir, name), stats) : undefined;
    const etag = small?.etag ?? `"${target?.[1] ?? `${stats.size}-${stats.mtimeMs}`}"`;
    const { contentType, cacheControl } = headersOf(name);
    const headers = { ETag: etag, 'Cache-Control': cacheControl };
    if (matches(c.req.header('if-none-match'), etag)) return answer(304, headers);
    const sent = {
      ...headers,
      'Content-Type': contentType,
      ...(name.endsWith('.html') ? { 'Content-Security-Policy': pagePolicy(name) } : {}),
      'Content-Length': String(small?.bytes.length ?? stats.size),
    };
    if (method === 'HEAD') return answer(200, sent);
    if (small) return answer(200, sent, new Uint8Array(small.bytes));
    // The DOM's and Node's types of the same stream differ in name only.
    const stream = Readable.toWeb(
      createReadStream(join(options.repoDir, name), { highWaterMark: 256 * 1024 }),
    ) as ReadableStream<Uint8Array>;
    return answer(200, sent, stream);
  };
}

/** Finds regular files that really lie in the tree: links, of files or of folders, lead out of it and are not followed. */
function fileFinder(repoDir: string): (name: string) => Stats | undefined {
  const foldersInside = new Set<string>();
  return (name) => {
    const path = join(repoDir, name);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (!stats?.isFile()) return undefined;
    const folder = dirname(path);
    if (!foldersInside.has(folder)) {
      if (!(realpathSync(folder) + sep).startsWith(realpathSync(repoDir) + sep)) return undefined;
      foldersInside.add(folder);
    }
    return stats;
  };
}

/** The file's bytes and their hash, from memory unless the file on disk is another one now. */
function keep(kept: Map<string, Kept>, path: string, stats: Stats): Kept {
  const stamp = `${stats.ino} ${stats.size} ${stats.mtimeMs}`;
  const known = kept.get(path);
  if (known?.stamp === stamp) return known;
  const bytes = readFileSync(path);
  const fresh = { stamp, bytes, etag: `"${createHash('sha256').update(bytes).digest('hex')}"` };
  if (kept.size >= KEPT_FILES) kept.delete(kept.keys().next().value ?? '');
  kept.set(path, fresh);
  return fresh;
}

/**
 * A page of the tree is for reading: it loads nothing, runs nothing, sends nothing and stands in no frame. The page for people
 * leads to the seed, which a browser saves.
 */
function pagePolicy(name: string): string {
  const sandbox = `sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation${name === 'index.html' ? ' allow-downloads' : ''}`;
  return `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; ${sandbox}`;
}
