import { lazy, Suspense } from 'react';
import { useLocaleState } from 'ra-core';

// The table of names comes when the first name is shown: the start page does not wait for it.
const Named = lazy(async () => {
  const { countryName, isCountry } = await import('@waymark/domain');
  return {
    default: ({ code, locale }: { code: string; locale: string }) =>
      isCountry(code) ? countryName(code, locale) : code,
  };
});

/** A country by its name in the reader's language; the code until the names are there. */
export function CountryName({ code }: { code: string }) {
  const [locale] = useLocaleState();
  return (
    <Suspense fallback={code}>
      <Named code={code} locale={locale} />
    </Suspense>
  );
}
