import { exportEntries, exportHsdsPackage, exportWorkbook, type ExportFormat } from '@waymark/services';
import type { RecordQuery } from '@waymark/store';
import { contextOf, type AppContext } from './deps.ts';
import { streamBytes, streamText } from './stream.ts';

export const MEDIA_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
  hsds: 'application/zip',
  'hsds-json': 'application/json; charset=utf-8',
} as const satisfies Record<ExportFormat, string>;
const EXTENSIONS: Record<ExportFormat, string> = {
  csv: 'csv',
  xlsx: 'xlsx',
  json: 'json',
  ndjson: 'ndjson',
  hsds: 'hsds.zip',
  'hsds-json': 'hsds.json',
};

/** Answers with these entries as a file to save: a table, or documents. */
export async function sendEntries(c: AppContext, query: RecordQuery, format: ExportFormat): Promise<Response> {
  c.header('Content-Type', MEDIA_TYPES[format]);
  c.header('Content-Disposition', `attachment; filename="entries.${EXTENSIONS[format]}"`);
  const ctx = contextOf(c);
  if (format === 'xlsx') return c.body(new Uint8Array(await exportWorkbook(ctx, query)));
  if (format === 'hsds') return streamBytes(c, exportHsdsPackage(ctx, query));
  return streamText(c, exportEntries(ctx, query, format));
}
