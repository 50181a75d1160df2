import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry, Organisation } from '@waymark/domain';
import { guessMapping, readyDirectory, understand, type RowOutcome, type Source } from '@waymark/import';
import { describe, expect, it } from 'vitest';
import { HEADER, MESSES, seeded, tidyRow, type MessyRow } from '../support/messyRows.ts';

const starter = JSON.parse(readFileSync(join(import.meta.dirname, '../../data/starter-directory.json'), 'utf8')) as {
  entries: Entry[];
  organisations: Organisation[];
};
const organisations = new Map(starter.organisations.map((organisation) => [organisation.id, organisation]));
const bySlug = new Map(starter.entries.map((entry) => [entry.slug, entry]));
const slugOf = new Map(starter.entries.map(({ id, slug }) => [id, slug]));

/** Matched to an entry or another row by itself; the same, but wrongly; left to a person with the right one first; or not seen. */
type Verdict = 'right' | 'wrong' | 'asked' | 'missed';

function verdictOn(outcome: RowOutcome, row: MessyRow): Verdict {
  const merged = outcome.action === 'update' || outcome.action === 'duplicate' ? outcome.of : undefined;
  if (row.about === undefined) {
    if (merged !== undefined) return 'wrong';
    if (outcome.action === 'decide') return 'asked';
    return outcome.action === row.otherwise ? 'right' : 'missed';
  }
  if (typeof merged === 'object') return 'wrong';
  if (merged !== undefined) return slugOf.get(merged) === row.about ? 'right' : 'wrong';
  const isFirst = outcome.candidates.some(({ id }) => slugOf.get(id) === row.about);
  return outcome.action === 'decide' && isFirst ? 'asked' : 'missed';
}

const digitsIn = (entry: Pick<Entry, 'channels'> | undefined): string[] =>
  (entry?.channels ?? []).flatMap(({ value }) => ('number' in value ? [value.number.digits] : []));

/** Digits of numbers an outcome would write that stand neither in its entry nor in its row. */
function strangeDigits(outcome: RowOutcome, row: MessyRow): string[] {
  const doc = outcome.action === 'update' ? outcome.doc : outcome.action === 'new' ? outcome.draft : undefined;
  const allowed = new Set([...digitsIn(row.about === undefined ? undefined : bySlug.get(row.about)), ...row.digits]);
  return digitsIn(doc).filter((digits) => !allowed.has(digits));
}

interface Line {
  rows: number;
  right: number;
  wrong: number;
  asked: number;
  missed: number;
  changed: number;
}

describe('matching of rows made messy', () => {
  const whole = readyDirectory(starter);
  const isAbsent = new Set(starter.entries.filter((_, at) => at % 2 === 0).map(({ slug }) => slug));
  const half = readyDirectory({ ...starter, entries: starter.entries.filter(({ slug }) => !isAbsent.has(slug)) });
  const table = new Map<string, Line>();
  const faults: string[] = [];
  const strange: string[] = [];
  // Half of the entries are not in the directory: whatever is like them there is something else.
  const absent = ['tidy', 'spelled otherwise', 'other languages', 'little said'].map((name) => ({ name, ready: half, label: `absent: ${name}` }));
  const runs = [...Object.keys(MESSES).map((name) => ({ name, ready: whole, label: name })), ...absent];
  for (const { name, ready, label } of runs) {
    const random = seeded(20_261_128);
    const rows = starter.entries.flatMap((entry): MessyRow[] => {
      const row = MESSES[name]?.(tidyRow(entry, organisations), entry, random);
      if (row === undefined) return [];
      return [ready === half && isAbsent.has(entry.slug) ? { cells: row.cells, changes: [], digits: digitsIn(entry), otherwise: 'new' } : row];
    });
    const source: Source = {
      reading: { format: 'delimited' },
      header: HEADER,
      rows: rows.map(({ cells }, at) => ({ row: at + 1, line: at + 2, cells })),
    };
    const line: Line = { rows: rows.length, right: 0, wrong: 0, asked: 0, missed: 0, changed: 0 };
    for (const [at, outcome] of understand(source, guessMapping(source).mapping, ready).entries()) {
      const row = rows[at];
      if (!row) continue;
      const verdict = verdictOn(outcome, row);
      line[verdict] += 1;
      const fields = outcome.action === 'update' ? outcome.fields : [];
      if (verdict === 'right' && fields.join() === row.changes.join()) line.changed += 1;
      if (verdict === 'wrong') faults.push(`${label}, row ${outcome.row} (${row.about ?? row.cells[0]}): ${JSON.stringify(outcome.candidates)}`);
      strange.push(...strangeDigits(outcome, row).map((digits) => `${label} ${outcome.row}: ${digits}`));
    }
    table.set(label, line);
  }

  it('merges no row into a wrong entry, and finds the right one for most', () => {
    const lines = [...table].map(([mess, { rows, right, wrong, asked, missed, changed }]) => ({
      mess,
      rows,
      right,
      asked,
      missed,
      wrong,
      precision: right + wrong === 0 ? 1 : Number((right / (right + wrong)).toFixed(3)),
      recall: Number((right / rows).toFixed(3)),
      'fields exact': Number((changed / Math.max(1, right)).toFixed(3)),
    }));
    console.table(lines);
    if (faults.length > 0) console.log(faults.join('\n'));
    expect(lines.reduce((sum, { rows }) => sum + rows, 0)).toBeGreaterThanOrEqual(2000);
    expect(lines.filter(({ wrong }) => wrong > 0)).toEqual([]);
    // Pages of one portal for one country look like each other, so more of them are for a person.
    expect(lines.filter(({ mess, recall }) => recall < (mess === 'trap: shared host' ? 0.8 : 0.95))).toEqual([]);
  });

  it('writes no digit that stood neither in the row nor in the entry', () => {
    expect(strange).toEqual([]);
  });
});
