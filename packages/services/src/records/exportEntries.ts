import type { Entry } from '@waymark/domain';
import { ENTRY_HEADER, toEntryRow, writeCsv } from '@waymark/import';
import { eachMatching, type Context, type RecordQuery } from '@waymark/store';
import { documentsInLines, documentsInOne } from './documents.ts';
import { exportHsdsPage } from './exportHsds.ts';
import { toWorkbook } from './toWorkbook.ts';

/** As what a list of entries can be taken out, edited elsewhere, and brought back. `hsds` is a package of tables, `hsds-json` a page. */
export const EXPORT_FORMATS = ['csv', 'xlsx', 'json', 'ndjson', 'hsds', 'hsds-json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The filtered entries, piece by piece: a table in the columns of the import, or the documents themselves. */
export function exportEntries(
  ctx: Context,
  query: RecordQuery,
  format: Exclude<ExportFormat, 'xlsx' | 'hsds'>,
): AsyncGenerator<string> {
  if (format === 'csv') return writeCsv(rowsOf(ctx, query));
  if (format === 'hsds-json') return exportHsdsPage(ctx, query);
  return format === 'json' ? documentsInOne(ctx, 'entry', query) : documentsInLines(ctx, 'entry', query);
}

/**
 * The same table as a workbook.
 * @throws Problem input-invalid for more than 5,000 entries
 */
export function exportWorkbook(ctx: Context, query: RecordQuery): Promise<Uint8Array> {
  return toWorkbook(rowsOf(ctx, query));
}

async function* rowsOf(ctx: Context, query: RecordQuery): AsyncGenerator<readonly string[]> {
  yield ENTRY_HEADER;
  for await (const { doc, revision } of eachMatching(ctx.store.read, 'entry', query))
    yield toEntryRow({ doc: doc as Entry, revision }); // Of that type alone.
}
