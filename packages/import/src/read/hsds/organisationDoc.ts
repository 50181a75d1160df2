import { given, textOf, treesOf, type Tree } from '../tree.ts';
import { membershipsOf, textUnd } from './attributes.ts';

/** An organization of HSDS as a part of our document; its type is nothing that HSDS knows. */
export function toOrganisationDoc(organization: Tree): Tree {
  const identifiers = treesOf(organization, 'organization_identifiers').flatMap((item) => {
    const scheme = textOf(item, 'identifier_scheme') ?? textOf(item, 'identifier_type');
    const value = textOf(item, 'identifier');
    return scheme === undefined || value === undefined ? [] : [{ scheme, value }];
  });
  return {
    ...given('id', textOf(organization, 'id')),
    ...given('names', textUnd(textOf(organization, 'name'))),
    ...given('acronym', textOf(organization, 'alternate_name')),
    ...given('description', textUnd(textOf(organization, 'description'))),
    ...given('website', textOf(organization, 'website') ?? textOf(organization, 'url')),
    ...given('identifiers', identifiers),
    ...given('memberships', membershipsOf(organization)),
  };
}
