import { looksWestern } from './western.ts';
import { ReadProblem } from './refusal.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';
export type Decoded = { text: string; encoding: Encoding };

/**
 * The text of a file, without its byte-order mark. The encoding is certain or the file is refused: a name that was read
 * in a wrong one would look like a name.
 * @throws ReadProblem encoding-invalid, nul-byte
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const marked = markedEncoding(bytes);
  if (marked === 'utf-32') throw unreadable('The file is in UTF-32', 0);
  const decoded = marked === undefined ? decodeUnmarked(bytes) : decodeAs(bytes, marked);
  refuseNul(decoded);
  return decoded;
}

function markedEncoding(bytes: Uint8Array): 'utf-32' | Exclude<Encoding, 'windows-1252'> | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'utf-32' : 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
}

function decodeUnmarked(bytes: Uint8Array): Decoded {
  const wide = wideEncoding(bytes);
  if (wide !== undefined) return decodeAs(bytes, wide);
  const text = decoded(bytes, 'utf-8');
  if (text !== undefined) return { text, encoding: 'utf-8' };
  const western = decoded(bytes, 'windows-1252') ?? '';
  const { at, wellFormed } = utf8Defect(bytes);
  // Both kinds of letters in one file: it was pasted together, and no reading of it is right.
  if (wellFormed > 0 || !looksWestern(western)) throw unreadable('The text is not UTF-8', at, bytes);
  return { text: western, encoding: 'windows-1252' };
}

function decodeAs(bytes: Uint8Array, encoding: Exclude<Encoding, 'windows-1252'>): Decoded {
  const text = decoded(bytes, encoding);
  if (text !== undefined) return { text, encoding };
  const at = encoding === 'utf-8' ? utf8Defect(bytes).at : wideDefect(bytes, encoding);
  throw unreadable(`The file says that it is ${encoding.toUpperCase()}, and is not`, at, bytes);
}

function decoded(bytes: Uint8Array, encoding: Encoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** What no text holds, but for a NUL. */
const CONTROLS = /[^\P{Cc}\0\t\n\r\f]/u;

/**
 * UTF-16 without a mark: Latin letters and separators have a NUL in every second byte, and in no other. Where other letters
 * make the NULs few, the rest is no text in UTF-8 either; a stray NUL in a text makes none of it.
 */
function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  const end = Math.min(bytes.length, 8192);
  if (bytes.length % 2 === 1) return undefined;
  const nuls = [0, 0];
  for (let at = 0; at < end; at += 1) if (bytes[at] === 0) nuls[at % 2]! += 1;
  const [even = 0, odd = 0] = nuls;
  const most = Math.max(even, odd);
  const isWide = most * 4 >= end || (most * 50 >= end && CONTROLS.test(decoded(bytes, 'utf-8') ?? '\x01'));
  if (!isWide || Math.min(even, odd) > 0) return undefined;
  return odd > 0 ? 'utf-16le' : 'utf-16be';
}

/** Offset of the first unit that is half a character. */
function wideDefect(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const unit = (at: number) => (at + 1 < bytes.length ? view.getUint16(at, encoding === 'utf-16le') : 0);
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const isHigh = (unit(at) & 0xfc00) === 0xd800;
    const isLow = (unit(at) & 0xfc00) === 0xdc00;
    if (isLow || (isHigh && (unit(at + 2) & 0xfc00) !== 0xdc00)) return at;
    if (isHigh) at += 2;
  }
  return bytes.length - 1;
}

/** Offset of the first byte that is no UTF-8, and how many characters of several bytes the whole file has (RFC 3629 §4). */
function utf8Defect(bytes: Uint8Array): { at: number; wellFormed: number } {
  let first = -1;
  let wellFormed = 0;
  for (let at = 0; at < bytes.length;) {
    const size = sequenceAt(bytes, at);
    if (size > 1) wellFormed += 1;
    if (size === 0 && first < 0) first = at;
    at += size || 1;
  }
  return { at: Math.max(first, 0), wellFormed };
}

function sequenceAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return 1;
  const size = lead >= 0xc2 && lead < 0xe0 ? 2 : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
  for (let next = 1; next < size; next += 1) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0;
  const second = bytes[at + 1] ?? 0;
  // Longer than needed, half a character of UTF-16, or beyond Unicode.
  const isForbidden =
    (lead === 0xe0 && second < 0xa0) ||
    (lead === 0xed && second > 0x9f) ||
    (lead === 0xf0 && second < 0x90) ||
    (lead === 0xf4 && second > 0x8f);
  return isForbidden ? 0 : size;
}

function unreadable(what: string, byte: number, bytes?: Uint8Array): ReadProblem {
  const line = bytes === undefined ? 1 : lineOf(bytes, byte);
  return new ReadProblem(
    'encoding-invalid',
    `${what}: see byte ${byte} in line ${line}. Open the file in the program it came from and save it as "CSV UTF-8" or as XLSX.`,
    { byte, line },
  );
}

function lineOf(bytes: Uint8Array, end: number): number {
  let line = 1;
  for (let at = 0; at < end; at += 1) if (bytes[at] === 0x0a) line += 1;
  return line;
}

function refuseNul({ text }: Decoded): void {
  const at = text.indexOf('\0');
  if (at < 0) return;
  const line = text.slice(0, at).split('\n').length;
  throw new ReadProblem(
    'nul-byte',
    `Line ${line} holds a NUL: this is no text, or it was cut. Export the table again.`,
    { line },
  );
}
