import { CsvError, parse } from 'csv-parse/sync';
import type { Source } from '../source.ts';
import { findDelimiter } from './delimiter.ts';
import type { Decoded } from './encoding.ts';
import type { ReadOptions } from './options.ts';
import { ReadProblem } from './refusal.ts';
import { cellTooLong } from './rowGate.ts';
import { TableRows } from './tableRows.ts';

/**
 * A table as text: CSV, TSV and their relatives.  * @throws ReadProblem at the first thing that is wrong
 */
export function readDelimited(decoded: Decoded, options: ReadOptions): Source {
  const { limits, delimiter } = options;
  const found = delimiter === undefined ? findDelimiter(decoded.text) : { text: decoded.text, delimiter, before: 0 };
  const table = new TableRows(options);
  let line = found.before + 1;
  try {
    parse(found.text, {
      delimiter: found.delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      // A row within all limits is never longer, whatever its letters; what is, ends here and not in memory.
      max_record_size: limits.columns * limits.cell * 4,
      on_record: (cells: string[], { lines }) => {
        table.add(cells, { line });
        line = found.before + lines + 1;
        return null;
      },
    });
  } catch (error) {
    throw refusalOf(error, line, limits.cell);
  }
  const { encoding } = decoded;
  const reading = { format: 'delimited', encoding, delimiter: found.delimiter } as const;
  return { reading, header: table.header ?? [], rows: table.rows };
}

function refusalOf(error: unknown, line: number, longest: number): unknown {
  if (!(error instanceof CsvError)) return error;
  if (error.code === 'CSV_MAX_RECORD_SIZE') return cellTooLong(longest, { line });
  if (error.code !== 'CSV_QUOTE_NOT_CLOSED') return error;
  return new ReadProblem(
    'quote-unclosed',
    `In the row that begins in line ${line} a quotation mark is opened and never closed. Close it, or double it where it belongs to the text.`,
    { line },
  );
}
