import type { SourceRow } from '../source.ts';
import { withoutApostrophe } from '../spreadsheetText.ts';
import type { ReadOptions } from './options.ts';
import type { Place } from './refusal.ts';
import { checkCells, checkRowCount } from './rowGate.ts';

/**
 * The rows of a table as they come, within the limits. The first row that is not empty is the header. A row with cells that are
 * all empty is a row like others, since somebody left it blank; blank lines, and what follows the last row with text, are none.
 */
export class TableRows {
  header: string[] | undefined;
  readonly rows: SourceRow[] = [];
  readonly #options: ReadOptions;
  #waiting: SourceRow[] = [];

  constructor(options: ReadOptions) {
    this.#options = options;
  }

  /** @throws ReadProblem too-many-rows, too-many-columns, cell-too-long */
  add(raw: string[], place: Place & { line: number }, more: Pick<SourceRow, 'formulas' | 'hidden'> = {}): void {
    const { limits, onProgress } = this.#options;
    const cells = checkCells(raw, limits, place).map(withoutApostrophe);
    const isEmpty = more.formulas === undefined && cells.every((cell) => cell.trim() === '');
    if (isEmpty && (cells.length < 2 || this.header === undefined)) return;
    if (this.header === undefined) {
      this.header = cells;
      return;
    }
    const row = this.rows.length + this.#waiting.length + 1;
    if (isEmpty && row > limits.rows) return;
    checkRowCount(row, limits, place);
    this.#waiting.push({ row, line: place.line, cells, ...more });
    if (isEmpty) return;
    this.rows.push(...this.#waiting);
    this.#waiting = [];
    if (row % 500 === 0) onProgress?.({ rows: row });
  }
}
