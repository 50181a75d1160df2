import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Entry } from '@waymark/domain';
import { editedEntry, ENTRY_COLUMNS, ENTRY_HEADER, toEntryRow } from './columns.ts';
import { read } from './read/read.ts';
import { entryMembers } from './testing.ts';
import { writeCsv } from './write/csv.ts';
import { writeXlsx } from './write/xlsx.ts';

const starter = JSON.parse(readFileSync(new URL('../../../data/starter-directory.json', import.meta.url), 'utf8')) as {
  entries: unknown[];
};
const ENTRIES = starter.entries.map((doc) => Entry.parse(doc));
const [FIRST] = ENTRIES;

async function csvOf(rows: readonly (readonly string[])[]): Promise<Uint8Array> {
  let text = '';
  for await (const line of writeCsv(rows)) text += line;
  return Buffer.from(text);
}

const cellNamed = (row: string[], name: string, text: string) =>
  row.map((cell, at) => (ENTRY_HEADER[at] === name ? text : cell));

describe('a table of entries that comes back as it went', () => {
  it.each([
    ['as CSV', csvOf],
    ['as XLSX', async (rows: string[][]): Promise<Uint8Array> => await writeXlsx(rows)],
  ])('changes nothing %s', async (_, write) => {
    const { source } = await read(
      await write([[...ENTRY_HEADER], ...ENTRIES.map((doc) => toEntryRow({ doc, revision: 1 }))]),
    );
    expect(source?.rows).toHaveLength(238);
    for (const [at, entry] of ENTRIES.entries())
      expect(editedEntry(source?.header ?? [], source?.rows[at]?.cells ?? [], entry), entry.slug).toEqual({
        doc: entry,
        changed: [],
        problems: [],
      });
  });
});

/** 10,000 were run when this was written: `FUZZ_ENTRIES=10000 npx vitest run … columns`. */
const COUNT = Number(process.env['FUZZ_ENTRIES'] ?? 500);

describe('generated entries', () => {
  // Members are drawn one by one, so the type of the whole is lost.
  const GENERATED = fc
    .sample(entryMembers, { numRuns: COUNT, seed: 20_261_128 })
    .map((given) => ({ ...FIRST, ...given }) as unknown as Entry);

  it('say in each cell all there is: read into an empty entry, they are the same', () => {
    // Cells are laid on it before it is an entry.
    const empty = { id: FIRST?.id, slug: FIRST?.slug, channels: [] } as unknown as Entry;
    const wrong = GENERATED.filter((entry) => {
      const row = toEntryRow({ doc: entry, revision: 1 });
      const { doc, problems } = editedEntry(ENTRY_HEADER, row, empty);
      const { evidence: _evidence, ...whole } = entry;
      return problems.length > 0 || canonical(withoutEmpty(doc as object)) !== canonical(withoutEmpty(whole));
    });
    expect(wrong).toEqual([]);
  });

  it('change nothing when they come back', () => {
    expect(
      GENERATED.filter(
        (entry) => editedEntry(ENTRY_HEADER, toEntryRow({ doc: entry, revision: 1 }), entry).changed.length > 0,
      ),
    ).toEqual([]);
  });
});

/** An empty list and no list are one cell. */
function withoutEmpty(value: object): object {
  return Object.fromEntries(
    Object.entries(value).filter(
      ([, member]) => member !== undefined && JSON.stringify(member) !== '[]' && JSON.stringify(member) !== '{}',
    ),
  );
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

describe('a table that was edited', () => {
  const entry = FIRST!;
  const row = toEntryRow({ doc: entry, revision: 1 });

  it('changes the cells that differ, and no others', () => {
    const { doc, changed, problems } = editedEntry(
      ENTRY_HEADER,
      cellNamed(row, 'channel 1', 'web url https://new.example.org/'),
      entry,
    );
    expect([changed, problems]).toEqual([['channel 1'], []]);
    expect((doc as Entry).channels).toEqual([
      { id: 'web', type: 'url', value: { href: 'https://new.example.org/' } },
      ...entry.channels.slice(1),
    ]);
  });

  it('keeps what is known of a text that is the same', () => {
    const names = { de: { text: 'Alt', origin: 'official' as const }, en: { text: 'Old' } };
    const { doc } = editedEntry(['names'], ['de: Alt\nen: New'], { ...entry, names });
    expect((doc as Entry).names).toEqual({ de: { text: 'Alt', origin: 'official' }, en: { text: 'New' } });
  });

  it('takes a channel away where the cell is empty, and adds one where it is not', () => {
    const { doc } = editedEntry(
      ENTRY_HEADER,
      cellNamed(cellNamed(row, 'channel 1', ''), 'channel 8', 'tel phone 116111 short DE'),
      entry,
    );
    expect((doc as Entry).channels).toEqual([
      ...entry.channels.slice(1),
      { id: 'tel', type: 'phone', value: { number: { kind: 'short', digits: '116111', country: 'DE' } } },
    ]);
  });

  it.each([
    ['id', 'other', 'only shown'],
    ['channel 1', 'https://new.example.org/', 'Begin with the id'],
    ['channel 1', 'tel phone 116111', 'with its kind and country'],
    ['channel 1', 'tel phone +116111; hours=sometimes', 'Write the hours'],
    ['names', 'No language', 'Begin line 1 with its language'],
    ['serves', 'DE; primary', 'as name=value'],
    ['ages', 'young', 'as 12-17'],
    ['anonymity', 'anonymous; conditions:=x', 'no JSON'],
  ])('says what to write instead: %s', (name, cell, fix) => {
    const { doc, changed, problems } = editedEntry(ENTRY_HEADER, cellNamed(row, name, cell), entry);
    expect([doc, changed, problems.map(({ column }) => column)]).toEqual([entry, [], [name]]);
    expect(problems[0]?.fix).toContain(fix);
  });

  it('may have fewer columns, in any order', () => {
    expect(editedEntry(['kind', 'id'], [entry.kind, entry.id], entry).changed).toEqual([]);
  });
});

it('has a name for each column, once', () => {
  expect(new Set(ENTRY_HEADER).size).toBe(ENTRY_COLUMNS.length + 1);
});
