import { refuse, SCHEMA_VERSION, type Entry } from '@waymark/domain';
import { ENTRY_HEADER, toEntryRow, writeCsv, writeXlsxInWorker } from '@waymark/import';
import { eachMatching, Problem, type Context, type RecordQuery } from '@waymark/store';

/** As what a list of entries can be taken out, edited elsewhere, and brought back. */
export const EXPORT_FORMATS = ['csv', 'xlsx', 'json', 'ndjson'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** A workbook is made as a whole; what is longer is read a row at a time. */
const MOST_IN_A_WORKBOOK = 5000;

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
export async function exportWorkbook(ctx: Context, query: RecordQuery): Promise<Uint8Array> {
  const rows: (readonly string[])[] = [];
  for await (const row of rowsOf(ctx, query)) {
    rows.push(row);
    if (rows.length > MOST_IN_A_WORKBOOK + 1)
      throw new Problem(
        refuse(
          'input-invalid',
          `A workbook takes at most ${MOST_IN_A_WORKBOOK} entries: filter the list, or choose CSV.`,
        ),
      );
  }
  return await writeXlsxInWorker(rows);
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
