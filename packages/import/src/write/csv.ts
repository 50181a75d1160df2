import { csvQuoted } from '@waymark/domain';
import { withApostrophe } from '../spreadsheetText.ts';

/**
 * A table as CSV (RFC 4180), line by line, for people who edit it in a spreadsheet and send it back: nothing in it can be
 * run, nothing is reshaped into a figure or a date, and `read` gives every cell back as it was.
 * @param rows the header first
 * @param options.bom spreadsheets on Windows take the text for another encoding without it
 */
export async function* writeCsv(
  rows: Iterable<readonly string[]> | AsyncIterable<readonly string[]>,
  options: { bom?: boolean } = {},
): AsyncGenerator<string> {
  if (options.bom ?? true) yield '\uFEFF';
  for await (const cells of rows) yield `${cells.map((cell) => csvQuoted(withApostrophe(cell))).join(',')}\r\n`;
}
