import { localStorageStore, type Store } from 'ra-core';
import { isLocale, type Locale } from '../i18n/provider.ts';

/** What belongs to the browser and not to the person: it stays after signing out. */
const KEPT = ['theme', 'locale'];

/** react-admin's store; signing out clears it, but for language and light or dark. */
export function preferences(): Store {
  const store = localStorageStore('1', 'Waymark');
  return {
    ...store,
    reset() {
      const kept = KEPT.map((key) => [key, store.getItem<unknown>(key)] as const);
      store.reset();
      for (const [key, value] of kept) if (value !== undefined) store.setItem(key, value);
    },
  };
}

/** Language to begin with: the one chosen before, else the browser's when we speak it. */
export function firstLocale(store: Store, languages: readonly string[]): Locale {
  const chosen = store.getItem<string>('locale');
  const wanted = [chosen, ...languages].map((tag) => tag?.split('-')[0] ?? '');
  return wanted.find(isLocale) ?? 'en';
}
