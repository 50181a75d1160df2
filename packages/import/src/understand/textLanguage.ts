import { LanguageTag } from '@waymark/domain';
import { countriesOf } from './channelsOfRow.ts';
import type { UnderstoodRow } from './understoodRow.ts';

const scriptOfTag = (tag: string): string => {
  try {
    return new Intl.Locale(tag).maximize().script ?? '';
  } catch {
    return '';
  }
};

const scripts = [
  'Latn',
  'Cyrl',
  'Grek',
  'Arab',
  'Hebr',
  'Hang',
  'Kana',
  'Hani',
  'Thai',
  'Deva',
  'Beng',
  'Geor',
  'Armn',
  'Ethi',
  'Khmr',
  'Mymr',
  'Sinh',
  'Taml',
  'Telu',
  'Laoo',
].map((code) => ({ code, letters: new RegExp(`\\p{scx=${code}}`, 'u') }));

/** Script most of a text is written in, as ISO 15924 calls it; Chinese, Japanese and Korean by what only they use. */
export function scriptOf(text: string): string {
  const letters = text.match(/\p{L}/gu) ?? [];
  const counted = scripts.map(({ code, letters: like }) => ({
    code,
    count: letters.filter((c) => like.test(c)).length,
  }));
  if ((counted.find(({ code }) => code === 'Kana')?.count ?? 0) > 0) return 'Jpan';
  const [best] = counted.toSorted((a, b) => b.count - a.count);
  return best === undefined || best.count === 0 ? '' : best.code === 'Hang' ? 'Kore' : best.code;
}

const writes = (tag: string, script: string): boolean => {
  const own = scriptOfTag(tag);
  return (
    own === script ||
    (script === 'Hani' && /^(?:Hans|Hant|Jpan|Kore)$/.test(own)) ||
    (script === 'Kana' && own === 'Jpan')
  );
};

/** The language most people of a country speak, by CLDR. */
const languageOfCountry = (country: string): string => {
  try {
    return new Intl.Locale(`und-${country}`).maximize().language;
  } catch {
    return '';
  }
};

/**
 * In which language a text is, by its script: the first of these languages, of those of these countries, or English, that is written in
 * it. Nothing when none is.
 */
export function guessLanguage(
  text: string,
  languages: readonly string[],
  countries: readonly string[],
): string | undefined {
  const script = scriptOf(text);
  if (script === '') return languages[0] ?? 'en';
  const likely = [...languages, ...countries.map(languageOfCountry), 'en'];
  return likely.find((tag) => writes(tag, script) && LanguageTag.safeParse(tag).success);
}

/** In which language a text of a row is: what the profile says, else what its script and the row say. */
export const languageOfText = (text: string, row: UnderstoodRow, said?: string): string | undefined =>
  said ?? guessLanguage(text, row.languages, countriesOf(row));
