import type { LetterTemplate } from './templates.ts';

/** Days from one letter of the ladder to the next: day 0, 7, 21, then another contact two weeks later (DOMAIN §3.6). */
const DAYS_TO_NEXT = [7, 14, 14, 14] as const;

/** Letters in a ladder; after the last one somebody has to call, or decide what becomes of the entries. */
export const LADDER_ATTEMPTS = DAYS_TO_NEXT.length;

const DAY = 86_400_000;

/** When the step after this attempt is due. */
export function nextStepAt(attempt: number, at: string): string {
  const days = DAYS_TO_NEXT[Math.min(attempt, LADDER_ATTEMPTS) - 1] ?? DAYS_TO_NEXT[0];
  return new Date(Date.parse(at) + days * DAY).toISOString();
}

export type LadderStep<Contact> =
  { do: 'write'; attempt: number; template: LetterTemplate; contact: Contact } | { do: 'give-up' };

/**
 * What follows when nobody answered this attempt: twice a reminder, then another contact, then nothing more.
 * @param contacts those who can be written to, in the organisation's order
 * @param contactId whom the last letter went to
 */
export function nextStep<Contact extends { id: string }>(
  attempt: number,
  contactId: string | null,
  contacts: readonly Contact[],
): LadderStep<Contact> {
  if (attempt >= LADDER_ATTEMPTS) return { do: 'give-up' };
  const at = contacts.findIndex(({ id }) => id === contactId);
  const isOther = attempt + 1 === LADDER_ATTEMPTS;
  // Somebody who is no contact any more is not reminded: the next in line hears of it for the first time.
  const others = [...contacts.slice(at + 1), ...contacts.slice(0, Math.max(at, 0))];
  const contact = isOther || at < 0 ? others[0] : contacts[at];
  if (!contact) return { do: 'give-up' };
  return {
    do: 'write',
    attempt: attempt + 1,
    template: isOther ? 'other-contact' : at < 0 ? 'first' : 'reminder',
    contact,
  };
}
