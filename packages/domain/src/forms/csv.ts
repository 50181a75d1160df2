/** What a spreadsheet may run: also behind spaces, quotes or a byte-order mark, and in full width (SECURITY I-03). */
const FORMULA_START = /^[\s\uFEFF'"]*[=+\-@|%\t\r\n\0＝＋－＠]/;

/**
 * One line of CSV (RFC 4180), every cell quoted. A cell that a spreadsheet would run gets a leading apostrophe, as does
 * one that begins with an apostrophe itself: so taking one away gives the cell back.
 */
export function csvLine(cells: readonly string[]): string {
  return `${csvCells(cells)}\r\n`;
}

/** Part of a line, for rows that share their first cells. */
export function csvCells(cells: readonly string[]): string {
  return cells.map((cell) => csvQuoted(safe(cell))).join(',');
}

/** Whether a spreadsheet might run the cell. */
export function isFormula(cell: string): boolean {
  return FORMULA_START.test(cell);
}

/** One cell, in quotes whatever it holds. */
export function csvQuoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

function safe(cell: string): string {
  return isFormula(cell) || cell.startsWith("'") ? `'${cell}` : cell;
}
