import { createReadStream } from 'node:fs';
import {
  COMMAND_LINE_LIMITS,
  READ_REFUSALS,
  readInWorker,
  type Reading,
  type ReadOptions,
  type ReadRefusal,
  type Source,
} from '@waymark/import';

/** On one's own machine a file may be large: what a file of 200,000 rows takes, with room to spare. */
const READING_TERMS = { limits: COMMAND_LINE_LIMITS, timeLimit: 600_000, memoryLimit: 4096 } as const;

/** Reads a partner's file whole. @throws Error with the place and the way out, when it is refused */
export async function readFileOf(
  file: string,
  options: Partial<Pick<ReadOptions, 'sheet' | 'delimiter'>>,
): Promise<Source> {
  const { source, refusal } = await readInWorker(createReadStream(file), { ...READING_TERMS, ...options });
  if (refusal) throw new Error(refusalInWords(file, refusal));
  return source;
}

/** Why a file was not read, in words. */
export function refusalInWords(file: string, { code, detail }: ReadRefusal): string {
  return `${file} is refused (${code}): ${READ_REFUSALS[code].title}. ${detail}`;
}

const FORMATS = {
  delimited: 'delimited text',
  html: 'a table in HTML',
  xlsx: 'a workbook (XLSX)',
  json: 'JSON',
  ndjson: 'JSON in lines',
  hsds: 'HSDS',
  'hsds-tabular': 'HSDS, a package of tables',
} as const satisfies Record<Reading['format'], string>;

/** How a file was read, on one line. */
export function readingInWords({ reading, header, rows }: Source): string {
  const { format, encoding, delimiter, sheet, sheets = [], passedOver = {} } = reading;
  const others = sheets.filter((name) => name !== sheet);
  return [
    `${FORMATS[format]}${encoding === undefined ? '' : `, ${encoding}`}`,
    ...(delimiter === undefined ? [] : [`cells parted by ${delimiter === '\t' ? 'tabs' : `"${delimiter}"`}`]),
    ...(sheet === undefined ? [] : [`sheet "${sheet}"`]),
    ...(others.length === 0 ? [] : [`other sheets not read: ${others.join(', ')}`]),
    ...(header.length === 0 ? [] : [`${header.length} columns`]),
    `${rows.length} rows`,
    ...Object.entries(passedOver).map(([type, count]) => `passed over: ${count} of type ${type}`),
  ].join('; ');
}
