import type { I18nProvider, TranslationMessages } from 'ra-core';
import polyglotI18nProvider from 'ra-i18n-polyglot';
import english from './en/index.ts';
import { over, withResources, type Messages } from './messages.ts';

/** Languages of the screens, each named in itself. */
export const LOCALES = [
  { locale: 'en', name: 'English' },
  { locale: 'de', name: 'Deutsch' },
  { locale: 'ar', name: 'العربية' },
] as const;
export type Locale = (typeof LOCALES)[number]['locale'];

/** Writing direction of a locale. */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  return /^(ar|fa|he|ur)\b/.test(locale) ? 'rtl' : 'ltr';
}

export function isLocale(text: string): text is Locale {
  return LOCALES.some(({ locale }) => locale === text);
}

/** Only English is part of the first load. */
async function messagesOf(locale: string): Promise<TranslationMessages> {
  // react-admin's English has optional parts in its type, none of them missing.
  const base = withResources(english as unknown as Messages);
  const top =
    locale === 'de'
      ? (await import('./de/index.ts')).default
      : locale === 'ar'
        ? (await import('./ar/index.ts')).default
        : {};
  // A tree of texts over react-admin's own: it holds all that the type asks for.
  return over(base, withResources(top)) as unknown as TranslationMessages;
}

/** Listens to the language in use, so that direction and styles can follow it. */
export type LocaleWatch = { get: () => string; subscribe: (listener: () => void) => () => void };

/**
 * Translations for react-admin.
 * @param initial locale to start with; its texts are loaded before this answers
 */
export async function loadI18n(initial: Locale): Promise<{ i18nProvider: I18nProvider; locale: LocaleWatch }> {
  const listeners = new Set<() => void>();
  const first = await messagesOf(initial);
  const provider = polyglotI18nProvider(
    // Polyglot wants the first language at once and takes promises for the others.
    (locale) => (locale === initial ? first : messagesOf(locale)),
    initial,
    [...LOCALES],
  );
  const changeLocale = async (locale: string) => {
    await provider.changeLocale(locale);
    listeners.forEach((listener) => listener());
  };
  return {
    i18nProvider: { ...provider, changeLocale },
    locale: {
      get: () => provider.getLocale(),
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
  };
}
