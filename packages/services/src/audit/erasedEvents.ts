import { auditPayloadsOf, type Reader } from '@waymark/store';
import type { ErasedEvent, Erasure } from '../users/erase.ts';

/** Every event whose payload two admins agreed to erase, with what of it was not personal and whom it was about. */
export async function erasedEvents(read: Reader): Promise<(ErasedEvent & { subject: string })[]> {
  const erasures = await auditPayloadsOf(read, 'user.erase');
  return erasures.flatMap(({ subject, payload }) => {
    const { erased } = payload as Erasure; // Written by `erasePerson` alone and committed to.
    return erased.map((event) => ({ ...event, subject }));
  });
}
