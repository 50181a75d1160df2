import { readFileSync } from 'node:fs';
import type { Entry, Organisation } from '@waymark/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Source } from '../source.ts';
import { ReadLastList, type LastList } from './lastList.ts';
import type { Mapping } from './mapping.ts';
import { understand } from './outcome.ts';
import type { Decision, RowOutcome } from './outcomeTypes.ts';
import { readyDirectory } from './readyDirectory.ts';

const starter = JSON.parse(
  readFileSync(new URL('../../../../data/starter-directory.json', import.meta.url), 'utf8'),
) as { entries: Entry[]; organisations: Organisation[] };
const fiji = starter.entries.find(({ slug }) => slug === 'fj-child-helpline-1325')!;

const FIELDS = ['slug', 'name', 'organisation', 'kind', 'country', 'website', 'phone', 'email', 'summary'] as const;
const mapping: Mapping = { columns: FIELDS.map((field) => ({ header: field, field })), constants: {}, options: {} };
type Cells = Partial<Record<(typeof FIELDS)[number], string>>;

const listOf = (rows: readonly Cells[]): Source => ({
  reading: { format: 'delimited' },
  header: [...FIELDS],
  rows: rows.map((cells, at) => ({ row: at + 1, line: at + 2, cells: FIELDS.map((field) => cells[field] ?? '') })),
});

interface Then {
  rows: readonly Cells[];
  means: LastList['means'];
}

/** What becomes of this quarter's rows, and which entries of the last quarter's are gone. */
function nextQuarter(
  rows: readonly Cells[],
  last: Then,
  entries: readonly Entry[] = starter.entries,
  decisions?: ReadonlyMap<string, Decision>,
): { outcomes: RowOutcome[]; gone: { id: string; row: number }[] } {
  const ready = readyDirectory({ ...starter, entries });
  const read = new ReadLastList({ source: listOf(last.rows), mapping, means: last.means }, ready);
  const outcomes = understand(listOf(rows), mapping, ready, decisions, read);
  return { outcomes, gone: read.gone(listOf(rows), outcomes, ready) };
}

/** Every row of the last list, taken as the directory of that day said. */
function taken(rows: readonly Cells[], entries: readonly Entry[] = starter.entries): Then {
  const outcomes = understand(listOf(rows), mapping, readyDirectory({ ...starter, entries }));
  return {
    rows,
    means: new Map(
      outcomes.flatMap((outcome) =>
        'of' in outcome && typeof outcome.of === 'string' ? [[outcome.row, outcome.of] as const] : [],
      ),
    ),
  };
}

const withEntry = (entry: Entry): Entry[] => starter.entries.map((other) => (other.id === entry.id ? entry : other));

function withEmail(entry: Entry, address: string | undefined): Entry {
  const others = entry.channels.filter(({ type }) => type !== 'email');
  return {
    ...entry,
    channels: address === undefined ? others : [...others, { type: 'email', id: 'email', value: { address } }],
  };
}

const row: Cells = { name: 'Child Helpline Fiji', kind: 'helpline', country: 'Fiji', phone: '1325' };
const unknown: Cells = {
  name: 'Lantern Quill',
  organisation: 'Quill Trust',
  kind: 'Hotline',
  country: 'Peru',
  website: 'https://lantern-quill.org/',
};

describe('the same list next quarter', () => {
  it('has nothing added, gone or changed when it is the same, in any order of its rows', () => {
    const rows = starter.entries.slice(0, 40).map(({ slug, names, kind, channels }): Cells => ({
      slug,
      name: Object.values(names)[0]!.text,
      kind,
      country: 'Fiji',
      email: channels.flatMap((c) => (c.type === 'email' ? [c.value.address] : []))[0] ?? 'help@lantern-quill.org',
    }));
    const last = taken(rows);
    expect(last.means.size).toBe(40);
    const { outcomes, gone } = nextQuarter(rows.toReversed(), last);
    expect(gone).toEqual([]);
    expect(outcomes.filter(({ action, since }) => action !== 'duplicate' || since !== 'same')).toEqual([]);
  });

  it('does not propose anew what is in review, or was declined, and a person decides where the row says more by now', () => {
    const last = { rows: [unknown], means: new Map([[1, 'in-review']]) };
    const { outcomes } = nextQuarter([unknown, { ...row, slug: '' }], last);
    expect(outcomes).toMatchObject([
      { action: 'duplicate', of: 'in-review', since: 'same' },
      { action: 'duplicate', of: fiji.id, since: 'added' },
    ]);
    const changed = nextQuarter([{ ...unknown, email: 'help@lantern-quill.org' }], last);
    expect(changed.outcomes).toMatchObject([
      { action: 'decide', question: 'proposed-before', of: 'in-review', since: 'changed' },
    ]);
  });

  it('does not make anew what a person had made new, though that is remembered', () => {
    const made = { rows: [unknown], means: new Map([[1, 'made']]) };
    const [first] = understand(listOf([unknown]), mapping, readyDirectory(starter));
    const decisions = new Map<string, Decision>([[first!.fingerprint, { action: 'new' }]]);
    expect(nextQuarter([unknown], made, starter.entries, decisions).outcomes[0]?.action).toBe('duplicate');
  });

  it('proposes again what nobody decided on last time, or what was withdrawn', () => {
    const { outcomes } = nextQuarter([unknown], { rows: [unknown], means: new Map() });
    expect(outcomes).toMatchObject([{ action: 'new', since: 'same' }]);
  });

  it('finds an entry that curators made unlike its row by what the last list meant', () => {
    const id = fiji.id;
    const moved: Entry = { ...fiji, names: { en: { text: 'Vale Ni Veivuke' } }, otherNames: [], channels: [] };
    const last = { rows: [unknown], means: new Map([[1, id]]) };
    const { outcomes } = nextQuarter([{ ...unknown, email: 'help@lantern-quill.org' }], last, withEntry(moved));
    expect(outcomes).toMatchObject([
      { action: 'update', of: id, since: 'changed', changes: [{ path: '/channels/email' }] },
    ]);
  });
});

describe('what a row says since the last list', () => {
  const said = 'old@lantern-quill.org';
  const curated = 'curator@lantern-quill.org';
  const last = taken([{ ...row, email: said }]);

  it('is no news where the partner says the same, and curators decided otherwise', () => {
    const next = { ...row, email: said, summary: 'Free advice for children' };
    const { outcomes } = nextQuarter([next], last, withEntry(withEmail(fiji, curated)));
    expect(outcomes).toMatchObject([{ action: 'update', fields: ['summary'], changes: [{ path: '/summary/en' }] }]);
    expect(outcomes[0]?.notes).toContainEqual(expect.objectContaining({ code: 'list-said-before', from: said }));
  });

  it('is for a person where both changed it, with what each of the three says; decided, it is proposed', () => {
    const next = { ...row, email: 'new@lantern-quill.org' };
    const entries = withEntry(withEmail(fiji, curated));
    const [asked] = nextQuarter([next], last, entries).outcomes;
    expect(asked).toMatchObject({
      action: 'decide',
      question: 'list-and-curator-disagree',
      of: fiji.id,
      disagreements: [
        {
          path: '/channels/email/value',
          base: { address: said },
          current: { address: curated },
          proposed: { address: 'new@lantern-quill.org' },
        },
      ],
    });
    const decisions = new Map<string, Decision>([[asked!.fingerprint, { action: 'entry', id: fiji.id }]]);
    const [decided] = nextQuarter([next], last, entries, decisions).outcomes;
    expect(decided).toMatchObject({ action: 'update', overruled: true, changes: [{ after: { address: next.email } }] });
    expect(decided?.notes).toContainEqual(expect.objectContaining({ code: 'list-preferred' }));
  });

  it('is an update where the directory still says what the last list said', () => {
    const { outcomes } = nextQuarter(
      [{ ...row, email: 'new@lantern-quill.org' }],
      last,
      withEntry(withEmail(fiji, said)),
    );
    expect(outcomes).toMatchObject([{ action: 'update', changes: [{ path: '/channels/email/value' }] }]);
  });

  it('knows a number again though a new one stands before it in the row', () => {
    const then = taken([{ ...row, phone: '1325; +679 331 3300' }]);
    const { outcomes } = nextQuarter([{ ...row, phone: '+679 331 4400; +679 331 3300; 1325' }], then);
    expect(outcomes).toMatchObject([
      { action: 'update', changes: [{ after: { value: { number: { digits: '6793314400' } } } }] },
    ]);
  });

  it('takes nothing away that the partner no longer gives, and says so', () => {
    const { outcomes } = nextQuarter([row], last, withEntry(withEmail(fiji, said)));
    expect(outcomes).toMatchObject([{ action: 'duplicate', since: 'changed' }]);
    expect(outcomes[0]?.notes).toContainEqual(
      expect.objectContaining({ code: 'list-no-longer-says', from: said, certainty: 'unclear' }),
    );
  });
});

describe('what is gone since the last list', () => {
  const last: Then = { rows: [row], means: new Map([[1, fiji.id]]) };

  it('is the entry that no row means', () => {
    expect(nextQuarter([], last).gone).toEqual([{ id: fiji.id, row: 1 }]);
  });

  it('is none that a row may mean which cannot be read or waits for a person', () => {
    expect(nextQuarter([{ name: row.name! }], last).gone).toEqual([]);
  });

  it('is none that was retired meanwhile', () => {
    const ready = readyDirectory({ ...starter, inactive: new Set([fiji.id]) });
    const read = new ReadLastList({ source: listOf([row]), mapping, means: new Map([[1, fiji.id]]) }, ready);
    expect(read.gone(listOf([]), [], ready)).toEqual([]);
  });
});

describe('whatever both sides change', () => {
  const value = fc.constantFrom(undefined, 'a@lantern-quill.org', 'b@lantern-quill.org', 'c@lantern-quill.org');

  it('never loses what a curator wrote without a person, and never asks where only one side changed', () => {
    fc.assert(
      fc.property(value, value, value, fc.boolean(), (then, now, held, isMore) => {
        const cells = (email: string | undefined): Cells => ({ ...row, ...(email === undefined ? {} : { email }) });
        const last = taken([cells(then)], [withEmail(fiji, then)]);
        const next = { ...cells(now), ...(isMore ? { summary: 'Free advice for children' } : {}) };
        const { outcomes, gone } = nextQuarter([next], last, [withEmail(fiji, held)]);
        const [outcome] = outcomes;
        const changesEmail =
          outcome?.action === 'update' && outcome.changes.some(({ path }) => path.startsWith('/channels/email'));
        const isNews = now !== undefined && now !== then && now !== held;
        const isDisputed = isNews && then !== undefined && then !== held;
        expect(gone).toEqual([]);
        expect(outcome?.action === 'decide').toBe(isDisputed);
        expect(changesEmail).toBe(isNews && !isDisputed);
      }),
      { numRuns: 100 },
    );
  });

  const numbers = fc.subarray(['+679 331 3300', '+679 331 4400', '+679 331 5500']);
  const digitsOf = (phone: string) => phone.replace(/\D/g, '');
  const withPhones = (phones: readonly string[]): Entry => ({
    ...fiji,
    channels: phones.map((phone, at) => ({
      type: 'phone',
      id: `tel-${at + 1}`,
      value: { number: { kind: 'e164', digits: digitsOf(phone) } },
    })),
  });

  it('brings no number back that the last list gave and a curator took away', () => {
    fc.assert(
      fc.property(numbers, numbers, numbers, fc.boolean(), (then, now, held, isTurned) => {
        const cells = (phones: readonly string[]): Cells => ({ ...row, slug: fiji.slug, phone: phones.join('; ') });
        const last = taken([cells(then)], [withPhones(then)]);
        const next = cells(isTurned ? now.toReversed() : now);
        const [outcome] = nextQuarter([next], last, [withPhones(held)]).outcomes;
        const added = outcome?.action === 'update' ? JSON.stringify(outcome.changes) : '';
        const takenAway = then.filter((phone) => !held.includes(phone));
        expect(takenAway.filter((phone) => added.includes(digitsOf(phone)))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
