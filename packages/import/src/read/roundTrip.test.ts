import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { read } from './read.ts';
import { writeCsv } from '../write/csv.ts';
import { writeXlsx } from '../write/xlsx.ts';

/** What cells hold in earnest and in malice: numbers that spreadsheets reshape, formulas, quotes, line ends, any letters. */
const cell = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '',
      '116111',
      '+49 30 123',
      '0800111',
      '007',
      '1E5',
      '2025-03-01',
      '09:00',
      '=1+1',
      "'x",
      "'=x",
      "''",
      '"',
      '\n',
      'a;b',
      'a\tb',
      '-',
      '_x000D_',
      'TRUE',
      'May 5',
      'toString',
      '__proto__',
      '١١٦١١١',
      '1,5',
      '12345678901234567890',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: fc.constantFrom(...'\'"=+-@,;\t\n 0189e.:/|%_xD'), maxLength: 10 }) },
);
const WIDTH = 8;
const row = fc.array(cell, { minLength: WIDTH, maxLength: WIDTH });

/** 10,000 rows, always the same; the first and the last cell are never empty, so that every row is one. */
const ROWS = fc
  .sample(row, { numRuns: 10_000, seed: 20_261_128 })
  .map((cells, at) => [`k${at}`, ...cells.map((text) => text.replaceAll('\0', '')), 'end']);
const HEAD = ['key', ...Array.from({ length: WIDTH }, (_, at) => `c${at}`), 'last'];
const limits = { bytes: 50_000_000, rows: 10_000, columns: 64, cell: 4096, unpacked: 100_000_000, files: 500 };

async function textOf(chunks: AsyncIterable<string>): Promise<Uint8Array> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return Buffer.from(text);
}

describe('rows written and read', () => {
  it.each([
    ['10,000 as CSV', ROWS, (rows: string[][]) => textOf(writeCsv(rows))],
    ['3,000 as XLSX', ROWS.slice(0, 3000), (rows: string[][]) => writeXlsx(rows)],
  ])('are the same: %s', async (_, rows, write) => {
    const { source, refusal } = await read(await write([HEAD, ...rows]), { limits });
    expect(refusal).toBeUndefined();
    expect(source?.header).toEqual(HEAD);
    // One comparison per row, since a difference of 10,000 rows is nothing to look at.
    expect(source?.rows).toHaveLength(rows.length);
    const wrong = source?.rows.filter(({ cells }, at) => JSON.stringify(cells) !== JSON.stringify(rows[at]));
    expect(wrong?.slice(0, 3).map(({ cells, row: at }) => [cells, rows[at - 1]])).toEqual([]);
  });
});
