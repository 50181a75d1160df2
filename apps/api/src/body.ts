import type { MiddlewareHandler } from 'hono';
import { refuse } from '@waymark/domain';
import { Problem } from '@waymark/store';
import { isFile } from './csrf.ts';
import type { AppEnv } from './deps.ts';

const KIB = 1024;
/** Where whole documents are sent, or the ids of thousands. */
const TAKES_DOCUMENTS =
  /^\/api\/v1\/(proposals(\/[^/]+)?|(entries|organisations|countries)\/[^/]+\/impact|bulk(\/[^/]+)?)$/;
/** Where strangers send a few words (SECURITY D-01). */
const TAKES_LITTLE = /^\/public\/v1\/corrections$/;
/** Deeper than any document of ours by far; deeper bodies are made to exhaust a parser (SECURITY D-03). */
const DEEPEST = 50;

const LARGEST_WORDS = 4 * KIB;
const LARGEST = 64 * KIB;
const LARGEST_DOCUMENT = 256 * KIB;

/** Reads the body of a change within its limit, before anything else looks at it. Compressed bodies are not taken. */
export const readBody: MiddlewareHandler<AppEnv> = async (c, next) => {
  if (c.req.method === 'GET' || c.req.method === 'HEAD' || c.req.method === 'OPTIONS') return next();
  if ((c.req.header('content-encoding') ?? 'identity') !== 'identity')
    throw new Problem(refuse('content-type-wrong', 'Send the body uncompressed'));
  // A file is read by its route, once it knows who sends it.
  if (isFile(c.req.path, c.req.header('content-type') ?? '')) return next();
  const text = new TextDecoder().decode(await bytesWithin(c.req.raw, largestFor(c.req.path), 'body-too-large'));
  if (text !== '') requireSafeJson(text);
  // The stream is read now; whoever validates the body gets this text.
  // hono keeps promises there, though its type names what they resolve to.
  c.req.bodyCache.text = Promise.resolve(text) as unknown as string;
  c.set('bodyText', text);
  return next();
};

function largestFor(path: string): number {
  if (TAKES_LITTLE.test(path)) return LARGEST_WORDS;
  return TAKES_DOCUMENTS.test(path) ? LARGEST_DOCUMENT : LARGEST;
}

/**
 * The body, given up as soon as it is larger than `limit` bytes, whatever its length was said to be (SECURITY D-01).
 * @throws Problem with the refusal named
 */
export async function bytesWithin(
  { headers, body }: Request,
  limit: number,
  tooLarge: 'body-too-large' | 'file-too-large',
): Promise<Uint8Array> {
  if (Number(headers.get('content-length') ?? 0) > limit) throw new Problem(refuse(tooLarge));
  if (!body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.byteLength;
    if (size > limit) {
      await reader.cancel();
      throw new Problem(refuse(tooLarge));
    }
    chunks.push(read.value);
  }
  return Buffer.concat(chunks);
}

/**
 * Refuses JSON that could not be stored under a hash or would mislead code behind: text that is not well-formed Unicode,
 * fractions, keys that reach a prototype (SECURITY F14, F15).
 * @throws Problem `json-malformed`, `input-invalid` naming the places
 */
export function requireSafeJson(text: string): void {
  if (depthOf(text) > DEEPEST)
    throw new Problem(refuse('json-malformed', `The body is nested deeper than ${DEEPEST} levels`));
  const errors = unsafePlaces(parse(text), '').slice(0, 100);
  if (errors.length > 0) throw new Problem(refuse('input-invalid', undefined, errors));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(refuse('json-malformed'));
  }
}

function unsafePlaces(value: unknown, path: string): { path: string; message: string }[] {
  if (typeof value === 'string')
    return value.isWellFormed() ? [] : [{ path, message: 'A character was damaged on its way here' }];
  if (typeof value === 'number')
    return Number.isSafeInteger(value) ? [] : [{ path, message: 'Only whole numbers are taken' }];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const at = `${path}/${key.toWellFormed()}`;
    if (key === '__proto__' || key === 'constructor' || key === 'prototype' || !key.isWellFormed())
      return [{ path: at, message: 'This is not known here' }];
    return unsafePlaces(member, at);
  });
}

/** How deep the brackets of a JSON text go; strings are skipped. Linear, so that it costs less than what it prevents. */
export function depthOf(json: string): number {
  let deepest = 0;
  let depth = 0;
  let inString = false;
  for (let i = 0; i < json.length; i += 1) {
    const c = json.charCodeAt(i);
    if (inString) {
      if (c === 0x5c) i += 1;
      else if (c === 0x22) inString = false;
    } else if (c === 0x22) inString = true;
    else if (c === 0x7b || c === 0x5b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (c === 0x7d || c === 0x5d) depth -= 1;
  }
  return deepest;
}
