import { existsSync } from 'node:fs';
import { Command, InvalidArgumentError, Option } from 'commander';
import { EvidenceKind, OrganisationType } from '@waymark/domain';
import { countOutcomes, resultReport, understand } from '@waymark/import';
import { PASSWORD_VARIABLE, YES_OPTION } from '../ask.ts';
import { DATA_OPTION } from '../dataFolder.ts';
import { commitFile, type CommitOptions } from '../import/commitFile.ts';
import { directoryOfData, directoryOfFile, namesOf } from '../import/directory.ts';
import { profileOf, readColumns, saveProfile } from '../import/mapping.ts';
import { printLines, printResult } from '../import/printResult.ts';
import { readFileOf } from '../import/readFile.ts';
import { requireReportName, writeReport } from '../import/report.ts';
import { printable } from '../signing/printReview.ts';

type Options = CommitOptions & {
  commit: boolean;
  directory?: string;
  saveProfile?: string;
};

/** A file that was refused ends with 1, as everything that throws does. */
const NEEDS_A_PERSON = 2;

/** `waymark import FILE`: what a partner's file would change. A dry run, unless `--commit` says otherwise. */
export function importCommand(): Command {
  return new Command('import')
    .description(
      "Look at what a partner's file would change in the directory: how it is read, and what becomes of each row. A dry run that proposes nothing, unless --commit is given. Exit code 0 every row is understood, 2 some are rejected or need a decision, 1 the file or an argument is refused",
    )
    .argument('<file>', 'CSV, XLSX, HTML table, JSON, NDJSON or HSDS, up to 200,000 rows; not compressed')
    .option(...DATA_OPTION)
    .option('--directory <file>', 'compare with a published directory.json instead of an installation')
    .option('--profile <name>', 'what the columns mean, instead of a guess: a file, or a profile of the installation')
    .option('--save-profile <file>', 'write the guess as a profile, to be corrected by hand')
    .option('--sheet <name>', 'of a workbook: the sheet to read instead of the first')
    .option('--delimiter <sign>', 'of text: what parts two cells, one sign or "tab"', oneSign)
    .option('--report <file>', 'write every row with what becomes of it and why; .csv or .xlsx')
    .option('--json', 'for programs: one line for the file, then one for each row', false)
    .option('--commit', 'make proposals of it, as one batch for review; the server must be stopped', false)
    .option(
      '--as <person>',
      `with --commit: who you are, by mail address or name; the password is asked for, or taken from ${PASSWORD_VARIABLE} or from what is piped in`,
    )
    .option('--title <text>', 'with --commit: what the batch is called, instead of the name of the file')
    .addOption(
      new Option('--evidence-kind <kind>', 'with --commit: what kind of source says what the file says').choices(
        EvidenceKind.options,
      ),
    )
    .option('--evidence-title <text>', 'with --commit: what that source is called')
    .option('--evidence-url <address>', 'with --commit: where it can be read')
    .option('--evidence-publisher <name>', 'with --commit: who published it')
    .addOption(
      new Option(
        '--organisation-type <type>',
        'with --commit: of which type the organisations are that are new; needed when there are any',
      ).choices(OrganisationType.options),
    )
    .option(...YES_OPTION)
    .action((file: string, options: Options) => (options.commit ? commit(file, options) : dryRun(file, options)));
}

function oneSign(text: string): string {
  const sign = text === 'tab' ? '\t' : text;
  if ([...sign].length === 1) return sign;
  throw new InvalidArgumentError('write one sign, or tab');
}

async function commit(file: string, options: Options): Promise<void> {
  if (options.directory !== undefined) throw new Error('--directory only compares: --commit needs an installation');
  if (options.saveProfile !== undefined) throw new Error('--save-profile belongs to a dry run');
  requireNewFiles(options);
  if (await commitFile(file, options)) process.exitCode = NEEDS_A_PERSON;
}

async function dryRun(file: string, options: Options): Promise<void> {
  const { data, directory, sheet, delimiter, report } = options;
  requireNewFiles(options);
  const profile = await profileOf(options);
  const source = await readFileOf(file, {
    ...(sheet === undefined ? {} : { sheet }),
    ...(delimiter === undefined ? {} : { delimiter }),
  });
  const columns = readColumns(source, profile);
  const compared = await (directory === undefined
    ? directoryOfData(data, source, profile?.id)
    : directoryOfFile(directory));
  const outcomes = understand(source, columns.mapping, compared.directory, compared.decisions, compared.last);
  const nameOf = namesOf(compared.directory.byId);
  if (report !== undefined) await writeReport(report, resultReport(source, outcomes, nameOf));
  if (options.saveProfile !== undefined) await saveProfile(options.saveProfile, file, columns.mapping);
  const { from, knowsRevisions } = compared;
  const result = { file, source, columns, outcomes, from, entries: compared.directory.byId.size, knowsRevisions };
  if (options.json) printLines(result, true);
  else {
    printResult(result, nameOf);
    printFiles(options);
    console.log('Dry run: nothing was proposed, and the directory is as it was.');
  }
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

function printFiles({ report, saveProfile }: Options): void {
  if (report !== undefined) console.log(printable(`Every row with what becomes of it: ${report}`));
  if (saveProfile !== undefined)
    console.log(printable(`What the columns mean, to be corrected and given as --profile: ${saveProfile}`));
}
