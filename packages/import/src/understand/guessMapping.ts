import { isReportColumn } from '../report/reportColumns.ts';
import type { Source } from '../source.ts';
import { readCell } from './cell.ts';
import { contentOf, sampleColumn, sharesOf } from './columnContent.ts';
import { fold } from './fold.ts';
import { IMPORT_FIELDS, type ImportField } from './importField.ts';
import type { Mapping } from './mapping.ts';
import { dateOrderOf } from './normalise/date.ts';
import { languagesNamed } from './normalise/language.ts';
import type { Certainty } from './note.ts';
import { isOwnTable } from './ownTable.ts';
import { headerWords } from './tables/headerWords.ts';

/** Why a column is thought to mean something. */
export const GUESS_REASONS = {
  'header-exact': 'The name of the column says it.',
  'header-part': 'Words in the name of the column say it.',
  'header-and-content': 'The name of the column and what stands in it say it.',
  content: 'What stands in the column looks like it.',
  'content-differs': 'The name of the column says it, but what stands in it looks different.',
  'own-table': 'The file is our own table of entries; the column is read as it was written.',
  taken: 'Another column fits this field better.',
  'own-report': 'The report of an import put this column there; it is not read.',
  nothing: 'Neither its name nor what stands in it says what it means.',
} as const;
export type GuessReason = keyof typeof GUESS_REASONS;

/** What one column is thought to mean; a person corrects it. */
export interface Guess {
  column: number;
  header: string;
  field: ImportField | null;
  certainty: Certainty;
  reason: GuessReason;
  message: string;
  /** A few cells, for whoever decides. */
  samples: string[];
}

const fieldOfWord = new Map<string, ImportField>();
for (const [field, words] of Object.entries(headerWords) as [ImportField, string][])
  for (const word of words.split('|')) if (!fieldOfWord.has(fold(word))) fieldOfWord.set(fold(word), field);

interface HeaderReading {
  field: ImportField;
  exact: boolean;
  language?: string;
}

/** "Name (English)", "Phone 2", "E-Mail*": the words that say the field, and a language beside them. */
function readHeader(header: string): HeaderReading | undefined {
  const whole = fold(header);
  const exact = fieldOfWord.get(whole) ?? fieldOfWord.get(whole.replace(/ ?\d+$/, ''));
  if (exact) return { field: exact, exact: true };
  const words = whole.split(' ').filter((word) => !/^\d+$/.test(word));
  for (let length = words.length; length > 0; length -= 1) {
    for (let at = 0; at + length <= words.length; at += 1) {
      const field = fieldOfWord.get(words.slice(at, at + length).join(' '));
      if (field === undefined) continue;
      const rest = [...words.slice(0, at), ...words.slice(at + length)].join(' ');
      const [language, ...others] = rest === '' ? [] : languagesNamed(rest);
      return { field, exact: false, ...(language !== undefined && others.length === 0 ? { language } : {}) };
    }
  }
  return undefined;
}

interface Candidate extends Omit<Guess, 'message'> {
  weight: number;
  language?: string;
}

/** Fields whose cells look like those of another one from outside. */
const looksLike: Partial<Record<ImportField, ImportField>> = {
  reportLink: 'website',
  chat: 'website',
  sms: 'phone',
  whatsapp: 'phone',
};
/** Their cells can be any text, so that looks speak neither for nor against them. */
const anyText: ReadonlySet<ImportField> = new Set([
  'id',
  'slug',
  'name',
  'otherName',
  'organisation',
  'hours',
  'cost',
  'summary',
  'notes',
  'source',
]);

function guessColumn(source: Source, column: number): Candidate {
  const header = source.header[column] ?? '';
  const cells = sampleColumn(source, column);
  const samples = cells.slice(0, 3);
  if (isReportColumn(header))
    return { column, header, samples, field: null, certainty: 'certain', reason: 'own-report', weight: 0 };
  const said = readHeader(readCell(header).text);
  const shares = sharesOf(cells);
  const content = contentOf(shares);
  const ownShare = said === undefined ? 0 : (shares[looksLike[said.field] ?? said.field] ?? 0);
  const base = { column, header, samples };
  const language = said?.language === undefined ? {} : { language: said.language };
  if (said && ownShare >= 0.5)
    return { ...base, ...language, field: said.field, certainty: 'certain', reason: 'header-and-content', weight: 4 };
  if (said && content && !anyText.has(said.field) && ownShare < 0.2 && content.share > 0.9)
    return { ...base, ...language, field: said.field, certainty: 'unclear', reason: 'content-differs', weight: 1 };
  if (said)
    return {
      ...base,
      ...language,
      field: said.field,
      certainty: said.exact ? 'certain' : 'likely',
      reason: said.exact ? 'header-exact' : 'header-part',
      weight: said.exact ? 3 : 2,
    };
  if (content) return { ...base, field: content.field, certainty: 'likely', reason: 'content', weight: content.share };
  return { ...base, field: null, certainty: 'unclear', reason: 'nothing', weight: 0 };
}

/** Columns of our own table mean what they are called; none of them is read as one of a partner's list. */
function ownMapping(source: Source): { mapping: Mapping; guesses: Guess[] } {
  return {
    mapping: {
      columns: source.header.map((header) => ({ header, field: null })),
      constants: {},
      options: { ownTable: true },
    },
    guesses: source.header.map((header, column) => ({
      column,
      header,
      field: null,
      certainty: 'certain',
      reason: 'own-table',
      message: GUESS_REASONS['own-table'],
      samples: sampleColumn(source, column).slice(0, 3),
    })),
  };
}

/**
 * Guesses what the columns of a file mean, from their names in many languages and from what stands in them. Each guess says how sure
 * it is and why; nothing is read by it before a person saw it.
 * @returns the mapping to start from, and the guesses behind it
 */
export function guessMapping(source: Source): { mapping: Mapping; guesses: Guess[] } {
  if (isOwnTable(source)) return ownMapping(source);
  const candidates = source.header.map((_, column) => guessColumn(source, column));
  const best = new Map<ImportField, number>();
  for (const { field, weight, column } of candidates) {
    if (field === null || IMPORT_FIELDS[field].many) continue;
    const holder = best.get(field);
    if (holder === undefined || weight > (candidates[holder]?.weight ?? 0)) best.set(field, column);
  }
  const settled = candidates.map((candidate): Candidate => {
    const { field, column } = candidate;
    const isTaken = field !== null && !IMPORT_FIELDS[field].many && best.get(field) !== column;
    return isTaken ? { ...candidate, field: null, certainty: 'unclear', reason: 'taken' } : candidate;
  });
  const dates = settled.find(({ field }) => field === 'lastChecked');
  const dateOrder = dates && dateOrderOf(sampleColumn(source, dates.column, source.rows.length));
  return {
    mapping: {
      columns: settled.map(({ header, field, language }) => ({
        header,
        field,
        ...(language === undefined ? {} : { language }),
      })),
      constants: {},
      options: dateOrder === undefined ? {} : { dateOrder },
    },
    guesses: settled.map(({ column, header, field, certainty, reason, samples }) => ({
      column,
      header,
      field,
      certainty,
      reason,
      message: GUESS_REASONS[reason],
      samples,
    })),
  };
}
