// Entries that never were, made of the real ones with a seed, leave the directory in every format and come back.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Entry,
  SCHEMA_VERSION,
  toPublished,
  type DirectoryRecord,
  type Organisation,
  type PublishedEntry,
  type PublishedOrganisation,
} from '@waymark/domain';
import {
  ENTRY_HEADER,
  guessMapping,
  read,
  readyDirectory,
  toEntryRow,
  understand,
  UPLOAD_LIMITS,
  writeCsv,
  writeXlsx,
} from '@waymark/import';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryMembers } from '../../packages/import/src/testing.ts';
import { exportHsds } from '../../packages/services/src/snapshots/content/hsds/export.ts';
import { uuid } from '../support/world.ts';

/** In each of six formats: 10,002 that leave and come back. All 60,000: `ROUND_TRIP_ENTRIES=10000 npx vitest run … generatedRoundTrip`. */
const ENTRIES = Number(process.env['ROUND_TRIP_ENTRIES'] ?? 1_667);
const SEED = 20_261_128;

const starter = JSON.parse(readFileSync(join(import.meta.dirname, '../../data/starter-directory.json'), 'utf8')) as {
  entries: Entry[];
  organisations: Organisation[];
};

const real = fc.constantFrom(...starter.entries);

/** A real entry with some members of another one. */
const recombined = fc
  .tuple(
    real,
    real,
    fc.subarray([
      'kind',
      'names',
      'otherNames',
      'programme',
      'serves',
      'accepts',
      'audience',
      'ages',
      'anonymity',
      'channels',
      'memberships',
      'operational',
      'notesInternal',
    ] as const),
  )
  .map(([entry, other, names]) => ({ ...entry, ...pick(other, names) }));

/** A real entry with some members as nobody filled them. */
const invented = fc
  .tuple(
    real,
    entryMembers,
    fc.subarray([
      'names',
      'summary',
      'otherNames',
      'serves',
      'accepts',
      'audience',
      'ages',
      'anonymity',
      'channels',
      'operational',
      'notesInternal',
    ] as const),
  )
  .map(([entry, members, names]) => ({ ...entry, ...pick(members, names) }));

function pick<T extends object>(whole: T, names: readonly (keyof T)[]): object {
  return Object.fromEntries(names.map((name) => [name, whole[name]]));
}

/** So many valid entries, each with an id and a handle of its own. */
function generate(drawn: fc.Arbitrary<object>): Entry[] {
  const made: Entry[] = [];
  for (const members of fc.sample(drawn, { numRuns: 2 * ENTRIES, seed: SEED })) {
    const at = made.length + 1;
    const { success, data } = Entry.safeParse({ ...members, id: uuid(at), slug: `generated-${at}` });
    if (success && made.length < ENTRIES) made.push(data);
  }
  return made;
}

function published<T>(type: 'entry' | 'organisation', doc: Entry | Organisation): T {
  const { id, slug } = doc;
  const at = '2026-01-01T00:00:00.000Z';
  const record = { id, slug, type, doc, state: 'active', revision: 1, contentHash: '', createdAt: at, updatedAt: at };
  return toPublished(record as DirectoryRecord) as T;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const tableOf = (entries: readonly Entry[]) => [ENTRY_HEADER, ...entries.map((doc) => toEntryRow({ doc, revision: 1 }))];

async function csvOf(entries: readonly Entry[]): Promise<Uint8Array> {
  let text = '';
  for await (const line of writeCsv(tableOf(entries))) text += line;
  return bytes(text);
}

const hsdsOf = (entries: readonly Entry[]) =>
  exportHsds(
    entries.map((doc) => published<PublishedEntry>('entry', doc)),
    new Map(starter.organisations.map((doc) => [doc.id, published<PublishedOrganisation>('organisation', doc)])),
    { from: new Date('2026-11-28T00:00:00Z'), until: new Date('2027-03-10T00:00:00Z') },
  );

const limits = { ...UPLOAD_LIMITS, bytes: 200_000_000, unpacked: 1_000_000_000, rows: 200_000 };

async function expectNoChange(file: Uint8Array, entries: readonly Entry[]): Promise<void> {
  const { source, refusal } = await read(file, { limits });
  expect(refusal).toBeUndefined();
  const revisions = new Map(entries.map(({ id }) => [id, 1]));
  const ready = readyDirectory({ entries, organisations: starter.organisations, revisions });
  const outcomes = understand(source!, guessMapping(source!).mapping, ready);
  expect(outcomes).toHaveLength(entries.length);
  const wrong = outcomes.filter((outcome, at) => outcome.action !== 'duplicate' || outcome.of !== entries[at]?.id);
  expect(wrong.slice(0, 3)).toEqual([]);
}

describe(`${ENTRIES} generated entries that leave in each format and come back`, () => {
  const odd = generate(invented);
  it.each([
    ['CSV', csvOf],
    ['XLSX', async (entries: Entry[]): Promise<Uint8Array> => await writeXlsx(tableOf(entries))],
    ['JSON', (entries: Entry[]) => bytes(JSON.stringify({ schema: SCHEMA_VERSION, entries }))],
    ['NDJSON', (entries: Entry[]) => bytes(entries.map((entry) => JSON.stringify(entry)).join('\n'))],
  ])('change nothing as %s, whatever stands in them', async (_, write) => {
    expect(odd).toHaveLength(ENTRIES);
    await expectNoChange(await write(odd), odd);
  });

  const plain = generate(recombined);
  it.each([
    ['a page', (entries: Entry[]) => bytes(hsdsOf(entries).page)],
    ['tables', (entries: Entry[]) => hsdsOf(entries).zip],
  ])('change nothing as HSDS, as %s, which holds less of each', async (_, write) => {
    expect(plain).toHaveLength(ENTRIES);
    await expectNoChange(write(plain), plain);
  });

  it('keep what HSDS cannot hold: needs of an area, and the zone of hours', async () => {
    const [entry] = starter.entries;
    const one = Entry.parse({
      ...entry,
      serves: [{ area: 'FR', basis: 'any', strength: 'primary', needs: ['grooming'] }],
      channels: [
        {
          id: 'tel',
          type: 'phone',
          value: { number: { kind: 'e164', digits: '33112345678' } },
          hours: {
            kind: 'weekly',
            tz: 'Europe/Berlin',
            weekly: [{ days: ['mo', 'tu'], from: '09:00', to: '17:00' }],
          },
        },
      ],
    });
    await expectNoChange(hsdsOf([one]).zip, [one]);
  });
});
