import writeXlsxFile, { type SheetData } from 'write-excel-file/node';
import { withoutApostrophe } from '../spreadsheetText.ts';

/** Excel's own limit; `write` says so rather than make a file that cannot be opened. */
const LONGEST_CELL = 32_767;

/**
 * A table as a workbook with one sheet. Every cell is text, in a format that keeps it text when it is edited: no formula, no
 * figure, no date, so a number keeps its zeros and its plus. `read` gives every cell back as it was.
 * @param rows the header first
 * @param sheet its name, at most 31 characters without `[]:*?/\`
 */
export async function writeXlsx(rows: Iterable<readonly string[]>, sheet = 'Sheet1'): Promise<Buffer> {
  const data: SheetData = Array.from(rows, (cells) =>
    cells.map((cell) => (cell === '' ? null : { value: cellOf(cell), type: String, format: '@' })),
  );
  return await writeXlsxFile(data, { sheet, stickyRowsCount: 1 }).toBuffer();
}

function cellOf(cell: string): string {
  if (cell.length >= LONGEST_CELL) throw new RangeError(`A cell holds at most ${LONGEST_CELL} characters`);
  // Reading takes one apostrophe away where it keeps a cell text, so a cell that has one of its own gets a second.
  return escapeText(withoutApostrophe(cell) === cell ? cell : `'${cell}`);
}

/** What XML cannot hold, or reads as something else, is written `_x000D_` (ECMA-376 Part 1, 22.9.2.19), and so is what looks like that. */
function escapeText(text: string): string {
  const hex = (c: string) => `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
  return text.replace(/_(?=x[0-9A-Fa-f]{4}_)|[^\P{Cc}\t\n]|\p{Cs}|[\uFFFE\uFFFF]/gu, hex);
}
