import type { PublishedEntry, PublishedRecord } from '@waymark/domain';
import { areaCountries } from '@waymark/domain/areas';
import { isEntry, isOrganisation } from './directory.ts';

/** What is looked for; all that is given must fit. */
export type Query = {
  /** Words, in any order: names in any language, handle, organisation, programme, numbers. */
  text?: string;
  /** ISO 3166-1 alpha-2. Entries that serve the world fit every country. */
  country?: string;
  kind?: string;
  /** It takes this need, with or without conditions. */
  need?: string;
};

/** Entries that fit, in the order of the directory. Nothing leaves the device. */
export function find(records: readonly PublishedRecord[], query: Query): PublishedEntry[] {
  const organisations = new Map(
    records.filter(isOrganisation).map(({ id, names }) => [id, textsOf(names).join(' ')] as const),
  );
  const words = wordsOf(query.text ?? '');
  return records.filter(isEntry).filter((entry) => {
    if (query.kind !== undefined && entry.kind !== query.kind) return false;
    if (query.country !== undefined && !servesCountry(entry, query.country.toUpperCase())) return false;
    if (query.need !== undefined && !takes(entry, query.need)) return false;
    if (words.length === 0) return true;
    const text = searchTextOf(entry, organisations.get(entry.organisation) ?? '');
    return words.every((word) => text.includes(word));
  });
}

function servesCountry({ serves }: PublishedEntry, country: string): boolean {
  return serves.some(({ area }) => {
    const countries = areaCountries(area);
    return countries === 'world' || countries.includes(country);
  });
}

function takes({ accepts }: PublishedEntry, need: string): boolean {
  const answer = new Map<string, { answer: string } | undefined>(Object.entries(accepts)).get(need)?.answer;
  return answer === 'yes' || answer === 'conditional';
}

function searchTextOf(entry: PublishedEntry, organisation: string): string {
  const { names, otherNames = [], slug, programme = '', channels } = entry;
  const values = channels.map(({ value }) => JSON.stringify(value));
  const others = otherNames.map(({ name }) => name);
  return [...textsOf(names), ...others, slug, programme, organisation, ...values].join(' ').toLowerCase();
}

function textsOf(names: Record<string, { text: string }> | undefined): string[] {
  return Object.values(names ?? {}).map(({ text }) => text);
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}
