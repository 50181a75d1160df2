import { countryName, VOCABULARY_VERSION, type Country } from '@waymark/domain';
import { uuidV5 } from './uuidV5.ts';
import type { HsdsAttribute, HsdsTerm } from './shapes.ts';

/** Our vocabularies, each a taxonomy: HSDS has no fields for them (DOMAIN §1.4). */
const TAXONOMIES = {
  kind: 'What sort of contact point it is',
  accepts: 'What a person can report or get help with; the value says yes, no or conditional',
  audience: 'For whom it is there',
  anonymity: 'How much of a person must be known',
  network: 'Networks it, or its organisation, belongs to; the value says how',
  'dialable-from': 'Countries a number can be dialled from (ISO 3166-1)',
} as const;
export type TaxonomyName = keyof typeof TAXONOMIES;

/** Ids of terms are the same in every export of every instance: they follow from the words alone. */
const NAMESPACE = uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'waymark.hsds.taxonomies');

/** @param link what the attribute belongs to, and its place there */
export function attributeOf(
  link: { id: string; path: string },
  taxonomy: TaxonomyName,
  code: string,
  value?: string,
): HsdsAttribute {
  const id = uuidV5(link.id, `${link.path}/${taxonomy}/${code}`);
  return { id, link_type: taxonomy, ...(value === undefined ? {} : { value }), taxonomy_term: termOf(taxonomy, code) };
}

function termOf(taxonomy: TaxonomyName, code: string): HsdsTerm {
  const name = taxonomy === 'dialable-from' ? countryName(code as Country, 'en') : code.replaceAll(/[-.]/g, ' ');
  const description = TAXONOMIES[taxonomy];
  return {
    id: uuidV5(NAMESPACE, `${taxonomy}/${code}`),
    code,
    name,
    description: `${description}: ${name}`,
    taxonomy,
    taxonomy_detail: {
      id: uuidV5(NAMESPACE, taxonomy),
      name: taxonomy,
      description,
      version: VOCABULARY_VERSION,
    },
    language: 'en',
  };
}
