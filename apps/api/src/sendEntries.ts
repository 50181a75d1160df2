import { exportEntries, exportWorkbook, type ExportFormat } from '@waymark/services';
import type { RecordQuery } from '@waymark/store';
import { contextOf, type AppContext } from './deps.ts';
import { streamText } from './stream.ts';

const MEDIA_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
} as const satisfies Record<ExportFormat, string>;

/** Answers with these entries as a file to save: a table, or documents. */
export async function sendEntries(c: AppContext, query: RecordQuery, format: ExportFormat): Promise<Response> {
  c.header('Content-Type', MEDIA_TYPES[format]);
  c.header('Content-Disposition', `attachment; filename="entries.${format}"`);
  if (format !== 'xlsx') return streamText(c, exportEntries(contextOf(c), query, format));
  return c.body(new Uint8Array(await exportWorkbook(contextOf(c), query)));
}
