import { readFileSync } from 'node:fs';
import type { Entry, Organisation } from '@waymark/domain';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { ENTRY_HEADER, toEntryRow } from '../columns.ts';
import { guessMapping } from '../understand/guessMapping.ts';
import { understand } from '../understand/outcome.ts';
import { readyDirectory } from '../understand/readyDirectory.ts';
import { writeXlsx } from '../write/xlsx.ts';
import { read } from './read.ts';
import { READ_REFUSALS } from './refusal.ts';

const FILES = Number(process.env['FUZZ_FILES'] ?? 20_000);

const data = (name: string): Buffer => readFileSync(new URL(`../../../../data/${name}`, import.meta.url));
const starter = JSON.parse(data('starter-directory.json').toString()) as {
  entries: Entry[];
  organisations: Organisation[];
};
const few = starter.entries.slice(0, 8);
const ready = readyDirectory({ ...starter, entries: few });

const TABLE = 'Name,Tel,Languages\r\nKinder,116111,"de, en"\r\n"Zwei\nZeilen",+49 30 1,نداء\r\n';
const ENTRY = { kind: 'national-hotline', names: { de: { text: 'Kinder' } }, channels: [{ id: 'web', type: 'url' }] };
const SERVICE = {
  id: '00000000-0000-4000-8000-000000000001',
  name: 'Line',
  status: 'active',
  url: 'https://line.example.org/',
  application_process: 'whatsapp: +49301\nCall us',
  phones: [
    { number: '116111', extension: 7, description: 'Day. Can be dialled from: Germany', languages: [{ code: 'de' }] },
  ],
  schedules: [
    {
      byday: 'MO',
      opens_at: '09:00+01:00',
      closes_at: '17:00+01:00',
      timezone: 1,
      valid_from: '2026-01-01',
      notes: 'x',
    },
  ],
  service_areas: [{ name: 'Germany' }],
  service_at_locations: [{ location: { addresses: [{ address_1: 'Street', city: 'Berlin', country: 'DE' }] } }],
};
const PACKAGE = zipSync({
  'services.csv': strToU8('id,name,organization_id\r\n1,Line,2\r\n'),
  'organizations.csv': strToU8('id,name\r\n2,Org\r\n'),
  'phones.csv': strToU8('id,service_id,number\r\n3,1,116111\r\n'),
});

async function validFiles(): Promise<Uint8Array[]> {
  return [
    Buffer.from(TABLE),
    Buffer.from(`\uFEFF${TABLE.replaceAll(',', ';')}`),
    Buffer.from(`\uFEFF${TABLE}`, 'utf16le'),
    Buffer.from(TABLE.replace('نداء', 'Línea'), 'latin1'),
    Buffer.from(`<table><tr><td>Name<td>Tel<tr><td rowspan=2>x<td colspan=2>y<tr><td>&amp;</table>`),
    Buffer.from(JSON.stringify({ schema: '1.2', records: [{ type: 'entry', ...ENTRY }, { type: 'country' }] })),
    Buffer.from(`${JSON.stringify(ENTRY)}\n${JSON.stringify(ENTRY)}\n`),
    Buffer.from(JSON.stringify({ contents: [SERVICE] })),
    PACKAGE,
    await writeXlsx([
      ['Name', 'Tel'],
      ['Line', '+49 30 1'],
      ['x', '007'],
    ]),
    Buffer.from(data('messy-sample.csv').toString().split('\n').slice(0, 12).join('\n')),
    Buffer.from(JSON.stringify({ entries: few.slice(0, 2) })),
    await writeXlsx([[...ENTRY_HEADER], ...few.slice(0, 3).map((doc) => toEntryRow({ doc, revision: 1 }))]),
  ];
}

type Mutation = { what: string; at: number; length: number; bytes: Uint8Array };

/** Bytes changed, cut out, doubled, put in, or the end lost; anywhere, and seldom so that nothing is left to read. */
const mutation: fc.Arbitrary<Mutation> = fc.record({
  what: fc.constantFrom('flip', 'flip', 'cut', 'double', 'double', 'insert', 'insert', 'end'),
  at: fc.noBias(fc.integer({ min: 0, max: 9999 })).map((n) => n / 10_000),
  length: fc.integer({ min: 1, max: 64 }),
  bytes: fc.oneof(
    { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 8 }) },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        ...[
          '"',
          ',',
          '\n',
          '\0',
          '<',
          '{',
          '[',
          '&',
          'PK\x05\x06',
          '\xFF\xFE',
          '1e999',
          '__proto__',
          'null',
          '116111',
          ';',
          '=1',
          'DE',
          ' ',
        ].map((t) => Uint8Array.from(Buffer.from(t, 'latin1'))),
      ),
    },
  ),
});

function mutated(file: Uint8Array, mutations: readonly Mutation[]): Uint8Array {
  return mutations.reduce((bytes: Uint8Array, { what, at: share, length, bytes: more }) => {
    const at = Math.floor(share * bytes.length);
    const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
    if (what === 'flip') return Buffer.concat([before, more, after.subarray(more.length)]);
    if (what === 'cut') return Buffer.concat([before, after.subarray(length)]);
    if (what === 'double') return Buffer.concat([before, after.subarray(0, length), after]);
    return what === 'insert' ? Buffer.concat([before, more, after]) : Buffer.from(before);
  }, file);
}

it('reads and understands any bytes, or refuses them, and never throws', async () => {
  const files = await validFiles();
  const counted = { understood: 0, rows: 0, refused: 0 };
  const anyFile = fc.oneof(
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) },
    {
      weight: 1,
      arbitrary: fc
        .string({ unit: fc.constantFrom(...'",;\t\n\r ab0{}[]:<>/&\'='), maxLength: 200 })
        .map((text) => strToU8(text)),
    },
    {
      weight: 8,
      arbitrary: fc
        .tuple(fc.constantFrom(...files), fc.array(mutation, { minLength: 1, maxLength: 8 }))
        .map(([file, mutations]) => mutated(file, mutations)),
    },
  );
  await fc.assert(
    fc.asyncProperty(anyFile, async (bytes) => {
      const { source, refusal } = await read(bytes);
      if (source) {
        expect(source.rows.length).toBeGreaterThan(0);
        expect(understand(source, guessMapping(source).mapping, ready)).toHaveLength(source.rows.length);
        counted.understood += 1;
        counted.rows += source.rows.length;
      } else {
        expect(Object.keys(READ_REFUSALS)).toContain(refusal?.code);
        expect(refusal?.detail).toMatch(/\.$/);
        counted.refused += 1;
      }
    }),
    { numRuns: FILES, seed: 20_261_128 },
  );
  process.stdout.write(
    `${FILES} files: ${counted.understood} understood (${counted.rows} rows), ${counted.refused} refused\n`,
  );
  // Files that are all refused would say nothing of what reads them.
  expect(counted.understood).toBeGreaterThan(FILES / 10);
});
