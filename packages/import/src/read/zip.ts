import { Inflate } from 'fflate';
import type { Limits } from './limits.ts';
import { ReadProblem } from './refusal.ts';
import { figure } from './rowGate.ts';

/** A file inside an archive, as its directory describes it. Nothing is unpacked yet. */
export interface ZipEntry {
  name: string;
  method: number;
  packed: number;
  unpacked: number;
  offset: number;
}

const END_OF_DIRECTORY = 0x06054b50;
const IN_DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
/** The end of the directory, and the longest comment behind it (APPNOTE 4.3.16). */
const LONGEST_END = 22 + 65_535;
const ENCRYPTED = 1;
/** Deflate makes a byte out of at most 1,032; text of spreadsheets comes to a tenth of this. */
const HIGHEST_RATIO = 400;
const CHUNK = 65_536;

/**
 * The files of a ZIP archive, by name, from its directory alone.
 * @throws ReadProblem archive-unsafe for what no office program writes: encrypted or unknown packing, names that lead elsewhere,
 * two files of one name, too many files, or more inside than limits allow
 */
export function listZip(bytes: Uint8Array, { files, unpacked }: Limits): Map<string, ZipEntry> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count > files) throw unsafe(`it holds ${figure(count)} files, and ${figure(files)} are enough for any workbook`);
  const entries = new Map<string, ZipEntry>();
  let total = 0;
  for (let n = 0; n < count; n += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== IN_DIRECTORY) throw unsafe('its directory is cut off');
    const nameLength = view.getUint16(at + 28, true);
    const entry: ZipEntry = {
      name: new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      method: view.getUint16(at + 10, true),
      packed: view.getUint32(at + 20, true),
      unpacked: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    };
    checkEntry(entry, view.getUint16(at + 8, true));
    if (entries.has(entry.name)) throw unsafe(`two files in it are called ${entry.name}`);
    total += entry.unpacked;
    if (total > unpacked) throw tooMuch(unpacked);
    entries.set(entry.name, entry);
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function findEnd(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - LONGEST_END);
  for (let at = view.byteLength - 22; at >= lowest; at -= 1)
    if (view.getUint32(at, true) === END_OF_DIRECTORY) return at;
  throw unsafe('its directory is missing');
}

function checkEntry({ name, method, packed, unpacked }: ZipEntry, flags: number): void {
  if ((flags & ENCRYPTED) !== 0) throw unsafe('it is encrypted; remove the password');
  if (method !== 0 && method !== 8) throw unsafe(`${name} is packed in an unusual way`);
  if (/^[/\\]|(^|[/\\])\.\.([/\\]|$)|^[A-Za-z]:|\0/.test(name))
    throw unsafe('a file in it has a name that leads elsewhere');
  if (unpacked > CHUNK && unpacked > packed * HIGHEST_RATIO)
    throw unsafe(`${name} is packed far smaller than any table`);
}

/**
 * Unpacks one file, piece by piece. What its directory says about its size is not believed: more than that is refused as it comes.
 * @param take gets each piece
 */
export function unpack(bytes: Uint8Array, entry: ZipEntry, take: (piece: Uint8Array) => void): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { name, offset, packed, unpacked, method } = entry;
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== LOCAL)
    throw unsafe(`${name} is not where its directory says`);
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  if (start + packed > bytes.length) throw unsafe(`${name} is cut off`);
  let size = 0;
  const count = (piece: Uint8Array) => {
    size += piece.length;
    if (size > unpacked) throw unsafe(`${name} is larger than its directory says`);
    take(piece);
  };
  const packedBytes = bytes.subarray(start, start + packed);
  if (method === 0) count(packedBytes);
  else inflate(packedBytes, name, count);
  if (size !== unpacked) throw unsafe(`${name} is not whole`);
}

function inflate(packed: Uint8Array, name: string, take: (piece: Uint8Array) => void): void {
  const inflater = new Inflate((piece) => take(piece));
  for (let at = 0; at < packed.length; at += CHUNK) {
    const isLast = at + CHUNK >= packed.length;
    try {
      inflater.push(packed.subarray(at, at + CHUNK), isLast);
    } catch (error) {
      throw error instanceof ReadProblem ? error : unsafe(`${name} is damaged`);
    }
  }
}

/** One file of an archive, whole. */
export function unpackWhole(bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  const pieces: Uint8Array[] = [];
  unpack(bytes, entry, (piece) => pieces.push(piece.slice()));
  return Buffer.concat(pieces);
}

function unsafe(what: string): ReadProblem {
  return new ReadProblem(
    'archive-unsafe',
    `The file is not taken: ${what}. Open it in the program it came from and save it anew.`,
  );
}

function tooMuch(limit: number): ReadProblem {
  return new ReadProblem(
    'archive-unsafe',
    `Unpacked, the file is larger than ${figure(limit / 1_000_000)} MB. Remove sheets and pictures that are not needed, or save the table as CSV.`,
  );
}
