import { mapDigits } from '@waymark/domain';
import type { Source } from '../source.ts';
import { readCell } from './cell.ts';
import type { ImportField } from './importField.ts';
import { readAnswer } from './normalise/answer.ts';
import { areasNamed } from './normalise/country.ts';
import { readDate } from './normalise/date.ts';
import { readKind } from './normalise/kind.ts';
import { languagesNamed, readLanguages } from './normalise/language.ts';
import { splitList } from './normalise/list.ts';

const SAMPLE = 200;

/** Cells of a column that say something, from all over the file and not from its first page alone. */
export function sampleColumn(source: Source, column: number, size = SAMPLE): string[] {
  const step = Math.max(1, Math.floor(source.rows.length / size));
  const cells: string[] = [];
  for (let at = 0; at < source.rows.length && cells.length < size; at += step) {
    const text = readCell(source.rows[at]?.cells[column] ?? '').text;
    if (text !== '') cells.push(text);
  }
  return cells;
}

const looksLikePhone = (text: string): boolean => {
  if (/^\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}$/.test(text)) return false;
  const digits = mapDigits(text).replace(/\D/g, '').length;
  return digits >= 3 && digits <= 40 && /^[\p{L}.: ]{0,12}[+＋(]?[\p{Nd}\s().\-/;,|+]+$/u.test(text);
};

const isList = (text: string, names: (word: string) => readonly string[]): boolean =>
  names(text).length > 0 || (splitList(text).length > 1 && splitList(text).every((part) => names(part).length > 0));

/** What a single cell may be by its looks alone, from the most telling to the least. */
const looks: readonly [ImportField, (text: string) => boolean][] = [
  ['email', (text) => /^[^\s@;,]+@[^\s@]+\.[^\s@]+/.test(text)],
  [
    'website',
    (text) => /^(?:https?:\/\/|www\.)\S+/i.test(text) || /^[\w-]+(\.[\w-]+)*\.[a-z]{2,10}(\/\S*)?$/i.test(text),
  ],
  ['anonymous', (text) => !/^\d+$/.test(text) && readAnswer(text).values.length > 0],
  ['lastChecked', (text) => readDate(text).values.length > 0 || /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$/.test(text)],
  ['phone', looksLikePhone],
  ['kind', (text) => readKind(text).values.length > 0],
  ['country', (text) => isList(text, areasNamed)],
  ['languages', (text) => isList(text, languagesNamed) || readLanguages(text).values.length > 1],
];

export type Shares = Partial<Record<ImportField, number>>;

/** For each thing a cell can look like: the part of the cells that do. */
export const sharesOf = (cells: readonly string[]): Shares =>
  cells.length === 0
    ? {}
    : Object.fromEntries(looks.map(([field, isLike]) => [field, cells.filter(isLike).length / cells.length]));

/** What most cells of a column look like; nothing when less than six of ten agree. Of equals, the one that is harder to look like. */
export function contentOf(shares: Shares): { field: ImportField; share: number } | undefined {
  let found: { field: ImportField; share: number } | undefined;
  for (const [field] of looks) {
    const share = shares[field] ?? 0;
    if (share >= 0.6 && share > (found?.share ?? 0)) found = { field, share };
  }
  return found;
}
