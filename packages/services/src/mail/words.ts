/** Languages that letters to our own people are written in. */
const LETTER_LANGUAGES = ['en', 'de', 'ar'] as const;
export type LetterLanguage = (typeof LETTER_LANGUAGES)[number];

/** The first of the languages a person chose that letters are written in; English without any. */
export function letterLanguage(languages: readonly string[]): LetterLanguage {
  for (const tag of languages) {
    const base = tag.split('-')[0];
    const found = LETTER_LANGUAGES.find((language) => language === base);
    if (found) return found;
  }
  return 'en';
}

/** Puts values where a text says `{name}`. */
export function fillIn(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, key: string) => values[key] ?? '');
}
