import { COUNTRIES } from '@waymark/domain';
import type { Language } from '../page.ts';
import type { LocalText } from './state.ts';

/** Many of the languages hotlines offer; another one is told in the note. */
const OFFERED =
  'am ar az be bg bn bs ca cs da de el en es et eu fa fi fr ga gl gu ha he hi hr hu hy id is it ja ka kk km ko ku ky lo lt lv mk mn ms mt my ne nl no pa pl ps pt ro ru rw si sk sl so sq sr sv sw ta te tg th ti tk tl tr uk ur uz vi yo zh zu';

/** Every country by its name, in the order of the reader's alphabet. */
export function countryNames(language: Language): [code: string, name: string][] {
  return named(COUNTRIES, 'region', language);
}

/** The languages that can be chosen, by name. */
export function languageNames(language: Language): [tag: string, name: string][] {
  return named(OFFERED.split(' '), 'language', language);
}

function named(codes: readonly string[], type: 'region' | 'language', language: Language): [string, string][] {
  const names = new Intl.DisplayNames(language, { type });
  return codes
    .map((code): [string, string] => [code, names.of(code) ?? code])
    .sort(([, a], [, b]) => a.localeCompare(b, language));
}

/** A name in the reader's language, else the official one. */
export function nameOf(names: LocalText | undefined, language: Language): string {
  const all = Object.values(names ?? {});
  return (names?.[language] ?? all.find(({ origin }) => origin === 'official') ?? names?.['en'] ?? all[0])?.text ?? '';
}

/** Name of a country or region. */
export function areaName(code: string, language: Language): string {
  return new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;
}
