import { lazy, Suspense } from 'react';
import { useLocaleState } from 'ra-core';

// The table of names comes when the first name is shown: the start page does not wait for it. By a file of its own, for who
// imports the domain by a call gets all of it.
const CountryNamed = lazy(() => import('./CountryNamed.tsx'));

/** A country by its name in the reader's language; the code until the names are there. */
export function CountryName({ code }: { code: string }) {
  const [locale] = useLocaleState();
  return (
    <Suspense fallback={code}>
      <CountryNamed code={code} locale={locale} />
    </Suspense>
  );
}
