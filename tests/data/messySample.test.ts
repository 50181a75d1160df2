import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry, Organisation } from '@waymark/domain';
import { guessMapping, read, understand, type RowOutcome } from '@waymark/import';
import { describe, expect, it } from 'vitest';

const data = (name: string): string => readFileSync(join(import.meta.dirname, '../../data', name), 'utf8');

interface ExpectedRow {
  row: number;
  action: 'new' | 'duplicate' | 'update' | 'reject';
  key?: string;
  of?: string;
  fields?: string[];
  reason?: string;
  warnings?: string[];
  alsoAcceptable?: string[];
  normalized?: { jurisdictions: string[]; url: string; phones: string[]; languages: string[] };
}

const expected = JSON.parse(data('messy-sample.expected.json')) as { heldOut: string[]; rows: ExpectedRow[] };
const starter = JSON.parse(data('starter-directory.json')) as { entries: Entry[]; organisations: Organisation[] };

const { source } = await read(readFileSync(join(import.meta.dirname, '../../data/messy-sample.csv')));
if (!source) throw new Error('The sample was refused');
const rows = source.rows.map(({ cells }) => cells);

const slugOf = new Map(starter.entries.map(({ id, slug }) => [id, slug]));
const directory = { ...starter, entries: starter.entries.filter(({ slug }) => !expected.heldOut.includes(slug)) };
const outcomes = understand(source, guessMapping(source).mapping, directory);
const keyOfRow = new Map(expected.rows.map(({ row, key }) => [row, key]));

/** Which entry an outcome is about, by its key. */
function subjectOf(outcome: RowOutcome): string | undefined {
  if (outcome.action === 'update') return slugOf.get(outcome.of);
  if (outcome.action === 'duplicate') return typeof outcome.of === 'string' ? slugOf.get(outcome.of) : keyOfRow.get(outcome.of.row);
  return undefined;
}

// What the sample calls a field, and what we do.
const FIELDS: Record<string, string> = {
  phones: 'phone',
  url: 'website',
  reportUrl: 'reportLink',
  jurisdictions: 'country',
  notes: 'notes',
  hours: 'hours',
};

function isAsExpected(outcome: RowOutcome, wanted: ExpectedRow): boolean {
  const accepted = [wanted.action, ...(wanted.alsoAcceptable ?? []).map((action) => action.split(' ')[0])];
  if (!accepted.includes(outcome.action)) return false;
  if (outcome.action === 'reject') return wanted.action !== 'reject' || outcome.rejection.code === wanted.reason;
  if (outcome.action === 'new') return true;
  if (subjectOf(outcome) !== wanted.of) return false;
  if (outcome.action !== 'update' || wanted.action !== 'update') return true;
  return (wanted.fields ?? []).every((field) => outcome.fields.includes(FIELDS[field] ?? field));
}

const inWords = (outcome: RowOutcome): string =>
  [
    outcome.action,
    subjectOf(outcome),
    outcome.action === 'update' || outcome.action === 'decide' ? outcome.fields.join('+') : undefined,
    outcome.action === 'reject' ? outcome.rejection.code : undefined,
    outcome.action === 'decide' ? `${outcome.question}: ${outcome.candidates.map(({ id, label, score }) => `${slugOf.get(id) ?? label} ${score}`).join(', ')}` : undefined,
    outcome.certainty,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');

const wantedInWords = ({ action, key, of, fields, reason, alsoAcceptable }: ExpectedRow): string =>
  [action, key ?? of, fields?.join('+'), reason, alsoAcceptable && `(or ${alsoAcceptable.join(', ')})`].filter(Boolean).join(' ');

/** Digits of all numbers an outcome would write. */
function digitsOf(outcome: RowOutcome): string[] {
  const doc = outcome.action === 'update' ? outcome.doc : outcome.action === 'new' ? outcome.draft : undefined;
  return (doc?.channels ?? []).flatMap(({ value }) => ('number' in value ? [value.number.digits] : []));
}

describe('the messy sample', () => {
  const table = expected.rows.map((wanted, at) => {
    const outcome = outcomes[at];
    return {
      row: wanted.row,
      name: rows[at]?.[0]?.slice(0, 40) ?? '',
      expected: wantedInWords(wanted),
      got: outcome ? inWords(outcome) : 'nothing',
      right: outcome !== undefined && isAsExpected(outcome, wanted),
    };
  });
  const wrong = table.filter(({ right }) => !right);

  it('has one outcome for each row, at least 95 of 100 as expected', () => {
    console.log(`Messy sample: ${table.length - wrong.length} of ${table.length} rows as expected.`);
    if (wrong.length > 0) console.table(wrong);
    expect(outcomes.map(({ row }) => row)).toEqual(rows.map((_, at) => at + 1));
    expect((table.length - wrong.length) / table.length).toBeGreaterThanOrEqual(0.95);
  });

  it('merges nothing into a wrong entry', () => {
    const merged = outcomes.filter(({ action }) => action === 'update' || action === 'duplicate');
    const misled = merged.filter((outcome) => subjectOf(outcome) !== expected.rows[outcome.row - 1]?.of);
    expect(misled.map((outcome) => `${outcome.row}: ${inWords(outcome)}`)).toEqual([]);
  });

  it('keeps every number digit by digit: those of the cell, or those the entry held', () => {
    const foreign = outcomes.flatMap((outcome) => {
      const held = outcome.action === 'update' ? (starter.entries.find(({ id }) => id === outcome.of)?.channels ?? []) : [];
      const known = new Set(held.flatMap(({ value }) => ('number' in value ? [value.number.digits] : [])));
      const cell = (rows[outcome.row - 1] ?? []).join(' ').normalize('NFKC').replace(/[^\d;]/g, '');
      return digitsOf(outcome).filter((digits) => !known.has(digits) && !cell.includes(digits));
    });
    expect(foreign).toEqual([]);
  });

  it('writes countries, addresses, numbers and languages as the sample wants them', () => {
    const differing = outcomes.flatMap((outcome) => {
      const wanted = expected.rows[outcome.row - 1]?.normalized;
      if (outcome.action !== 'new' || !wanted) return [];
      const { channels, serves } = outcome.draft;
      const hrefs = channels.flatMap(({ id, value }) => (id.startsWith('web') && 'href' in value ? [value.href ?? ''] : []));
      const bare = (href: string) => href.replace(/^https:\/\/(www\.)?/, '').replace(/\/$/, '');
      const got = {
        areas: serves.map(({ area }) => area),
        url: hrefs.map(bare),
        phones: channels.flatMap(({ value }) => ('number' in value ? [`+${value.number.digits}`] : [])),
        languages: channels[0]?.languages?.map(({ tag }) => tag) ?? [],
      };
      const want = { areas: wanted.jurisdictions, url: [bare(wanted.url)], phones: wanted.phones, languages: wanted.languages };
      return JSON.stringify(got) === JSON.stringify(want) ? [] : [{ row: outcome.row, got, want }];
    });
    expect(differing).toEqual([]);
  });

  it('says where it took a formula or a hidden character away', () => {
    const warned = expected.rows.flatMap(({ row, warnings = [] }) => warnings.map((warning) => `${row} ${warning.split(':')[0]}`));
    const said = outcomes.flatMap(({ row, notes }) => notes.map(({ code }) => `${row} ${code}`));
    expect(warned.filter((warning) => !said.includes(warning))).toEqual([]);
  });
});
