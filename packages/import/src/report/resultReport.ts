import { isTree, type Json } from '@waymark/domain';
import type { Source, SourceRow } from '../source.ts';
import type { RowOutcome } from '../understand/outcomeTypes.ts';
import { REPORT_COLUMNS } from './reportColumns.ts';
import { noteInWords, notesToLookAt, OUTCOME_WORDS, reasonsInWords, type ReportedOutcome } from './words.ts';

/** Of rows that are documents only these stand in the report, so that each can be found again in its file. */
const DOCUMENT_COLUMNS = ['id', 'slug', 'name'] as const;

/** Spreadsheets hold 32,767 characters in a cell; a little less is enough for anybody. */
const LONGEST_REASONS = 30_000;

/** A row as it was sent, and what became of it. */
export interface ReportRow {
  outcome: ReportedOutcome;
  cells: readonly string[];
  /** What became of it since it was proposed, and why it is no more than that. */
  since?: { result: string; reasons: readonly string[] } | undefined;
}

/**
 * The result report: every row of the file as it stands there, and before it what became of it and why.
 * @param header of the file; empty for rows that are documents
 * @param nameOf what people call an entry, or `row:12` of the same file
 * @returns the header, then one row for each of the file
 */
export function* reportTable(
  header: readonly string[],
  rows: Iterable<ReportRow>,
  nameOf: (id: string) => string,
): Generator<string[]> {
  yield [...REPORT_COLUMNS, ...(header.length > 0 ? header : DOCUMENT_COLUMNS)];
  for (const row of rows) yield [...resultCells(row, nameOf), ...row.cells];
}

/** `reportTable` of a file that was understood just now. */
export function resultReport(
  source: Source,
  outcomes: readonly RowOutcome[],
  nameOf: (id: string) => string,
): Generator<string[]> {
  const isTable = source.header.length > 0;
  const rows = source.rows.flatMap((row, at): ReportRow[] => {
    const outcome = outcomes[at];
    return outcome ? [{ outcome, cells: isTable ? row.cells : documentCells(row) }] : [];
  });
  return reportTable(source.header, rows, nameOf);
}

function resultCells({ outcome, since }: ReportRow, nameOf: (id: string) => string): string[] {
  const rejection = outcome.action === 'reject' ? outcome.rejection : undefined;
  return [
    String(outcome.row),
    String(outcome.line),
    since?.result ?? OUTCOME_WORDS[outcome.action],
    subjectInWords(outcome, nameOf),
    inOneCell([...(since?.reasons ?? []), ...reasonsInWords(outcome, nameOf)]),
    rejection?.column ?? '',
    rejection?.message ?? '',
    inOneCell(notesToLookAt(outcome).map(noteInWords)),
  ];
}

/** Which entry, or which other row, an outcome is about; the handle of a new one. */
export function subjectInWords(outcome: ReportedOutcome, nameOf: (id: string) => string): string {
  switch (outcome.action) {
    case 'new':
      return outcome.draft.slug;
    case 'update':
      return nameOf(outcome.of);
    case 'duplicate':
      return nameOf(typeof outcome.of === 'string' ? outcome.of : `row:${outcome.of.row}`);
    default:
      return '';
  }
}

function inOneCell(lines: readonly string[]): string {
  const text = lines.join('\n');
  return text.length > LONGEST_REASONS ? `${text.slice(0, LONGEST_REASONS).toWellFormed()} …` : text;
}

/** What stands for the cells of a row that is a document. */
export function documentCells({ doc }: SourceRow): string[] {
  const tree = isTree(doc) ? doc : {};
  return [textOf(tree['id']), textOf(tree['slug']), nameOfDocument(tree['names'])];
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

function nameOfDocument(names: Json | undefined): string {
  const [first] = isTree(names) ? Object.values(names) : [];
  return isTree(first) ? textOf(first['text']) : '';
}
