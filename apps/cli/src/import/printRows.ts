import { isTree } from '@waymark/domain';
import {
  channelInWords,
  noteInWords,
  notesToLookAt,
  OUTCOME_WORDS,
  reasonsInWords,
  subjectInWords,
  type Mapping,
  type RowOutcome,
  type Source,
  type SourceRow,
} from '@waymark/import';
import { printable } from '../signing/printReview.ts';

type Say = (line: string) => void;

/** What becomes of each row, a line for each; below it what a person has to look at. */
export function printRows(
  { rows }: Source,
  mapping: Mapping,
  outcomes: readonly RowOutcome[],
  nameOf: (id: string) => string,
  say: Say,
): void {
  const nameColumn = mapping.columns.findIndex(({ field }) => field === 'name');
  for (const [at, outcome] of outcomes.entries()) {
    const called = callOf(rows[at], nameColumn);
    const row = `row ${outcome.row} (line ${outcome.line})${called === '' ? '' : ` "${called}"`}`;
    say(printable(`${row}: ${outcomeInWords(outcome, nameOf)}`));
    for (const note of notesToLookAt(outcome))
      say(printable(`    ${note.certainty === 'unclear' ? 'LEFT OUT' : 'CHECK'} ${noteInWords(note)}`));
  }
}

const MOST_OF_A_NAME = 60;

/** By what a person finds the row in the file again: its name, or the first cell that says something. */
function callOf(row: SourceRow | undefined, nameColumn: number): string {
  const { cells = [], doc } = row ?? {};
  const slug = isTree(doc) && typeof doc['slug'] === 'string' ? doc['slug'] : '';
  const text = [cells[nameColumn] ?? '', ...cells, slug].find((cell) => cell.trim() !== '') ?? '';
  const letters = [...text.trim()];
  return letters.length > MOST_OF_A_NAME ? `${letters.slice(0, MOST_OF_A_NAME).join('')}…` : letters.join('');
}

/** What becomes of a row and why, on one line. */
function outcomeInWords(outcome: RowOutcome, nameOf: (id: string) => string): string {
  const word = OUTCOME_WORDS[outcome.action];
  const reasons = reasonsInWords(outcome, nameOf);
  switch (outcome.action) {
    case 'new':
      return `${word}, ${newInWords(outcome)}`;
    case 'update':
    case 'duplicate':
      return `${word} of ${subjectInWords(outcome, nameOf)}${reasons.length === 0 ? '' : `; ${reasons.join('; ')}`}`;
    case 'reject': {
      const { code, column, message, detail = '' } = outcome.rejection;
      return `${word} (${code})${column === undefined ? '' : ` in column "${column}"`}: ${message} ${detail}`.trimEnd();
    }
    case 'decide':
      return `${word}: ${reasons.join(' ')}`;
  }
}

function newInWords({ draft, organisation }: Extract<RowOutcome, { action: 'new' }>): string {
  const areas = draft.serves.map(({ area }) => area).join(', ');
  const runBy = 'name' in organisation ? `, run by "${organisation.name}" (new)` : '';
  return `${draft.kind} for ${areas}${runBy}: ${draft.channels.map(channelInWords).join(', ')}`;
}
