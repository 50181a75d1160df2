import { countOutcomes, notesToLookAt, type RowOutcome, type Source } from '@waymark/import';
import { printable } from '../signing/printReview.ts';
import type { ColumnsRead } from './mapping.ts';
import { printRows } from './printRows.ts';
import { printColumns, printCounts } from './printSummary.ts';
import { readingInWords } from './readFile.ts';

/** A file understood, and what it was compared with. */
export type Result = {
  file: string;
  source: Source;
  columns: ColumnsRead;
  outcomes: readonly RowOutcome[];
  from: string;
  entries?: number;
  knowsRevisions: boolean;
};

/** How the file was read, what its columns mean, how many rows became what, and each row on a line. */
export function printResult(
  { file, source, columns, outcomes, from, entries, knowsRevisions }: Result,
  nameOf: (id: string) => string,
): void {
  const say = (line: string) => console.log(line);
  const toLookAt = outcomes.filter((outcome) => notesToLookAt(outcome).length > 0).length;
  say(printable(`${file}: ${readingInWords(source)}`));
  say(printable(`Compared with ${from}${entries === undefined ? '' : `: ${entries} entries`}`));
  printColumns(source, columns, say);
  if (columns.mapping.options.ownTable && !knowsRevisions)
    say('  CHECK What a published directory does not hold, or holds otherwise than the table, looks like an edit');
  printCounts(countOutcomes(outcomes), toLookAt, say);
  say('\nROWS');
  printRows(source, columns.mapping, outcomes, nameOf, say);
  say('');
}

/** The same for programs: one line for the file, then one for each row. */
export function printLines({ file, source, columns, outcomes, from }: Result, dryRun: boolean): void {
  const { reading, header, rows } = source;
  const counts = countOutcomes(outcomes);
  console.log(
    JSON.stringify({ file, dryRun, reading, header, rows: rows.length, comparedWith: from, ...columns, counts }),
  );
  for (const outcome of outcomes) console.log(JSON.stringify(outcome));
}
