import { Parser } from 'htmlparser2';
import type { Source } from '../source.ts';
import type { Decoded } from './encoding.ts';
import type { ReadOptions } from './options.ts';
import { ReadProblem } from './refusal.ts';
import { TableRows } from './tableRows.ts';

/** What is in them is never shown. */
const HIDDEN = new Set(['script', 'style', 'title', 'template', 'noscript']);
/** Elements that begin a line of their own: their texts do not run together. */
const BREAKS = new Set(['br', 'p', 'div', 'li']);

/**
 * The first table of an HTML text, as spreadsheets and web pages put it on the clipboard: text alone, nothing of the HTML is kept.
 * @throws ReadProblem format-unknown without a table
 */
export function readHtmlTable({ text, encoding }: Decoded, options: ReadOptions): Source {
  const { limits } = options;
  const table = new TableGrid();
  const found = new TableRows(options);
  let [line, isDone] = [0, false];
  const takeRow = (cells: string[]) => {
    line += 1;
    found.add(cells, { line });
  };
  let hidden = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (HIDDEN.has(name)) hidden += 1;
      if (isDone || hidden > 0) return;
      if (name === 'table') table.open();
      else if (name === 'tr') table.beginRow(takeRow);
      else if (name === 'td' || name === 'th')
        table.beginCell(spanOf(attributes['colspan'], limits.columns), spanOf(attributes['rowspan'], limits.rows));
      else if (BREAKS.has(name)) table.text('\n');
    },
    ontext(data) {
      if (!isDone && hidden === 0) table.text(data.replace(/[\r\n\t ]+/g, ' '));
    },
    onclosetag(name) {
      if (HIDDEN.has(name)) hidden -= 1;
      if (isDone) return;
      if (name === 'td' || name === 'th') table.endCell();
      else if (name === 'tr') table.endRow(takeRow);
      else if (name === 'table') isDone = table.close(takeRow);
    },
  });
  parser.end(text);
  if (!table.wasSeen)
    throw new ReadProblem(
      'format-unknown',
      'This is HTML without a table. Copy the cells of a table, or send the file as CSV or XLSX.',
    );
  return { reading: { format: 'html', encoding }, header: found.header ?? [], rows: found.rows };
}

function spanOf(written: string | undefined, most: number): number {
  const span = Number(written ?? 1);
  return Number.isInteger(span) && span > 0 ? Math.min(span, most) : 1;
}

/** The rows of the outermost table. Merged cells stand where they begin and are empty elsewhere. */
class TableGrid {
  wasSeen = false;
  #depth = 0;
  #row: string[] | undefined;
  #cell: { text: string; columns: number; rows: number } | undefined;
  /** By column: how many rows below are still covered by a cell above. */
  #covered: number[] = [];

  open(): void {
    this.wasSeen = true;
    this.#depth += 1;
  }

  /** @returns whether the table is at its end */
  close(take: (cells: string[]) => void): boolean {
    this.#depth -= 1;
    if (this.#depth === 0) this.#finishRow(take);
    return this.#depth <= 0;
  }

  beginRow(take: (cells: string[]) => void): void {
    if (this.#depth !== 1) return;
    this.#finishRow(take);
    this.#row = [];
  }

  endRow(take: (cells: string[]) => void): void {
    if (this.#depth === 1) this.#finishRow(take);
  }

  beginCell(columns: number, rows: number): void {
    if (this.#depth !== 1) return;
    this.endCell();
    this.#row ??= [];
    this.#cell = { text: '', columns, rows };
  }

  text(text: string): void {
    if (this.#cell !== undefined) this.#cell.text += text;
  }

  endCell(): void {
    const [row, cell] = [this.#row, this.#cell];
    if (this.#depth !== 1 || row === undefined || cell === undefined) return;
    while ((this.#covered[row.length] ?? 0) > 0) this.#skipCovered(row);
    for (let n = 0; n < cell.columns; n += 1) {
      this.#covered[row.length] = cell.rows - 1;
      row.push(n === 0 ? tidy(cell.text) : '');
    }
    this.#cell = undefined;
  }

  #skipCovered(row: string[]): void {
    this.#covered[row.length] = (this.#covered[row.length] ?? 1) - 1;
    row.push('');
  }

  #finishRow(take: (cells: string[]) => void): void {
    this.endCell();
    const row = this.#row;
    if (row === undefined) return;
    while (row.length < this.#covered.length && (this.#covered[row.length] ?? 0) > 0) this.#skipCovered(row);
    this.#row = undefined;
    take(row);
  }
}

function tidy(text: string): string {
  return text
    .replaceAll('\u00A0', ' ')
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim();
}
