import { SCHEMA_VERSION, type Entry } from '@waymark/domain';
import { ENTRY_HEADER, toEntryRow, writeCsv } from '@waymark/import';
import { eachMatching, type Context, type RecordQuery } from '@waymark/store';
import { toWorkbook } from './toWorkbook.ts';

/** As what a list of entries can be taken out, edited elsewhere, and brought back. */
export const EXPORT_FORMATS = ['csv', 'xlsx', 'json', 'ndjson'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The filtered entries, piece by piece: a table in the columns of the import, or the documents themselves. */
export function exportEntries(
  ctx: Context,
  query: RecordQuery,
  format: Exclude<ExportFormat, 'xlsx'>,
): AsyncGenerator<string> {
  if (format === 'csv') return writeCsv(rowsOf(ctx, query));
  return format === 'json' ? jsonOf(ctx, query) : linesOf(ctx, query);
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

async function* linesOf(ctx: Context, query: RecordQuery): AsyncGenerator<string> {
  for await (const entry of entriesOf(ctx, query)) yield `${JSON.stringify(entry)}\n`;
}

async function* jsonOf(ctx: Context, query: RecordQuery): AsyncGenerator<string> {
  yield `{"schema":${JSON.stringify(SCHEMA_VERSION)},"entries":[`;
  let before = '\n';
  for await (const entry of entriesOf(ctx, query)) {
    yield `${before}${JSON.stringify(entry)}`;
    before = ',\n';
  }
  yield '\n]}\n';
}

async function* entriesOf({ store }: Context, query: RecordQuery): AsyncGenerator<Entry> {
  for await (const { doc } of eachMatching(store.read, 'entry', query)) yield doc as Entry; // Of that type alone.
}
