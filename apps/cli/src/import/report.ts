import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UPLOAD_LIMITS, writeCsv, writeXlsxInWorker } from '@waymark/import';

/** A workbook is made as a whole; what is longer is written a row at a time. */
const MOST_IN_A_WORKBOOK = UPLOAD_LIMITS.rows;

/** @throws Error unless the name says which of two formats it is to be */
export function requireReportName(file: string): void {
  if (!/\.(?:csv|xlsx)$/i.test(file)) throw new Error(`${file}: name the report .csv or .xlsx`);
}

/** Writes a table to a new file, as the end of its name says. @throws Error when there is a file, or too many rows for a workbook */
export async function writeReport(file: string, table: Iterable<string[]>): Promise<void> {
  if (/\.csv$/i.test(file)) return pipeline(Readable.from(writeCsv(table)), createWriteStream(file, { flags: 'wx' }));
  const rows = [...table];
  if (rows.length > MOST_IN_A_WORKBOOK + 1)
    throw new Error(`A workbook takes at most ${MOST_IN_A_WORKBOOK} rows: name the report .csv`);
  await writeFile(file, await writeXlsxInWorker(rows), { flag: 'wx' });
}
