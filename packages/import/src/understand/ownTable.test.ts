import { readFileSync } from 'node:fs';
import type { Entry, Organisation } from '@waymark/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ENTRY_HEADER, REVISION, toEntryRow } from '../columns.ts';
import { read } from '../read/read.ts';
import type { Source } from '../source.ts';
import { writeCsv } from '../write/csv.ts';
import { writeXlsx } from '../write/xlsx.ts';
import { guessMapping } from './guessMapping.ts';
import type { Directory } from './match/known.ts';
import { understand } from './outcome.ts';
import { readyDirectory } from './readyDirectory.ts';
import type { RowOutcome } from './outcomeTypes.ts';

const starter = JSON.parse(
  readFileSync(new URL('../../../../data/starter-directory.json', import.meta.url), 'utf8'),
) as { entries: Entry[]; organisations: Organisation[] };
const { entries } = starter;
const ready = readyDirectory(starter);
const entry = entries.find(({ slug }) => slug === 'fj-child-helpline-1325')!;

type Cells = Record<string, string>;

const rowOf = (doc: Entry, edits: Cells = {}, revision = 1): string[] =>
  toEntryRow({ doc, revision }).map((cell, at) => edits[ENTRY_HEADER[at] ?? ''] ?? cell);

async function asCsv(rows: readonly (readonly string[])[]): Promise<Uint8Array> {
  let text = '';
  for await (const line of writeCsv(rows)) text += line;
  return Buffer.from(text);
}

async function comesBack(file: Uint8Array, directory: Directory | typeof ready = ready): Promise<RowOutcome[]> {
  const { source } = await read(file);
  if (!source) throw new Error('The file was refused');
  return understand(source, guessMapping(source).mapping, directory);
}

/** What becomes of a table of one row, with these columns. */
function only(cells: Cells, directory: Directory | typeof ready = ready): RowOutcome {
  const source: Source = {
    reading: { format: 'delimited' },
    header: Object.keys(cells),
    rows: [{ row: 1, line: 2, cells: Object.values(cells) }],
  };
  const { mapping } = guessMapping(source);
  expect(mapping.options).toEqual({ ownTable: true });
  const [outcome] = understand(source, mapping, directory);
  return outcome!;
}

const whole = (doc: Entry, edits: Cells = {}, revision = 1): Cells =>
  Object.fromEntries(rowOf(doc, edits, revision).map((cell, at) => [ENTRY_HEADER[at] ?? '', cell]));

describe('our own table that comes back', () => {
  it.each([
    ['as CSV', asCsv],
    ['as XLSX', async (rows: string[][]): Promise<Uint8Array> => await writeXlsx(rows)],
  ])('says nothing new %s, but for the one cell that was edited', async (_, write) => {
    const table = (edits: Cells) => [
      [...ENTRY_HEADER],
      ...entries.map((doc) => rowOf(doc, doc.id === entry.id ? edits : {})),
    ];
    const same = await comesBack(await write(table({})));
    expect(same.filter(({ action }) => action !== 'duplicate')).toEqual([]);
    expect(same.map((outcome) => outcome.action === 'duplicate' && outcome.of)).toEqual(entries.map(({ id }) => id));

    const edited = await comesBack(await write(table({ names: 'en: Lantern Quill' })));
    expect(edited.filter(({ action }) => action !== 'duplicate')).toMatchObject([
      { action: 'update', of: entry.id, fields: ['names'], certainty: 'certain', changes: [{ path: '/names/en' }] },
    ]);
  });

  it('says nothing new with any of its columns, in any order, and cells written a little otherwise', () => {
    const columns = fc.shuffledSubarray(
      ENTRY_HEADER.filter((name) => name !== 'id'),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...entries), columns, (doc, names) => {
        const cells = whole(doc);
        const some = Object.fromEntries(['id', ...names].map((name) => [name, cells[name] ?? '']));
        expect(only(some)).toMatchObject({ action: 'duplicate', of: doc.id });
      }),
      { numRuns: 100, seed: 20_261_128 },
    );
    expect(only({ id: entry.id, names: `${whole(entry)['names']}\n`, ages: '12-' })).toMatchObject({
      fields: ['ages'],
    });
  });

  it('is for a reviewer to look at where a formula computed what changed', () => {
    const cells = [entry.id, '12-17'];
    const [outcome] = understand(
      { reading: { format: 'xlsx' }, header: ['id', 'ages'], rows: [{ row: 1, line: 2, cells, formulas: [1] }] },
      { columns: [], constants: {}, options: { ownTable: true } },
      ready,
    );
    expect(outcome).toMatchObject({ action: 'update', certainty: 'likely' });
  });

  it('changes nothing but the columns it has', () => {
    expect(only({ id: entry.id, ages: '12-17' })).toMatchObject({
      action: 'update',
      doc: { ...entry, ages: { min: 12, max: 17 } },
      fields: ['ages'],
    });
    expect(only({ id: entry.id, kind: entry.kind })).toMatchObject({ action: 'duplicate', of: entry.id });
  });

  it('takes away what stands in a cell that was emptied, unless no entry can be without it', () => {
    const noted = entries.find(({ notesInternal }) => notesInternal !== undefined)!;
    const outcome = only({ id: noted.id, notesInternal: '' });
    if (outcome.action !== 'update') throw new Error(outcome.action);
    const { notesInternal: _, ...rest } = noted;
    expect(outcome.doc).toEqual(rest);
    expect(only(whole(entry, { names: '' }))).toMatchObject({
      action: 'reject',
      rejection: { code: 'document-invalid', column: 'names' },
    });
  });

  it('adds a channel in whichever column it was written', () => {
    expect(only(whole(entry, { 'channel 8': 'new url https://new.example.org/' }))).toMatchObject({
      action: 'update',
      fields: ['channel 8'],
      changes: [{ path: '/channels/new', op: 'added' }],
    });
  });

  it.each([
    [{ 'channel 1': 'https://new.example.org/' }, 'cell-unreadable', 'channel 1', 'Begin with the id'],
    [{ slug: 'another' }, 'cell-unreadable', 'slug', 'only shown'],
    [{ id: '0190a000-0000-7000-8000-00000000ffff' }, 'unknown-id', 'id', 'ffff'],
  ])('refuses a row with its column and the way out: %o', (edits, code, column, detail) => {
    expect(only(whole(entry, edits as Cells))).toMatchObject({
      action: 'reject',
      rejection: { code, column, detail: expect.stringContaining(detail) as string },
    });
  });

  it('takes no cells for those of another column where a row has too many', () => {
    const [outcome] = understand(
      {
        reading: { format: 'delimited' },
        header: ['id', 'kind'],
        rows: [{ row: 1, line: 2, cells: [entry.id, 'police', 'x'] }],
      },
      { columns: [], constants: {}, options: { ownTable: true } },
      ready,
    );
    expect(outcome).toMatchObject({ action: 'reject', rejection: { code: 'cell-unreadable' } });
  });

  it('leaves a retired entry to a person, and says nothing when nothing was edited', () => {
    const retired = { ...starter, inactive: new Set([entry.id]) };
    expect(only(whole(entry), retired).action).toBe('duplicate');
    expect(only(whole(entry, { ages: '12-' }), retired)).toMatchObject({
      action: 'decide',
      question: 'record-not-active',
    });
  });

  it('makes a new entry of a row without id', () => {
    const cells = whole(entry, {
      id: '',
      slug: '',
      names: 'en: Lantern Quill',
      serves: 'PE',
      'channel 1': 'web url https://lantern-quill.org/',
      notesInternal: '',
      otherNames: '',
      memberships: '',
    });
    const columns = Array.from({ length: 7 }, (_, at) => `channel ${at + 2}`);
    expect(only({ ...cells, ...Object.fromEntries(columns.map((name) => [name, ''])) })).toMatchObject({
      action: 'new',
      draft: { names: { en: { text: 'Lantern Quill' } }, serves: [{ area: 'PE' }] },
      organisation: { id: entry.organisation },
    });
  });

  it('is no list of a partner that counts its rows by its own numbers', () => {
    const source: Source = {
      reading: { format: 'delimited' },
      header: ['id', 'kind', 'organisation'],
      rows: [{ row: 1, line: 2, cells: ['17', 'helpline', 'Quill Trust'] }],
    };
    expect(guessMapping(source).mapping.options).toEqual({});
  });
});

describe('a table of an entry that moved since', () => {
  const now: Entry = { ...entry, names: { en: { text: 'Named anew' } } };
  const moved: Directory = {
    ...starter,
    entries: entries.map((doc) => (doc.id === entry.id ? now : doc)),
    revisions: new Map([[entry.id, 2]]),
    earlier: (id, revision) => (id === entry.id && revision === 1 ? entry : undefined),
  };
  const { earlier: _earlier, ...forgetful } = moved;

  it('undoes nothing that was changed meanwhile', () => {
    expect(only(whole(entry), moved)).toMatchObject({ action: 'duplicate', of: entry.id });
    expect(only(whole(entry, { ages: '12-' }), moved)).toMatchObject({
      action: 'update',
      fields: ['ages'],
      doc: { ...now, ages: { min: 12 } },
    });
  });

  it('asks where both changed the same, and where nobody knows how it was', () => {
    const question = { action: 'decide', question: 'entry-moved' };
    expect(only(whole(entry, { names: 'en: Third' }), moved)).toMatchObject({ ...question, fields: ['/names/en'] });
    expect(only(whole(entry, { names: 'en: Named anew' }), moved).action).toBe('duplicate');
    expect(only(whole(entry, { names: 'en: Named anew', ages: '12-' }), moved)).toMatchObject({ fields: ['ages'] });
    expect(only(whole(entry), forgetful)).toMatchObject({ ...question, fields: ['names'] });
    expect(only(whole(entry, { [REVISION]: '7' }), moved)).toMatchObject(question);
  });
});
