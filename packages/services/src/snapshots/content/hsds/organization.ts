import { countryName, pickText, type Membership, type PublishedOrganisation } from '@waymark/domain';
import { given } from './given.ts';
import type { HsdsAttribute, HsdsOrganization } from './shapes.ts';
import { attributeOf } from './taxonomies.ts';
import { uuidV5 } from './uuidV5.ts';

/** Words for our codes, where HSDS wants a sentence. */
const TYPES: Record<PublishedOrganisation['organisationType'], string> = {
  state: 'State body',
  intergovernmental: 'Intergovernmental organisation',
  ngo: 'Non-governmental organisation',
  company: 'Company',
  network: 'Network of organisations',
  police: 'Police',
  regulator: 'Regulator',
};

/** An organisation as HSDS has it. It wants a description of each: without one we say what is known, and no more. */
export function toOrganization(organisation: PublishedOrganisation): HsdsOrganization {
  const { id, names, acronym, description, website, identifiers = [], memberships } = organisation;
  return {
    id,
    name: pickText(names),
    ...given('alternate_name', acronym),
    description: pickText(description) || whatIsKnown(organisation),
    ...given('website', website),
    ...given(
      'organization_identifiers',
      identifiers.map(({ scheme, value }) => ({
        id: uuidV5(id, `identifiers/${scheme}/${value}`),
        identifier_scheme: scheme,
        identifier_type: scheme,
        identifier: value,
      })),
    ),
    ...given('attributes', membershipAttributes(id, memberships)),
  };
}

/** A membership, with its status as the value: full, provisional, former. */
export function membershipAttributes(id: string, memberships: readonly Membership[]): HsdsAttribute[] {
  return memberships.map(({ network, status }) => attributeOf({ id, path: 'memberships' }, 'network', network, status));
}

function whatIsKnown({ organisationType, locatedIn }: PublishedOrganisation): string {
  const type = TYPES[organisationType];
  return locatedIn === undefined ? `${type}.` : `${type}, ${countryName(locatedIn, 'en')}.`;
}
