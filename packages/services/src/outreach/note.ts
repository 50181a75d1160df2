import { z } from 'zod';
import { LocalId, plainText, refuse } from '@waymark/domain';
import {
  change,
  insertOutreach,
  openOutreach,
  Problem,
  settleOutreachOf,
  type Context,
  type OutreachRow,
} from '@waymark/store';
import { findOrganisation } from './contacts.ts';
import { showOutreach, type OutreachView } from './list.ts';

/** A call or a message that a person made by hand. */
export const ContactNote = z
  .strictObject({
    way: z.enum(['call', 'message']),
    outcome: z.enum(['answered', 'no-answer']),
    contactId: LocalId.optional(),
    note: plainText({ max: 1000, multiline: true }).optional(),
  })
  .meta({ id: 'ContactNote', description: 'A call or a message made by hand' });
export type ContactNote = z.infer<typeof ContactNote>;

/**
 * Notes that somebody called or wrote by another way. An answer ends the ladder of letters. What was said stands in the log
 * alone, where words about a person can be erased.
 * @throws Problem not-found, contact-missing
 */
export async function noteOutreach(ctx: Context, organisationId: string, input: ContactNote): Promise<OutreachView> {
  const { id } = await change(ctx, 'outreach.write', async ({ tx, actor, now, newId, audit }) => {
    const organisation = await findOrganisation(tx, organisationId);
    if (!organisation) throw new Problem(refuse('not-found'));
    const known = organisation.doc.contactsInternal ?? [];
    if (input.contactId !== undefined && !known.some((contact) => contact.id === input.contactId))
      throw new Problem(refuse('contact-missing'));
    const ladder = await openOutreach(tx, organisationId);
    if (input.outcome === 'answered' || !ladder)
      await settleOutreachOf(tx, organisationId, input.outcome === 'answered' ? 'answered' : 'superseded', now);
    const row = await insertOutreach(tx, {
      id: newId(),
      organisationId,
      way: input.way,
      template: null,
      language: null,
      contactId: input.contactId ?? null,
      attempt: ladder?.attempt ?? 1,
      by: actor.id,
      at: now,
      nextAt: null,
      linkHash: null,
      outcome: outcomeOf(input, ladder),
      answeredAt: input.outcome === 'answered' ? now : null,
    });
    await audit('outreach.note', `outreach:${row.id}`, { organisation: organisationId, ...input });
    return { id: row.id };
  });
  return showOutreach(ctx, id);
}

/** While letters go on, a call that nobody took asks for nobody's attention. */
function outcomeOf({ outcome }: ContactNote, ladder: OutreachRow | undefined): OutreachRow['outcome'] {
  if (outcome === 'answered') return 'answered';
  return ladder ? 'superseded' : 'no-answer';
}
