import type { ReadOptions } from '../options.ts';
import { ReadProblem } from '../refusal.ts';
import { checkCells, figure } from '../rowGate.ts';
import { TableRows } from '../tableRows.ts';
import type { ZipEntry } from '../zip.ts';
import { cellText, type CellContext, type RawCell } from './cellText.ts';
import { isTrue } from './workbook.ts';
import { readXml } from './xml.ts';

/** The row that is being read. */
type OpenRow = { line: number; hidden: boolean; cells: string[]; formulas: number[]; column: number };

/**
 * The cells of one sheet. Hidden rows are read too.
 * @throws ReadProblem at the first thing that is wrong
 */
export function readSheet(
  bytes: Uint8Array,
  entry: ZipEntry,
  name: string,
  context: CellContext,
  options: ReadOptions,
): TableRows {
  const { limits } = options;
  const table = new TableRows(options);
  let [line, characters] = [0, 0];
  let [row, cell, into]: [
    OpenRow | undefined,
    (RawCell & { isFormula: boolean }) | undefined,
    'value' | 'inline' | undefined,
  ] = [undefined, undefined, undefined];

  const endCell = ({ cells, column, formulas, line: at }: OpenRow, raw: RawCell & { isFormula: boolean }) => {
    const text = cellText(raw, context);
    characters += text.length;
    // One text can be shared by every cell, so the file says little about how much there is.
    if (characters > limits.unpacked) throw tooMuchText(name, limits.unpacked);
    if (column >= limits.columns) {
      if (text.trim() !== '')
        checkCells([...Array.from({ length: limits.columns }, () => ''), text], limits, { sheet: name, line: at });
      return;
    }
    while (cells.length < column) cells.push('');
    cells[column] = text;
    if (raw.isFormula) formulas.push(column);
  };
  const endRow = ({ line: at, cells, formulas, hidden }: OpenRow) => {
    const more = { ...(formulas.length > 0 ? { formulas } : {}), ...(hidden ? { hidden: true as const } : {}) };
    table.add(cells, { sheet: name, line: at }, more);
  };

  readXml(bytes, entry, {
    open(tag, attributes) {
      if (tag === 'row') {
        line = numberOf(attributes['r']) ?? line + 1;
        row = { line, hidden: isTrue(attributes['hidden']), cells: [], formulas: [], column: -1 };
      } else if (tag === 'c' && row !== undefined) {
        row.column = columnOf(attributes['r']) ?? row.column + 1;
        cell = { type: attributes['t'] ?? 'n', style: attributes['s'], value: '', inline: '', isFormula: false };
      } else if (cell !== undefined) {
        if (tag === 'f') cell.isFormula = true;
        else if (tag === 'v') into = 'value';
        else if (tag === 't') into = 'inline';
        else if (tag === 'rPh') into = undefined;
      }
    },
    text(part) {
      if (cell !== undefined && into !== undefined) cell[into] += part;
    },
    close(tag) {
      if (tag === 'v' || tag === 't') into = undefined;
      else if (tag === 'c' && row !== undefined && cell !== undefined) {
        endCell(row, cell);
        cell = undefined;
      } else if (tag === 'row' && row !== undefined) {
        endRow(row);
        row = undefined;
      }
    },
  });
  return table;
}

function numberOf(written: string | undefined): number | undefined {
  const number = Number(written);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}

/** `AB12` → 27. */
function columnOf(reference: string | undefined): number | undefined {
  const [, letters] = /^([A-Z]{1,3})\d+$/.exec(reference ?? '') ?? [];
  if (letters === undefined) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function tooMuchText(sheet: string, limit: number): ReadProblem {
  return new ReadProblem(
    'archive-unsafe',
    `Sheet "${sheet}" holds more than ${figure(limit)} characters. Split the table.`,
    { sheet },
  );
}
