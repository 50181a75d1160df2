import { isFormula } from '@waymark/domain';

/** What a spreadsheet keeps as it is, though it takes it for a figure: no zero in front, no comma, not too many digits. */
const PLAIN_FIGURE = /^(0|[1-9]\d{0,10})$/;
const LONGEST_FIGURE = 40;
const LIKE_FIGURE = /^[$€£¥]?[\d.,:/\s-]*\d[\d.,:/\s-]*(e\d+)?\s*[%$€£¥]?$/i;
const LIKE_DAY = /^(\d{1,2}[\s.-]*)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[\s.,-]*\d{1,4}\b/i;
const LIKE_ANSWER = /^(true|false)$/i;

/** Whether a spreadsheet would show, and save, something else than stands there: 0800 111, 2025-03-01, May 5, 1E5, true. */
export function isReshaped(cell: string): boolean {
  // No figure and no day is so long, and a long one would be looked at once for each of its digits.
  if (cell.length > LONGEST_FIGURE) return false;
  const isOther = LIKE_DAY.test(cell) || LIKE_ANSWER.test(cell) || LIKE_FIGURE.test(cell);
  return isOther && !PLAIN_FIGURE.test(cell);
}

/** A leading apostrophe keeps a cell text. `withoutApostrophe` takes it away again. */
export function withApostrophe(cell: string): string {
  return isFormula(cell) || isReshaped(cell) || cell.startsWith("'") ? `'${cell}` : cell;
}

/** The cell as it was before an apostrophe kept it text; other apostrophes stay. The exact inverse of `withApostrophe`. */
export function withoutApostrophe(cell: string): string {
  if (!cell.startsWith("'")) return cell;
  const rest = cell.slice(1);
  return isFormula(rest) || isReshaped(rest) || rest.startsWith("'") ? rest : cell;
}
