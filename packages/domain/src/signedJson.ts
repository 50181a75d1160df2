import { canonicalize } from '@tufjs/canonical-json';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

const asciiKey = /^[\x20-\x7e]+$/;
const loneSurrogate = /\p{Surrogate}/u;

/**
 * The bytes that TUF signatures are made over: OLPC canonical JSON, narrowed to what every client reads the same way.
 * The server, the command line and the browser sign and check with this one function.
 *
 * `canonicalize` lets through what other languages cannot read: 1e21, lone surrogates, a Date as `{}`, keys that sort
 * differently in UTF-16 (SNAPSHOTS §2.4, §2.5.4). So the value is looked at first.
 * @throws TypeError naming the place that cannot be signed
 */
export function signedBytes(value: unknown): Uint8Array {
  const reason = refusalOf(value, '$');
  if (reason) throw new TypeError(reason);
  return utf8ToBytes(canonicalize(value));
}

/** Lower-case hex SHA-256 of `signedBytes`: what people compare, as six words (see `digestWords`). */
export function signedDigest(value: unknown): string {
  return bytesToHex(sha256(signedBytes(value)));
}

function refusalOf(value: unknown, place: string): string | undefined {
  if (value === null || typeof value === 'boolean') return undefined;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? undefined : `${place} is not a whole number`;
  if (typeof value === 'string') return loneSurrogate.test(value) ? `${place} is not valid Unicode` : undefined;
  if (Array.isArray(value)) return firstRefusal(value.map((item, index) => [item, `${place}[${index}]`]));
  if (typeof value !== 'object') return `${place} is ${typeof value}`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return `${place} is not a plain object`;
  const badKey = Object.keys(value).find((key) => !asciiKey.test(key));
  if (badKey !== undefined) return `${place} has a key outside ASCII`;
  return firstRefusal(Object.entries(value).map(([key, item]) => [item, `${place}.${key}`]));
}

function firstRefusal(items: [unknown, string][]): string | undefined {
  for (const [item, place] of items) {
    const reason = refusalOf(item, place);
    if (reason) return reason;
  }
  return undefined;
}
