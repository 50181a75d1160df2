import { countryName, isCountry, pickText, type RecordType } from '@waymark/domain';

/** What to call a document on a screen: its name in the reader's language, or of its country. Drafts may have none yet. */
export function nameOfDocument(type: RecordType, doc: unknown, locale: string): string {
  // Read with care: a draft is any object.
  const { names, country, slug } = (doc ?? {}) as {
    names?: Parameters<typeof pickText>[0];
    country?: string;
    slug?: string;
  };
  if (type === 'country' && country !== undefined && isCountry(country)) return countryName(country, locale);
  return pickText(names, locale) || (slug ?? '');
}
