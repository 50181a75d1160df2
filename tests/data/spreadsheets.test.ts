// A table that leaves the directory is opened in a spreadsheet, saved, and sent back.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry, Organisation } from '@waymark/domain';
import {
  ENTRY_HEADER,
  guessMapping,
  read,
  readyDirectory,
  toEntryRow,
  understand,
  writeCsv,
  writeXlsx,
} from '@waymark/import';
import { describe, expect, it } from 'vitest';
import { spreadsheetPrograms, type TableFormat } from '../support/spreadsheetPrograms.ts';

const starter = JSON.parse(readFileSync(join(import.meta.dirname, '../../data/starter-directory.json'), 'utf8')) as {
  entries: Entry[];
  organisations: Organisation[];
};

const ready = readyDirectory({ ...starter, revisions: new Map(starter.entries.map(({ id }) => [id, 1])) });

type Table = readonly (readonly string[])[];
const ENTRIES: Table = [ENTRY_HEADER, ...starter.entries.map((doc) => toEntryRow({ doc, revision: 1 }))];

/** Every number of the directory alone in its cell, as people write it, and whatever else a spreadsheet likes to reshape. */
const NUMBERS = starter.entries.flatMap(({ channels }) =>
  channels.flatMap(({ value }) => {
    if (!('number' in value)) return [];
    const { digits } = value.number;
    return [digits, `+${digits}`, `00${digits}`, `0${digits.slice(2)}`, `0${digits.slice(2, 5)} ${digits.slice(5)}`];
  }),
);
const RESHAPED = ['1E5', '2025-03-01', '09:00', '=1+1', '@x', "'x", "'=x", 'May 5', '1,5', 'TRUE', '-', '١١٦١١١', '007'];
const CELLS: Table = [
  ['key', 'cell', 'last'],
  ...[...new Set([...NUMBERS, ...RESHAPED])].map((cell, at) => [`row ${at}`, cell, 'end']),
];

async function written(table: Table, format: TableFormat): Promise<Uint8Array> {
  if (format === 'xlsx') return writeXlsx(table);
  let text = '';
  for await (const line of writeCsv(table)) text += line;
  return Buffer.from(text);
}

async function sourceOf(file: Uint8Array) {
  const { source, refusal } = await read(file);
  if (!source) throw new Error(`What was saved is refused: ${JSON.stringify(refusal)}`);
  return source;
}

describe.each(spreadsheetPrograms())('opened and saved in $name', ({ name, openAndSave }) => {
  it.each([
    ['csv', 'csv'],
    ['csv', 'xlsx'],
    ['xlsx', 'xlsx'],
  ] as const)('%s saved as %s: nothing changed in all 238 entries, and no number in its cell', async (from, to) => {
    const files = [await written(ENTRIES, from), await written(CELLS, from)];
    const [entries, cells] = await openAndSave(files, from, to);

    const table = await sourceOf(entries!);
    const outcomes = understand(table, guessMapping(table).mapping, ready);
    expect(outcomes).toHaveLength(238);
    expect(outcomes.filter(({ action }) => action !== 'duplicate')).toEqual([]);
    expect(outcomes.map((outcome) => 'of' in outcome && outcome.of)).toEqual(starter.entries.map(({ id }) => id));

    const { rows } = await sourceOf(cells!);
    const wrong = rows.flatMap(({ cells: [, cell] }, at) =>
      cell === CELLS[at + 1]?.[1] ? [] : [`${CELLS[at + 1]?.[1]} became ${cell}`],
    );
    expect(wrong).toEqual([]);
    expect(rows).toHaveLength(CELLS.length - 1);
    console.log(`${name}, ${from} saved as ${to}: 0 of 238 entries changed, 0 of ${rows.length} cells`);
  });

  it('would have lost a zero that nothing keeps', async () => {
    const [saved] = await openAndSave([Buffer.from('key,cell\r\nrow,0800111\r\n')], 'csv', 'csv');
    expect((await sourceOf(saved!)).rows[0]?.cells).toEqual(['row', '800111']);
  });
});
