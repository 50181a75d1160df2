import type { Source } from '../source.ts';
import { collect } from './collect.ts';
import { readDelimited } from './delimited.ts';
import { decodeText, type Decoded } from './encoding.ts';
import { isHsdsPackage, readHsdsPackage } from './hsds/tables.ts';
import { readHtmlTable } from './htmlTable.ts';
import { readJson, readNdjson } from './json.ts';
import { UPLOAD_LIMITS } from './limits.ts';
import type { ReadOptions } from './options.ts';
import { ReadProblem, type ReadRefusal } from './refusal.ts';
import { compressed, sniff } from './signature.ts';
import { isWorkbook, readXlsx } from './xlsx/readXlsx.ts';
import { listZip } from './zip.ts';

/** What becomes of a file: it was read whole, or not at all. */
export type ReadResult = { source: Source; refusal?: never } | { refusal: ReadRefusal; source?: never };

/**
 * Reads a file that somebody sent: CSV and its relatives, XLSX, a table in HTML, JSON and NDJSON of our own schema, HSDS as JSON
 * or as a package of tables. What it is, is found in its bytes: names and types lie. Never throws for any bytes.
 * It blocks while it works; `readInWorker` does not.
 */
export async function read(
  input: Uint8Array | AsyncIterable<Uint8Array>,
  options: Partial<ReadOptions> = {},
): Promise<ReadResult> {
  const whole = { limits: UPLOAD_LIMITS, ...options };
  try {
    const source = readBytes(await collect(input, whole.limits.bytes), whole);
    if (source.rows.length === 0) throw empty(source);
    return { source };
  } catch (error) {
    if (error instanceof ReadProblem) return { refusal: error.refusal };
    throw error;
  }
}

function readBytes(bytes: Uint8Array, options: ReadOptions): Source {
  if (sniff(bytes) === 'zip') return readArchive(bytes, options);
  return readText(decodeText(bytes), options);
}

function readArchive(bytes: Uint8Array, options: ReadOptions): Source {
  const entries = listZip(bytes, options.limits);
  if (isWorkbook(entries)) return readXlsx(bytes, entries, options);
  if (isHsdsPackage(entries)) return readHsdsPackage(bytes, entries, options);
  if (entries.has('content.xml') && entries.has('mimetype'))
    throw new ReadProblem('format-unknown', 'This is an OpenDocument file. Save the table as XLSX, or as "CSV UTF-8".');
  throw compressed('ZIP');
}

function readText(decoded: Decoded, options: ReadOptions): Source {
  const text = decoded.text.trimStart();
  if (text.startsWith('<') && options.delimiter === undefined) return readHtmlTable(decoded, options);
  if (!/^[{[]/.test(text) || options.delimiter !== undefined) return readDelimited(decoded, options);
  return isLines(text) ? readNdjson(decoded, options) : readJson(decoded, options);
}

/** NDJSON has a whole value in its first line, and another one below; JSON of one line has nothing below. */
function isLines(text: string): boolean {
  const end = text.indexOf('\n');
  if (!text.startsWith('{') || end < 0 || text.slice(end).trim() === '') return false;
  try {
    JSON.parse(text.slice(0, end));
    return true;
  } catch {
    return false;
  }
}

function empty({ header, reading: { passedOver = {} } }: Source): ReadProblem {
  const others = Object.entries(passedOver).map(([name, count]) => `${count} of type ${name}`);
  const found =
    header.length > 0
      ? 'It has a header and no row below it.'
      : others.length > 0
        ? `It holds ${others.join(', ')}.`
        : '';
  return new ReadProblem(
    'file-empty',
    `There is nothing to import. ${found} Send a table with a header and at least one row.`.replace('  ', ' '),
  );
}
