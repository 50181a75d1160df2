// The rows of a file in any order: the same becomes of each. Only of rows that say the same one is taken and the others repeat it,
// and which one that is follows the order.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry, Organisation } from '@waymark/domain';
import {
  guessMapping,
  read,
  readyDirectory,
  understand,
  type ReadyDirectory,
  type RowOutcome,
  type Source,
} from '@waymark/import';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HEADER, MESSES, seeded, tidyRow } from '../support/messyRows.ts';

const data = (name: string): Buffer => readFileSync(join(import.meta.dirname, '../../data', name));
const starter = JSON.parse(data('starter-directory.json').toString()) as {
  entries: Entry[];
  organisations: Organisation[];
};
const { heldOut } = JSON.parse(data('messy-sample.expected.json').toString()) as { heldOut: string[] };
const organisations = new Map(starter.organisations.map((organisation) => [organisation.id, organisation]));
const SEED = 20_261_128;

const fileOf = (header: string[], rows: readonly string[][]): Source => ({
  reading: { format: 'delimited' },
  header,
  rows: rows.map((cells, at) => ({ row: at + 1, line: at + 2, cells })),
});

/** What becomes of one row, but for where it stands. */
function told(outcome: RowOutcome): string {
  return JSON.stringify({ ...outcome, row: 0, line: 0 });
}

/** Of rows about one service, what becomes of each; which of them stands for all is left open. */
function toldAmongOthers(outcome: RowOutcome): string {
  const { action } = outcome;
  return JSON.stringify([
    action,
    action === 'decide' ? outcome.question : null,
    action === 'reject' ? outcome.rejection.code : null,
    action === 'update' ? [outcome.of, outcome.fields] : null,
  ]);
}

/** Places of the rows of the same file that an outcome names. */
function rowsNamed(outcome: RowOutcome): number[] {
  const candidates = outcome.candidates.flatMap(({ id }) => (id.startsWith('row:') ? [Number(id.slice(4))] : []));
  return outcome.action === 'duplicate' && typeof outcome.of === 'object' ? [outcome.of.row, ...candidates] : candidates;
}

/** What becomes of a file: of each row that stands alone, and of all rows together that name each other. */
function becomes(source: Source, ready: ReadyDirectory): string[] {
  const outcomes = understand(source, guessMapping(source).mapping, ready);
  const groupOf = new Map(outcomes.map((outcome) => [outcome.row, new Set([outcome])]));
  for (const outcome of outcomes) {
    for (const row of rowsNamed(outcome)) {
      const united = new Set([...groupOf.get(outcome.row)!, ...groupOf.get(row)!]);
      for (const member of united) groupOf.set(member.row, united);
    }
  }
  return [...new Set(groupOf.values())]
    .map((group) => [...group])
    .map((group) => {
      const said = group.map(({ fingerprint }) => fingerprint).sort();
      return JSON.stringify([said, group.map(group.length === 1 ? told : toldAmongOthers).sort()]);
    })
    .sort();
}

function expectSameInAnyOrder(
  header: string[],
  rows: readonly string[][],
  other: readonly string[][],
  ready: ReadyDirectory,
): void {
  const [one, two] = [becomes(fileOf(header, rows), ready), becomes(fileOf(header, other), ready)];
  expect(two.filter((group) => !one.includes(group))).toEqual([]);
  expect(two).toHaveLength(one.length);
}

it('of the messy sample', async () => {
  const { source } = await read(data('messy-sample.csv'));
  const rows = source!.rows.map(({ cells }) => cells);
  const entries = starter.entries.filter(({ slug }) => !heldOut.includes(slug));
  const ready = readyDirectory({ ...starter, entries });
  expect(rows).toHaveLength(70);
  fc.assert(
    fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (other) =>
      expectSameInAnyOrder(source!.header, rows, other, ready),
    ),
    { numRuns: 10, seed: SEED },
  );
});

it('of files made of the directory in every kind of mess, half of it unknown, with rows that are there twice', () => {
  const ready = readyDirectory({ ...starter, entries: starter.entries.filter((_, at) => at % 2 === 0) });
  const random = seeded(SEED);
  const pool = Object.values(MESSES).flatMap((mess) =>
    starter.entries.flatMap((entry) => {
      const row = mess(tidyRow(entry, organisations), entry, random);
      return row === undefined ? [] : [row.cells];
    }),
  );
  const file = fc
    .array(fc.noBias(fc.nat(pool.length - 1)), { minLength: 20, maxLength: 40, size: 'max' })
    .chain((places) => {
      const rows = places.map((at) => pool[at]!);
      const twice = [...rows, ...rows.slice(0, 3)];
      return fc.tuple(fc.constant(twice), fc.shuffledSubarray(twice, { minLength: twice.length }));
    });
  fc.assert(
    fc.property(file, ([rows, other]) => expectSameInAnyOrder(HEADER, rows, other, ready)),
    { numRuns: 25, seed: SEED },
  );
});
