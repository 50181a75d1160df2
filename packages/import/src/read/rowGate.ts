import type { Limits } from './limits.ts';
import { placeText, ReadProblem, type Place } from './refusal.ts';

const FIGURES = new Intl.NumberFormat('en');

/** A number as sentences have it: 5,000. */
export function figure(n: number): string {
  return FIGURES.format(n);
}

/**
 * Lets the cells of a row through, unless they pass a limit. Empty cells beyond the limit are cut off: spreadsheets write
 * them when a row was once longer.
 * @throws ReadProblem too-many-columns, cell-too-long
 */
export function checkCells(cells: string[], { columns, cell: longest }: Limits, place: Place): string[] {
  for (const [at, cell] of cells.entries()) {
    if (cell === '') continue;
    const here = { ...place, column: at + 1 };
    if (at >= columns)
      throw new ReadProblem(
        'too-many-columns',
        `${placeText(here)}: at most ${columns} columns are read. Remove the columns that are not needed, or look for a wrong delimiter.`,
        here,
      );
    if (cell.length > longest) throw cellTooLong(longest, here);
  }
  return cells.length > columns ? cells.slice(0, columns) : cells;
}

export function cellTooLong(longest: number, place: Place): ReadProblem {
  return new ReadProblem(
    'cell-too-long',
    `${placeText(place)}: a cell holds at most ${figure(longest)} characters. Shorten the text, or look for a quotation mark that is never closed.`,
    place,
  );
}

/** @throws ReadProblem too-many-rows */
export function checkRowCount(count: number, { rows }: Limits, place: Place): void {
  if (count > rows)
    throw new ReadProblem(
      'too-many-rows',
      `${placeText(place)}: at most ${figure(rows)} rows are read at once. Split the file, or import it on the command line.`,
      place,
    );
}
