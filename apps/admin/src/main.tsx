import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { directionOf, loadI18n } from './i18n/provider.ts';
import { firstLocale, preferences } from './session/preferences.ts';

// No await outside of a function: the bundler joins small files only where none has one.
void begin();

async function begin(): Promise<void> {
  const store = preferences();
  const { i18nProvider, locale } = await loadI18n(firstLocale(store, navigator.languages));
  const face = () => {
    const tag = locale.get();
    document.documentElement.lang = tag;
    document.documentElement.dir = directionOf(tag);
  };
  face();
  locale.subscribe(face);

  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root');
  createRoot(root).render(
    <StrictMode>
      <App i18nProvider={i18nProvider} locale={locale} store={store} />
    </StrictMode>,
  );
}
