import { getPublicSuffix } from 'tldts';
import { isUnderDomain, type Organisation } from '@waymark/domain';
import { outreachByLink, revisionAt, type OwnerLinkRow, type Reader } from '@waymark/store';

/**
 * Whether mail to this address reaches the organisation itself: the address lies at or under its confirmation domain (DOMAIN
 * §3.2). Compared in ASCII as it is stored, so a look-alike in other letters is another domain. A domain under which anybody
 * can have a name of their own (`co.uk`, `github.io`) confirms nobody.
 */
export function isOwnAddress(address: string, confirmationDomain: string | undefined): boolean {
  if (confirmationDomain === undefined) return false;
  const at = address.lastIndexOf('@');
  const host = address.slice(at + 1);
  if (at < 1 || !/^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(host)) return false;
  const domain = confirmationDomain.toLowerCase();
  if (getPublicSuffix(domain, { allowPrivateDomains: true }) === domain) return false;
  return isUnderDomain(host, [domain]);
}

/**
 * Whether what comes back through a link counts as the organisation's own word: its letter went to an address of theirs, both
 * as they stood when it was written, and the confirmation domain is still the same one.
 */
export async function isFromOrganisation(
  read: Reader,
  link: Pick<OwnerLinkRow, 'tokenHash' | 'organisationId' | 'createdAt'>,
  organisation: Pick<Organisation, 'confirmationDomain'>,
): Promise<boolean> {
  const letter = await outreachByLink(read, link.tokenHash);
  const then = await revisionAt(read, link.organisationId, link.createdAt);
  if (!letter || letter.organisationId !== link.organisationId || then?.type !== 'organisation') return false;
  const doc = then.doc as Organisation; // The type column says which document it is; it was parsed before it was approved.
  const contact = doc.contactsInternal?.find(({ id }) => id === letter.contactId);
  return (
    doc.confirmationDomain === organisation.confirmationDomain &&
    isOwnAddress(contact?.email ?? '', doc.confirmationDomain)
  );
}
