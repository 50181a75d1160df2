import { createHash } from 'node:crypto';
import { canonicalize } from '@tufjs/canonical-json';
import { TufProblem } from './problem.ts';

const asciiKey = /^[\x20-\x7e]+$/;
const loneSurrogate = /\p{Surrogate}/u;

/**
 * The bytes that are signed: OLPC canonical JSON, narrowed to what every TUF client reads the same way.
 *
 * `canonicalize` lets through what other languages cannot read: 1e21, lone surrogates, a Date as `{}`, keys that sort
 * differently in UTF-16 (SNAPSHOTS §2.4, §2.5.4). So the value is looked at first.
 * @throws TufProblem `not-canonical`, naming the place
 */
export function canonicalBytes(value: unknown): Buffer {
  const reason = canonicalRefusal(value, '$');
  if (reason) throw new TufProblem('not-canonical', `cannot be signed: ${reason}`);
  return Buffer.from(canonicalize(value));
}

function canonicalRefusal(value: unknown, place: string): string | undefined {
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
    const reason = canonicalRefusal(item, place);
    if (reason) return reason;
  }
  return undefined;
}

/** Lower-case hex SHA-256. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
