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

/** What XML cannot hold or the library drops, and what looks like an escape itself. */
const UNHOLDABLE = /_(?=x[0-9A-Fa-f]{4}_)|[^\P{Cc}\t\n]|\p{Cs}|\p{Noncharacter_Code_Point}|\uFFFD/gu;

/** Such letters are written `_x000D_`, in units of UTF-16 (ECMA-376 Part 1, 22.9.2.19). */
function escapeText(text: string): string {
  // The library keeps its texts in an object, where these are taken: `toString` would be lost.
  if (text in Object.prototype) return `${escapeUnits(text.slice(0, 1))}${text.slice(1)}`;
  return text.replace(UNHOLDABLE, escapeUnits);
}

function escapeUnits(text: string): string {
  const units = text.split('').map((unit) => unit.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0'));
  return units.map((unit) => `_x${unit}_`).join('');
}
