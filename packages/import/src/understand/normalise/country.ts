import { Area, COUNTRIES, isCountry } from '@waymark/domain';
import { fold } from '../fold.ts';
import { note, type Reading } from '../note.ts';
import { countryAliases } from '../tables/countryAliases.ts';
import { alpha3, isoNames } from '../tables/isoCountries.ts';
import { indexNames, type NameIndex } from './nameIndex.ts';
import { splitList } from './list.ts';

const byAlpha3 = new Map(
  alpha3
    .trim()
    .split(/\s+/)
    .map((pair) => [pair.slice(2), pair.slice(0, 2)] as const),
);

/** "Korea, Republic of" is also read as "Republic of Korea". */
const turned = (name: string): string => name.replace(/^([^,]+), (.*)$/, '$2 $1');

let names: NameIndex | undefined;
// Twelve thousand names: made when the first file is read.
const nameIndex = (): NameIndex =>
  (names ??= indexNames(
    'region',
    COUNTRIES,
    countryAliases,
    Object.entries(isoNames).flatMap(
      ([code, name]) =>
        [
          [code, name],
          [code, turned(name)],
        ] as const,
    ),
  ));

/** 🇩🇪 is written with two letters of its own. */
const flagToCode = (text: string): string =>
  text
    .replace(
      /([\u{1F1E6}-\u{1F1FF}])([\u{1F1E6}-\u{1F1FF}])/gu,
      (_, a: string, b: string) =>
        ` ${String.fromCharCode((a.codePointAt(0) ?? 0) - 0x1f1e6 + 65, (b.codePointAt(0) ?? 0) - 0x1f1e6 + 65)} `,
    )
    .trim();

/** Codes that one word stands for: none, one, or several when it says too little. */
export function areasNamed(word: string): readonly string[] {
  const text = flagToCode(word).trim();
  if (Area.safeParse(text).success) return [text];
  const upper = text.toUpperCase();
  if (isCountry(upper) && /^[A-Za-z]{2}$/.test(text)) return [upper];
  if (/^[A-Z]{3}$/.test(text) || /^[a-z]{3}$/.test(text)) {
    const code = byAlpha3.get(upper);
    if (code !== undefined) return [code];
  }
  const whole = nameIndex().get(fold(text));
  if (whole !== undefined) return whole;
  // "Germany (DE)", "Korea (N/S?)": what is outside the brackets decides, what is inside must not say otherwise.
  const [, outside = '', inside = ''] = /^([^()]+)\(([^()]*)\)\s*$/.exec(text) ?? [];
  if (outside === '') return [];
  const meant = areasNamed(outside);
  const also = inside.trim() === '' ? [] : areasNamed(inside);
  if (meant.length !== 1) return meant.length === 0 ? also : meant;
  return also.length > 0 && also[0] !== meant[0] ? [...meant, ...also] : meant;
}

/** Areas named in a cell: one or several countries, in any language, by name or code. */
export function readAreas(text: string): Reading<string> {
  const whole = areasNamed(text);
  const parts = whole.length > 0 ? [text] : splitList(text);
  const reading: Reading<string> = { values: [], notes: [] };
  for (const part of parts) {
    const codes = areasNamed(part);
    const [code] = codes;
    if (code === undefined) reading.notes.push(note('country-unknown', part));
    else if (codes.length > 1) reading.notes.push(note('country-ambiguous', part, undefined, codes.join(', ')));
    else {
      if (!reading.values.includes(code)) reading.values.push(code);
      if (code !== part) reading.notes.push(note('country-read', part, code));
    }
  }
  return reading;
}
