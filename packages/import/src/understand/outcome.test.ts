import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diffDocuments, type Entry, type Organisation } from '@waymark/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Source, SourceRow } from '../source.ts';
import type { Mapping } from './mapping.ts';
import { understand } from './outcome.ts';
import { readyDirectory } from './readyDirectory.ts';
import type { Decision, RowOutcome } from './outcomeTypes.ts';

const starter = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../../data/starter-directory.json'), 'utf8'),
) as { entries: Entry[]; organisations: Organisation[] };
const ready = readyDirectory(starter);
const entryOf = (slug: string): Entry => {
  const entry = starter.entries.find((e) => e.slug === slug);
  if (!entry) throw new Error(slug);
  return entry;
};

const FIELDS = [
  'name',
  'organisation',
  'kind',
  'country',
  'website',
  'reportLink',
  'phone',
  'email',
  'languages',
  'hours',
  'anonymous',
  'notes',
  'source',
  'lastChecked',
] as const;
const mapping: Mapping = { columns: FIELDS.map((field) => ({ header: field, field })), constants: {}, options: {} };

type Cells = Partial<Record<(typeof FIELDS)[number], string>>;
const toRow = (cells: Cells, at = 0): SourceRow => ({
  row: at + 1,
  line: at + 2,
  cells: FIELDS.map((field) => cells[field] ?? ''),
});
const toSource = (...rows: Cells[]): Source => ({
  reading: { format: 'delimited' },
  header: [...FIELDS],
  rows: rows.map(toRow),
});
const documents = (...docs: unknown[]): Source => ({
  reading: { format: 'json' },
  header: [],
  rows: docs.map((doc, at) => ({ row: at + 1, line: at + 1, cells: [], doc })),
});
const only = (source: Source, decisions?: ReadonlyMap<string, Decision>): RowOutcome => {
  const [outcome] = understand(source, mapping, ready, decisions);
  if (!outcome) throw new Error('no outcome');
  return outcome;
};

const fiji: Cells = { name: 'Child Helpline Fiji', kind: 'helpline', country: 'Fiji', phone: '1325' };
const invented: Cells = {
  name: 'Lantern Quill',
  organisation: 'Quill Trust',
  kind: 'Hotline',
  country: 'Peru',
  website: 'https://lantern-quill.org/',
};

describe('a row about an entry', () => {
  it('is a duplicate when it says nothing new, and an empty cell takes nothing away', () => {
    const outcome = only(toSource(fiji));
    expect(outcome).toMatchObject({ action: 'duplicate', of: entryOf('fj-child-helpline-1325').id });
  });

  it('is an update that holds only what changed, old and new', () => {
    const outcome = only(toSource({ ...fiji, languages: 'English; Hindi' }));
    const entry = entryOf('fj-child-helpline-1325');
    if (outcome.action !== 'update') throw new Error(outcome.action);
    expect([outcome.of, outcome.fields, outcome.certainty]).toEqual([entry.id, ['languages'], 'likely']);
    expect(outcome.changes).toEqual(diffDocuments(entry, outcome.doc));
    expect(outcome.changes.every(({ path }) => path.endsWith('/languages'))).toBe(true);
  });

  it('is never matched by a short number alone, nor to another country or kind', () => {
    expect(only(toSource({ name: 'Lantern Quill', kind: 'helpline', country: 'Fiji', phone: '1325' })).action).toBe(
      'decide',
    );
    expect(only(toSource({ ...fiji, country: 'Tonga' })).action).not.toMatch(/update|duplicate/);
    expect(only(toSource({ ...fiji, kind: 'police' })).action).not.toMatch(/update|duplicate/);
  });

  it('says whose number it is when another entry of the country has it', () => {
    const outcome = only(
      toSource({
        name: 'NCMEC CyberTipline',
        kind: 'hotline',
        country: 'US',
        website: 'https://report.cybertip.org/',
        phone: '+1-888-773-8368',
      }),
    );
    expect(outcome.notes.find(({ code }) => code === 'phone-of-another')?.detail).toBe('Stop It Now! (USA)');
  });

  it('changes nothing of an entry that is retired', () => {
    const entry = entryOf('fj-child-helpline-1325');
    const [outcome] = understand(toSource({ ...fiji, languages: 'Hindi' }), mapping, {
      ...starter,
      inactive: new Set([entry.id]),
    });
    expect(outcome).toMatchObject({ action: 'decide', question: 'record-not-active' });
  });
});

describe('a row about nothing known', () => {
  it('is a new entry of what it says, and claims nothing it does not say', () => {
    const outcome = only(toSource({ ...invented, phone: '0800 1234', hours: '24/7', languages: 'Spanish' }));
    if (outcome.action !== 'new') throw new Error(outcome.action);
    expect(outcome.organisation).toEqual({ name: 'Quill Trust' });
    expect(outcome.draft).toMatchObject({
      slug: 'pe-lantern-quill',
      kind: 'hotline.web',
      accepts: {},
      operational: { status: 'unknown' },
    });
    expect(outcome.draft.names).toEqual({ es: { text: 'Lantern Quill' } });
  });

  it.each<[string, Cells, string]>([
    ['without a name', { ...invented, name: '' }, 'missing-name'],
    ['with a formula for a name', { ...invented, name: '=1+1' }, 'formula-in-name'],
    ['without a country', { ...invented, country: '' }, 'missing-country'],
    ['without a contact', { ...invented, website: '' }, 'no-contact-point'],
    ['without a kind', { ...invented, kind: '' }, 'missing-kind'],
    ['of an unknown kind', { ...invented, kind: 'spaceship' }, 'unknown-kind'],
  ])('is refused %s, with the way out', (_, cells, code) => {
    const outcome = only(toSource(cells));
    if (outcome.action !== 'reject') throw new Error(outcome.action);
    expect([outcome.rejection.code, outcome.rejection.message.length > 20]).toEqual([code, true]);
  });

  it('is compared with the other rows: the one that says most is new', () => {
    const outcomes = understand(
      toSource({ ...invented, organisation: '' }, invented, { ...invented, languages: 'Quechua', notes: 'x' }),
      mapping,
      ready,
    );
    expect(outcomes.map(({ action }) => action)).toEqual(['duplicate', 'duplicate', 'new']);
  });

  it('is new once, however often the file repeats it', () => {
    const outcomes = understand(toSource(...Array.from({ length: 200 }, () => invented)), mapping, ready);
    expect(outcomes.filter(({ action }) => action === 'new')).toHaveLength(1);
    expect(outcomes.filter(({ action }) => action === 'duplicate')).toHaveLength(199);
  });

  it('is for a person when another row says something else of the same service', () => {
    const outcomes = understand(
      toSource({ ...invented, email: 'a@lantern-quill.org', languages: 'es' }, { ...invented, phone: '+51 1 2345678' }),
      mapping,
      ready,
    );
    expect(outcomes.map(({ action }) => action).sort()).toEqual(['decide', 'new']);
  });
});

describe('what a person decided', () => {
  const row = toSource({ ...invented, languages: 'Spanish' });
  const { fingerprint } = only(row);
  const decide = (decision: Decision) => only(row, new Map([[fingerprint, decision]]));

  it('goes before what the matching thinks', () => {
    const { id } = entryOf('fj-child-helpline-1325');
    expect(decide({ action: 'entry', id })).toMatchObject({ action: 'update', of: id, overruled: true });
    expect(decide({ action: 'reject', reason: 'No answer to our letter.' })).toMatchObject({
      action: 'reject',
      rejection: { code: 'rejected-by-person', detail: 'No answer to our letter.' },
    });
    const known = only(toSource(fiji)).fingerprint;
    expect(only(toSource(fiji), new Map([[known, { action: 'new' }]])).action).toBe('new');
  });

  it('is asked again when the entry it named is gone', () => {
    expect(decide({ action: 'entry', id: '00000000-0000-4000-8000-000000000001' })).toMatchObject({
      action: 'decide',
      question: 'decision-outdated',
    });
  });

  it('is found again wherever the row stands', () => {
    const outcomes = understand(toSource(fiji, { ...invented, languages: 'Spanish' }), mapping, ready);
    expect(outcomes[1]?.fingerprint).toBe(fingerprint);
  });
});

describe('documents of our own', () => {
  it('say nothing new when they come back as they are', () => {
    const outcomes = understand(documents(...starter.entries), mapping, ready);
    expect(outcomes.filter(({ action }) => action !== 'duplicate')).toEqual([]);
    expect(outcomes.map((outcome) => 'of' in outcome && outcome.of)).toEqual(starter.entries.map(({ id }) => id));
  });

  it('change only the members they have', () => {
    const { id, kind } = entryOf('fj-child-helpline-1325');
    const outcome = only(documents({ id, kind, names: { hi: { text: 'फ़िजी' } } }));
    if (outcome.action !== 'update') throw new Error(outcome.action);
    expect(outcome.changes.map(({ path, op }) => [path, op])).toEqual([['/names/hi', 'added']]);
  });

  it('are refused with the place of the fault', () => {
    const outcome = only(documents({ kind: 'hotline.web', names: {}, channels: 'none' }));
    if (outcome.action !== 'reject') throw new Error(outcome.action);
    expect(outcome.rejection.detail).toContain('/names');
  });
});

describe('any file', () => {
  const ugly = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ maxLength: 40 }),
    fc.constantFrom(
      '116 111',
      '=1+1',
      '<script>',
      'https://',
      'http://[::1]/',
      '+',
      '( )',
      '24/7',
      'Mo-',
      'a@b',
      '\u202E',
      '\uD800',
      'UK / Ireland',
      '1.16E+05',
      '03/11/2025',
      'x'.repeat(5000),
      '['.repeat(40),
      '-'.repeat(60),
    ),
  );
  const anyRow = fc
    .array(ugly, { maxLength: FIELDS.length + 2 })
    .map((cells): SourceRow => ({ row: 1, line: 2, cells }));

  it('gives one outcome for each row, and the same one every time', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 6 }), (rows) => {
        const source: Source = {
          reading: { format: 'delimited' },
          header: [...FIELDS],
          rows: rows.map((row, at) => ({ ...row, row: at + 1 })),
        };
        const outcomes = understand(source, mapping, ready);
        expect(outcomes.map(({ row }) => row)).toEqual(source.rows.map(({ row }) => row));
        expect(understand(source, mapping, ready)).toEqual(outcomes);
      }),
      { numRuns: 80 },
    );
  });

  it('gives one outcome for each document, whatever it holds', () => {
    const members = fc.record(
      {
        kind: fc.constantFrom('hotline.web', 'x'),
        names: fc.anything(),
        channels: fc.anything(),
        serves: fc.anything(),
        id: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), members), (doc) => {
        expect(understand(documents(doc ?? null), mapping, ready)).toHaveLength(1);
      }),
      { numRuns: 150 },
    );
  });

  it('has outcomes that do not depend on the order of its rows, but for which of two equal rows is the duplicate', () => {
    const base: Cells[] = [
      fiji,
      invented,
      { ...invented, organisation: '' },
      { ...invented, languages: 'Quechua' },
      { ...fiji, languages: 'Hindi' },
      { ...fiji, languages: 'Hindi' },
      { ...fiji, hours: 'Mo-Fr 9-17' },
      { ...fiji, hours: 'Mo-Fr 9-18' },
      { name: 'IWF', kind: 'hotline', country: 'UK', phone: '0800 1111' },
      { name: 'Amber Reed', kind: 'police', country: 'CL', website: 'https://amber-reed.org' },
      { name: '', country: 'CL' },
    ];
    const kindsOf = (rows: readonly Cells[]): string[] =>
      understand(toSource(...rows), mapping, ready)
        .map(
          (outcome) =>
            `${outcome.fingerprint.slice(0, 8)} ${outcome.action} ${outcome.action === 'update' ? outcome.fields.join() : ''}`,
        )
        .sort();
    const expected = kindsOf(base);
    fc.assert(
      fc.property(fc.shuffledSubarray(base, { minLength: base.length }), (rows) => {
        expect(kindsOf(rows)).toEqual(expected);
      }),
      { numRuns: 15 },
    );
  });
});
