import type { DirectoryRecord, Organisation } from '@waymark/domain';
import { findRecord, type Reader } from '@waymark/store';

export type MailContact = NonNullable<Organisation['contactsInternal']>[number] & { email: string };

/** The contacts of an organisation that can be written to: with an address, and kept no longer than was agreed. */
export function mailContacts({ contactsInternal = [] }: Pick<Organisation, 'contactsInternal'>, now: string) {
  return contactsInternal.filter(
    (contact): contact is MailContact =>
      contact.email !== undefined &&
      (contact.retentionUntil === undefined || contact.retentionUntil >= now.slice(0, 10)),
  );
}

export async function findOrganisation(read: Reader, id: string): Promise<DirectoryRecord<'organisation'> | undefined> {
  const record = await findRecord(read, id);
  if (record?.type !== 'organisation') return undefined;
  // The type column says which document it is; it was parsed before it was approved.
  return { ...record, type: 'organisation', doc: record.doc as Organisation };
}
