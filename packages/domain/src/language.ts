import { z } from 'zod';
import { isCountry } from './country.ts';
import { languageCodes, languagesDate } from './tables/languages.ts';
import { signLanguageNames } from './tables/signLanguages.ts';

/** Date of the IANA registry the languages are pinned to. Intl accepts `english` and does not know `bfi`, so it cannot say. */
export const LANGUAGES_DATE = languagesDate;
export const LANGUAGES: readonly string[] = languageCodes.trim().split(/\s+/);
const known: ReadonlySet<string> = new Set(LANGUAGES);

// Language, script, region, variants. Extensions (-u-, -x-) carry preferences, not a language, so they are refused.
const shape =
  /^(?<language>[a-z]{2,3})(?:-[A-Z][a-z]{3})?(?:-(?<region>[A-Z]{2}|\d{3}))?(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*$/;

const isLanguageTag = (tag: string): boolean => {
  const parts = shape.exec(tag)?.groups;
  const region = parts?.['region'];
  return known.has(parts?.['language'] ?? '') && (region === undefined || /^\d/.test(region) || isCountry(region));
};

const canonical = (tag: string): string => {
  try {
    const [found = ''] = Intl.getCanonicalLocales(tag.trim().replaceAll('_', '-'));
    return isLanguageTag(found) ? found : tag;
  } catch {
    return tag;
  }
};

// The mistake people make is to write the name. Made when first needed: 8,000 names.
let byEnglishName: ReadonlyMap<string, string> | undefined;
const codeOf = (name: string): string | undefined => {
  // A code with a better one beside it (arb for ar) is not the one to advise.
  byEnglishName ??= new Map(
    LANGUAGES.filter((code) => canonical(code) === code).map((code) => [languageName(code, 'en').toLowerCase(), code]),
  );
  const code = byEnglishName.get(name.trim().toLowerCase());
  return code === name ? undefined : code;
};

const languageFix = (input: unknown) => {
  const meant = typeof input === 'string' ? codeOf(input) : undefined;
  if (meant) return `Use the code ${meant} instead of ${String(input)}.`;
  if (input === 'sgn') return 'Name the sign language: ase (American), bfi (British), gsg (German) …';
  return 'Use a language code of BCP 47, such as en, pt-BR or gsg (German Sign Language).';
};

export const LanguageTag = z
  .string({ error: (issue) => languageFix(issue.input) })
  .overwrite(canonical)
  .refine(isLanguageTag, { error: (issue) => languageFix(issue.input) })
  .meta({
    id: 'LanguageTag',
    description: `Language: canonical BCP 47 tag; its language is in the IANA registry of ${LANGUAGES_DATE}. Sign languages have their own codes.`,
    examples: ['en', 'pt-BR', 'zh-Hant', 'gsg'],
  });
export type LanguageTag = z.infer<typeof LanguageTag>;

const displayNames = new Map<string, Intl.DisplayNames>();
const intlNames = (locale: string) => {
  const made =
    displayNames.get(locale) ?? new Intl.DisplayNames([locale, 'en'], { type: 'language', fallback: 'none' });
  displayNames.set(locale, made);
  return made;
};

/** The name to show. Sign languages are mostly unknown to Intl and then keep their English name. */
export function languageName(tag: LanguageTag, locale: string): string {
  try {
    const name = intlNames(locale).of(tag);
    if (name !== undefined) return name;
  } catch {
    return tag;
  }
  return Object.hasOwn(signLanguageNames, tag) ? (signLanguageNames[tag] ?? tag) : tag;
}

export const isSignLanguage = (tag: LanguageTag): boolean => Object.hasOwn(signLanguageNames, tag.split('-')[0] ?? '');

const rightToLeftScripts = new Set('Adlm Arab Aran Hebr Mand Nkoo Rohg Samr Syrc Thaa Yezi'.split(' '));

/** By script. `maximize` knows which script a language is written in when the tag does not say. */
export function isRightToLeft(tag: LanguageTag): boolean {
  try {
    return rightToLeftScripts.has(new Intl.Locale(tag).maximize().script ?? '');
  } catch {
    return false;
  }
}
