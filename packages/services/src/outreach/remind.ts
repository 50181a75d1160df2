import {
  activeEntriesOf,
  change,
  dueOutreach,
  findOutreach,
  settleOutreach,
  type Change,
  type Context,
  type OutreachRow,
  type Post,
} from '@waymark/store';
import { findOrganisation, mailContacts } from './contacts.ts';
import { nextStep } from './ladder.ts';
import { writeTo } from './send.ts';
import { LetterLanguage } from './templates.ts';

const BATCH = 100;

export type Reminded = { written: number; givenUp: number };

/**
 * Takes every ladder whose next step is due one step on: a reminder, another contact, or "nobody answered", which waits for a
 * person then. Each step is a transaction of its own that ends the step before, so running it again does nothing twice.
 */
export async function remindOutreach(ctx: Omit<Context, 'actorId'> & { post: Post }): Promise<Reminded> {
  const done: Reminded = { written: 0, givenUp: 0 };
  for (;;) {
    const due = await dueOutreach(ctx.store.read, ctx.now().toISOString(), BATCH);
    for (const { id } of due) {
      const outcome = await change({ ...ctx, actorId: 'system:outreach', idempotency: undefined }, 'system', (door) =>
        climb(door, ctx.post, id),
      );
      if (outcome !== 'nothing') done[outcome] += 1;
    }
    if (due.length < BATCH) return done;
  }
}

async function climb(door: Change, post: Post, id: string): Promise<'written' | 'givenUp' | 'nothing'> {
  const { tx, now, audit } = door;
  const row = await findOutreach(tx, id);
  const organisation = row && (await findOrganisation(tx, row.organisationId));
  if (!row || row.outcome !== 'open' || organisation?.state !== 'active') return dropStep(door, id);
  if ((await activeEntriesOf(tx, organisation.id)).length === 0) return dropStep(door, id);
  const step = nextStep(row.attempt, row.contactId, mailContacts(organisation.doc, now));
  if (step.do === 'give-up') {
    await settleOutreach(tx, id, 'no-answer');
    await audit('outreach.remind', `outreach:${id}`, { attempt: row.attempt, outcome: 'no-answer' });
    return 'givenUp';
  }
  await settleOutreach(tx, id, 'superseded');
  const { attempt, template, contact } = step;
  const next = await writeTo(door, post, {
    organisation,
    contact,
    attempt,
    template,
    language: languageOf(row, contact.id),
    by: row.by,
  });
  await audit('outreach.remind', `outreach:${next.id}`, {
    organisation: row.organisationId,
    contact: contact.id,
    language: next.language,
    attempt,
    follows: id,
  });
  return 'written';
}

/** Nothing is left to confirm, or somebody was faster: the ladder ends here. */
async function dropStep({ tx, audit }: Change, id: string): Promise<'nothing'> {
  await settleOutreach(tx, id, 'superseded');
  await audit('outreach.remind', `outreach:${id}`, { outcome: 'superseded' });
  return 'nothing';
}

/** The same contact is reminded in the language of the first letter, which a person may have chosen. */
function languageOf(row: OutreachRow, contactId: string): LetterLanguage | undefined {
  return row.contactId === contactId ? LetterLanguage.safeParse(row.language).data : undefined;
}
