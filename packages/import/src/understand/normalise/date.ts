import { fold } from '../fold.ts';
import { note, type NoteCode, type Reading } from '../note.ts';
import { NAME_LOCALES } from './nameIndex.ts';
import { mapDigits } from '@waymark/domain';

export type DateOrder = 'dmy' | 'mdy' | 'ymd';

let months: ReadonlyMap<string, number> | undefined;

/** Names of months in the languages of CLDR; a word that two languages use for different months (listopad) is left out. */
function monthNames(): ReadonlyMap<string, number> {
  if (months) return months;
  const found = new Map<string, number>();
  for (const locale of NAME_LOCALES) {
    for (const month of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(locale, { month, day: 'numeric', timeZone: 'UTC', calendar: 'gregory' });
      for (let i = 1; i <= 12; i += 1) {
        const part = format.formatToParts(Date.UTC(2024, i - 1, 15)).find(({ type }) => type === 'month')?.value ?? '';
        const key = fold(part);
        if (key === '' || /^\d+$/.test(key)) continue;
        found.set(key, found.has(key) && found.get(key) !== i ? 0 : i);
      }
    }
  }
  return (months = found);
}

const isReal = (year: number, month: number, day: number): boolean => {
  const at = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && year <= 2100 && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
};

const iso = (year: number, month: number, day: number): string =>
  `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

const refused = (code: NoteCode, text: string): Reading<string> => ({ values: [], notes: [note(code, text)] });

function answer(text: string, year: number, month: number, day: number, code: NoteCode): Reading<string> {
  if (!isReal(year, month, day)) return refused('date-not-real', text);
  const date = iso(year, month, day);
  return { values: [date], notes: date === text ? [] : [note(code, text, date)] };
}

const fullYear = (year: string): number => (year.length === 2 ? 2000 : 0) + Number(year);

/** Spreadsheets count days from 30 December 1899 (their 29 February 1900 never was). */
const readSerial = (text: string): Reading<string> => {
  const at = new Date(Date.UTC(1899, 11, 30) + Number(text) * 86_400_000);
  return answer(text, at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate(), 'date-serial');
};

/**
 * Reads a day. 03/11/2025 is read only when the profile says which of the two comes first, or when both are the same day;
 * 30 February is no day in any order.
 */
export function readDate(input: string, order?: DateOrder): Reading<string> {
  const text = mapDigits(input).trim();
  if (/^[3-7]\d{4}(?:\.0+)?$/.test(text)) return readSerial(text);
  const [, year = '', m = '', d = ''] =
    /^(\d{4})[-/.年년](\d{1,2})[-/.月월](\d{1,2})(?:日|일)?(?:[T ].*)?$/.exec(text.replace(/([년월])\s+/g, '$1')) ?? [];
  if (year !== '') return answer(text, Number(year), Number(m), Number(d), 'date-read');
  const numeric = /^(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})$/.exec(text);
  if (numeric) return readNumeric(text, numeric, order);
  return readWritten(text);
}

function readNumeric(
  text: string,
  [, first = '', sign = '', second = '', last = '']: RegExpExecArray,
  order?: DateOrder,
): Reading<string> {
  const a = Number(first);
  const b = Number(second);
  const year = fullYear(last);
  const dayFirst = isReal(year, b, a);
  const monthFirst = isReal(year, a, b);
  if (!dayFirst && !monthFirst) return refused('date-not-real', text);
  if (order === 'dmy') return answer(text, year, b, a, 'date-read');
  if (order === 'mdy') return answer(text, year, a, b, 'date-read');
  if (a === b || dayFirst !== monthFirst) return answer(text, year, dayFirst ? b : a, dayFirst ? a : b, 'date-read');
  if (sign === '.') return answer(text, year, b, a, 'date-day-first');
  return refused('date-ambiguous', text);
}

/** 3 November 2025, Nov 3, 2025, 3. Nov. 2025 */
function readWritten(text: string): Reading<string> {
  const words = fold(text)
    .split(' ')
    .filter((word) => !/^(?:de|del|of|the|st|nd|rd|th|do|da|di)$/.test(word));
  const numbers = words
    .map((word) => /^(\d{1,4})(?:st|nd|rd|th|er|o|º)?$/.exec(word)?.[1])
    .filter((n) => n !== undefined);
  const month = monthNames().get(words.find((word) => !/^\d/.test(word)) ?? '');
  if (month === undefined || month === 0 || words.length !== 3 || numbers.length !== 2)
    return refused('date-unknown', text);
  const year = numbers.find((n) => n.length === 4);
  const day = numbers.find((n) => n.length <= 2);
  if (year === undefined || day === undefined) return refused('date-unknown', text);
  return answer(text, Number(year), month, Number(day), 'date-read');
}

/** Which order the dates of a column must have, if at least one of them can be read in one order only; else undefined. */
export function dateOrderOf(texts: Iterable<string>): DateOrder | undefined {
  let dayFirst = false;
  let monthFirst = false;
  for (const text of texts) {
    const [, first = '', second = ''] =
      /^(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})$/.exec(mapDigits(text).trim()) ?? [];
    if (first === '') continue;
    if (Number(first) > 12 && Number(second) <= 12) dayFirst = true;
    if (Number(second) > 12 && Number(first) <= 12) monthFirst = true;
  }
  return dayFirst === monthFirst ? undefined : dayFirst ? 'dmy' : 'mdy';
}
