import { OUTCOME_WORDS, type RowOutcome, type Source } from '@waymark/import';
import { printable } from '../signing/printReview.ts';
import type { ColumnsRead } from './mapping.ts';

type Say = (line: string) => void;

/** What the columns mean and how sure that is. Formats that say themselves what their fields mean have none. */
export function printColumns({ header }: Source, { mapping, guesses, profile }: ColumnsRead, say: Say): void {
  if (header.length === 0) return say('\nThe file says itself what its fields mean.');
  if (mapping.options.ownTable)
    return say(
      "\nThis is Waymark's own table of entries: a row is found by its id, and only cells that were edited change anything.",
    );
  say(`\nCOLUMNS, ${profile === undefined ? 'as guessed' : `as the profile "${printable(profile.name)}" says`}`);
  for (const [at, { header: name, field, language }] of mapping.columns.entries()) {
    const guess = guesses?.[at];
    const meaning = `${field ?? 'not read'}${language === undefined ? '' : ` (${language})`}`;
    say(
      printable(
        `  ${name.trim() || `column ${at + 1}`} → ${meaning}${guess ? `; ${guess.certainty}: ${guess.message}` : ''}`,
      ),
    );
  }
  for (const [field, value] of Object.entries(mapping.constants))
    say(printable(`  ${field} is "${value}" where no cell says it`));
  for (const [option, value] of Object.entries(mapping.options)) say(`  ${option}: ${value}`);
  for (const name of profile?.unknown ?? []) say(printable(`  CHECK ${name}: the profile does not know this column`));
  for (const name of profile?.missing ?? [])
    say(printable(`  CHECK ${name}: the profile reads this column, and the file has none`));
}

/** How many rows became what. */
export function printCounts(counts: Record<RowOutcome['action'], number>, toLookAt: number, say: Say): void {
  say('\nOUTCOME');
  for (const [action, word] of Object.entries(OUTCOME_WORDS) as [RowOutcome['action'], string][])
    say(`  ${String(counts[action]).padStart(6)} ${word}`);
  if (toLookAt > 0)
    say(`  ${String(toLookAt).padStart(6)} of them with something to look at, marked CHECK or LEFT OUT below`);
}
