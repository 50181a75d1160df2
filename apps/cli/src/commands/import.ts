import { existsSync } from 'node:fs';
import { Command, InvalidArgumentError } from 'commander';
import { countOutcomes, notesToLookAt, resultReport, understand, type RowOutcome, type Source } from '@waymark/import';
import { DATA_OPTION } from '../dataFolder.ts';
import { directoryOfData, directoryOfFile, namesOf } from '../import/directory.ts';
import { readColumns, readProfile, saveProfile, type ColumnsRead } from '../import/mapping.ts';
import { printRows } from '../import/printRows.ts';
import { printColumns, printCounts } from '../import/printSummary.ts';
import { readFileOf, readingInWords } from '../import/readFile.ts';
import { requireReportName, writeReport } from '../import/report.ts';
import { printable } from '../signing/printReview.ts';

type Options = {
  data: string;
  directory?: string;
  profile?: string;
  saveProfile?: string;
  sheet?: string;
  delimiter?: string;
  report?: string;
  json: boolean;
};

/** A file that was refused ends with 1, as everything that throws does. */
const NEEDS_A_PERSON = 2;

/** `waymark import FILE`: what a partner's file would change. A dry run: nothing is proposed. */
export function importCommand(): Command {
  return new Command('import')
    .description(
      "Look at what a partner's file would change in the directory: how it is read, and what becomes of each row. A dry run that proposes nothing. Exit code 0 every row is understood, 2 some are rejected or need a decision, 1 the file or an argument is refused",
    )
    .argument('<file>', 'CSV, XLSX, HTML table, JSON, NDJSON or HSDS, up to 200,000 rows; not compressed')
    .option(...DATA_OPTION)
    .option('--directory <file>', 'compare with a published directory.json instead of an installation')
    .option('--profile <file>', 'what the columns mean, instead of a guess')
    .option('--save-profile <file>', 'write the guess as a profile, to be corrected by hand')
    .option('--sheet <name>', 'of a workbook: the sheet to read instead of the first')
    .option('--delimiter <sign>', 'of text: what parts two cells, one sign or "tab"', oneSign)
    .option('--report <file>', 'write every row with what becomes of it and why; .csv or .xlsx')
    .option('--json', 'for programs: one line for the file, then one for each row', false)
    .action(dryRun);
}

function oneSign(text: string): string {
  const sign = text === 'tab' ? '\t' : text;
  if ([...sign].length === 1) return sign;
  throw new InvalidArgumentError('write one sign, or tab');
}

async function dryRun(file: string, options: Options): Promise<void> {
  const { data, directory, sheet, delimiter, report } = options;
  requireNewFiles(options);
  const profile = options.profile === undefined ? undefined : await readProfile(options.profile);
  const source = await readFileOf(file, {
    ...(sheet === undefined ? {} : { sheet }),
    ...(delimiter === undefined ? {} : { delimiter }),
  });
  const columns = readColumns(source, profile);
  const compared = await (directory === undefined ? directoryOfData(data, source) : directoryOfFile(directory));
  const outcomes = understand(source, columns.mapping, compared.directory);
  const nameOf = namesOf(compared.directory);
  if (report !== undefined) await writeReport(report, resultReport(source, outcomes, nameOf));
  if (options.saveProfile !== undefined) await saveProfile(options.saveProfile, file, columns.mapping);
  const result = {
    file,
    source,
    columns,
    outcomes,
    from: compared.from,
    entries: compared.directory.entries.length,
    knowsRevisions: compared.directory.revisions !== undefined,
  };
  if (options.json) printLines(result);
  else print(result, nameOf, options);
  const { reject, decide } = countOutcomes(outcomes);
  if (reject + decide > 0) process.exitCode = NEEDS_A_PERSON;
}

/** Looked at before a long run, not after it. */
function requireNewFiles({ report, saveProfile, profile }: Options): void {
  if (report !== undefined) requireReportName(report);
  if (profile !== undefined && saveProfile !== undefined)
    throw new Error('--save-profile writes the guess, and with --profile nothing is guessed');
  for (const file of [report, saveProfile])
    if (file !== undefined && existsSync(file)) throw new Error(`${file} exists already; nothing is written over`);
}

type Result = {
  file: string;
  source: Source;
  columns: ColumnsRead;
  outcomes: RowOutcome[];
  from: string;
  entries: number;
  knowsRevisions: boolean;
};

function print(
  { file, source, columns, outcomes, from, entries, knowsRevisions }: Result,
  nameOf: (id: string) => string,
  { report, saveProfile }: Options,
): void {
  const say = (line: string) => console.log(line);
  const toLookAt = outcomes.filter((outcome) => notesToLookAt(outcome).length > 0).length;
  say(printable(`${file}: ${readingInWords(source)}`));
  say(printable(`Compared with ${from}: ${entries} entries`));
  printColumns(source, columns, say);
  if (columns.mapping.options.ownTable && !knowsRevisions)
    say('  CHECK What a published directory does not hold, or holds otherwise than the table, looks like an edit');
  printCounts(countOutcomes(outcomes), toLookAt, say);
  say('\nROWS');
  printRows(source, columns.mapping, outcomes, nameOf, say);
  say('');
  if (report !== undefined) say(printable(`Every row with what becomes of it: ${report}`));
  if (saveProfile !== undefined)
    say(printable(`What the columns mean, to be corrected and given as --profile: ${saveProfile}`));
  say('Dry run: nothing was proposed, and the directory is as it was.');
}

function printLines({ file, source, columns, outcomes, from }: Result): void {
  const { reading, header, rows } = source;
  const counts = countOutcomes(outcomes);
  console.log(
    JSON.stringify({ file, dryRun: true, reading, header, rows: rows.length, comparedWith: from, ...columns, counts }),
  );
  for (const outcome of outcomes) console.log(JSON.stringify(outcome));
}
