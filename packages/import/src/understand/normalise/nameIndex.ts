import { fold } from '../fold.ts';

/** Languages whose names for countries and languages are known: those of CLDR that people write lists in. */
export const NAME_LOCALES =
  'en de fr es it pt nl ar ru tr pl cs sk hu ro bg el sv da no fi et lv lt hr sr sr-Latn sl sq mk bs uk be ka hy az kk ky uz he fa ur ps hi bn ta te ml kn mr gu pa si ne th lo km my vi id ms fil ja ko zh zh-Hant sw am ti so ha zu af eu ca gl ga cy is mt eo'.split(
    ' ',
  );

const widely: ReadonlySet<string> = new Set(['en', 'de', 'fr', 'es', 'pt', 'ar', 'ru']);

/** Folded names to the codes they stand for; more than one when languages disagree or the word says too little. */
export type NameIndex = ReadonlyMap<string, readonly string[]>;

/**
 * Index of names from CLDR and from a table of our own. Lines of the table win: they were written because CLDR is silent or says
 * something else. A word that two languages use for different things is ambiguous, unless one of them is English.
 */
export function indexNames(
  type: 'region' | 'language',
  codes: readonly string[],
  table: Readonly<Record<string, string>>,
  more: Iterable<readonly [code: string, name: string]> = [],
): NameIndex {
  const found = new Map<string, Set<string>>();
  const add = (name: string, code: string): void => {
    const key = fold(name);
    if (key === '') return;
    const at = found.get(key) ?? new Set();
    found.set(key, at.add(code));
  };
  const english = new Map<string, string>();
  for (const locale of NAME_LOCALES) {
    // Short names differ from long ones in few languages, and small languages have names in few: asking costs time.
    for (const style of locale === 'en' ? (['long', 'short'] as const) : (['long'] as const)) {
      const names = new Intl.DisplayNames([locale], { type, style, fallback: 'none' });
      for (const code of widely.has(locale) ? codes : codes.filter((c) => c.length === 2)) {
        const name = names.of(code);
        if (name === undefined) continue;
        add(name, code);
        if (locale === 'en') english.set(fold(name), code);
      }
    }
  }
  for (const [code, name] of more) if (!found.has(fold(name))) add(name, code);
  for (const [key, codes] of found) {
    const inEnglish = english.get(key);
    if (codes.size > 1 && inEnglish !== undefined) found.set(key, new Set([inEnglish]));
  }
  for (const [codes, words] of Object.entries(table)) {
    for (const word of words.split('|')) found.set(fold(word), new Set(codes.split(' ')));
  }
  return new Map([...found].map(([key, codes]) => [key, [...codes]]));
}
