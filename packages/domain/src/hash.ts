import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { ContentHash } from './identity.ts';

/** A value JSON can carry. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * Canonical JSON (RFC 8785) of a value. Undefined members are left out.
 * @param known texts of objects met before, kept for the members of `value`: of two documents that share most of their
 *   members the second one costs little
 * @throws TypeError for floats and for strings that are not well-formed: two different inputs must never share a hash (SECURITY F15).
 */
export function canonicalJson(value: unknown, known?: Map<object, string>): string {
  if (value === undefined) throw new TypeError('Nothing to hash');
  if (!known || !isPlain(value)) return write(value);
  return writeTree(value, (member) => {
    if (member === null || typeof member !== 'object') return write(member);
    const text = known.get(member) ?? write(member);
    known.set(member, text);
    return text;
  });
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** SHA-256 over canonical JSON, hex. @throws TypeError as `canonicalJson`. */
export function contentHash(value: unknown): ContentHash {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(value))));
}

// Our own few lines: every document is written so when it is approved, verified and published, and they take a third of
// the time of the library, which tests compare them with.
function write(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quote(value);
    case 'number':
      if (!Number.isSafeInteger(value)) throw new TypeError('Only whole numbers can be hashed');
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? writeList(value) : writeTree(value as Record<string, unknown>);
    default:
      throw new TypeError(`A ${typeof value} cannot be hashed`);
  }
}

function writeList(list: readonly unknown[]): string {
  let text = '';
  for (const item of list) text += `${text === '' ? '' : ','}${item === undefined ? 'null' : write(item)}`;
  return `[${text}]`;
}

function writeTree(tree: Record<string, unknown>, writeMember = write): string {
  // A Date says what it is, as it does to JSON.stringify; as a bare object it would be empty like any other.
  if (typeof tree['toJSON'] === 'function') return write((tree as { toJSON(): unknown }).toJSON());
  let text = '';
  // RFC 8785 §3.2.3: members in the order of their UTF-16 code units, which is what `sort` does.
  for (const key of Object.keys(tree).sort()) {
    const member = tree[key];
    if (member !== undefined) text += `${text === '' ? '' : ','}${quoteKey(key)}${writeMember(member)}`;
  }
  return `{${text}}`;
}

/** The names of fields are the same in every document. Few are kept, since a draft may hold any. */
const quotedKeys = new Map<string, string>();

function quoteKey(key: string): string {
  const known = quotedKeys.get(key);
  if (known !== undefined) return known;
  const quoted = `${quote(key)}:`;
  if (quotedKeys.size < 1000) quotedKeys.set(key, quoted);
  return quoted;
}

function quote(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('Text is not well-formed Unicode');
  return JSON.stringify(text);
}
