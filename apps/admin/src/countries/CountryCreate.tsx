import { useSearchParams } from 'react-router-dom';
import { isCountry, timeZonesOf } from '@waymark/domain';
import { useState } from 'react';
import { CreatePage } from '../records/draft/CreatePage.tsx';
import CountryInputs from './CountryInputs.tsx';

/** A new profile; `?country=` fills in what is known of the country already. */
export default function CountryCreate() {
  const [params] = useSearchParams();
  const [initial] = useState(() => {
    const country = params.get('country') ?? '';
    return isCountry(country) ? { country, slug: country.toLowerCase(), timeZones: [...timeZonesOf(country)] } : {};
  });
  return (
    <CreatePage type="country" initial={initial}>
      <CountryInputs asNew />
    </CreatePage>
  );
}
