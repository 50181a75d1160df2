import { LanguageTag, LANGUAGES } from '@waymark/domain';
import { fold } from '../fold.ts';
import { note, type Reading } from '../note.ts';
import { languageAliases } from '../tables/languageAliases.ts';
import { indexNames, type NameIndex } from './nameIndex.ts';
import { splitList } from './list.ts';

let names: NameIndex | undefined;
const aliases = new Set(Object.values(languageAliases).flatMap((words) => words.split('|')));

/** Codes that CLDR names at least in English; the rest of eight thousand is found by code, and by English name in the domain. */
function nameIndex(): NameIndex {
  if (names) return names;
  const english = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
  const named = LANGUAGES.filter((code) => code.length <= 3 && english.of(code) !== undefined);
  // A code with a better one beside it (arb for ar) would make every name ambiguous.
  const canonical = named.filter((code) => Intl.getCanonicalLocales(code)[0] === code);
  return (names = indexNames('language', canonical, languageAliases));
}

/** Tags that one word stands for: none, one, or several when it says too little. */
export function languagesNamed(word: string): readonly string[] {
  const text = word.trim().replace(/\.$/, '');
  // BSL is British Sign Language to whoever writes a list, though the code bsl is that of a language of Nigeria.
  if (aliases.has(fold(text))) return nameIndex().get(fold(text)) ?? [];
  if (/^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/.test(text)) {
    const parsed = LanguageTag.safeParse(text.length <= 3 ? text.toLowerCase() : text);
    if (parsed.success) return [parsed.data];
  }
  const whole = nameIndex().get(fold(text));
  if (whole !== undefined) return whole;
  const [, outside = '', inside = ''] = /^([^()]+)\(([^()]*)\)\s*$/.exec(text) ?? [];
  if (outside === '') return [];
  const turned = nameIndex().get(fold(`${inside} ${outside}`)) ?? nameIndex().get(fold(`${outside} ${inside}`));
  return turned ?? languagesNamed(outside);
}

/** Languages named in a cell, in any language, by name or tag. */
export function readLanguages(text: string): Reading<string> {
  const reading: Reading<string> = { values: [], notes: [] };
  const parts = languagesNamed(text).length > 0 ? [text] : splitList(text);
  for (const part of parts) {
    const tags = languagesNamed(part);
    const [tag] = tags;
    if (tag === undefined) reading.notes.push(note('language-unknown', part));
    else if (tags.length > 1) reading.notes.push(note('language-ambiguous', part, undefined, tags.join(', ')));
    else {
      if (!reading.values.includes(tag)) reading.values.push(tag);
      if (tag !== part) reading.notes.push(note('language-read', part, tag));
    }
  }
  return reading;
}
