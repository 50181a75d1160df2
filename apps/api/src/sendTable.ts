import { writeCsv } from '@waymark/import';
import { toWorkbook } from '@waymark/services';
import type { AppContext } from './deps.ts';
import { streamText } from './stream.ts';

/** As what a table can be taken out. */
export const TABLE_FORMATS = ['csv', 'xlsx'] as const;

const MEDIA_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** Sends a table, its header first, as a file to save. */
export async function sendTable(
  c: AppContext,
  name: string,
  rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
  format: (typeof TABLE_FORMATS)[number],
): Promise<Response> {
  c.header('Content-Type', MEDIA_TYPES[format]);
  c.header('Content-Disposition', `attachment; filename="${name}.${format}"`);
  return format === 'csv' ? streamText(c, writeCsv(rows)) : c.body(new Uint8Array(await toWorkbook(rows)));
}
