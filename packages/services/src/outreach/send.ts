import { randomBytes } from 'node:crypto';
import { refuse, type Organisation } from '@waymark/domain';
import {
  activeEntriesOf,
  change,
  insertOutreach,
  insertOwnerLink,
  listedName,
  orThrow,
  Problem,
  settleOutreachOf,
  sha256Hex,
  type Change,
  type Context,
  type OutreachRow,
  type Post,
} from '@waymark/store';
import { courtesyOf } from '../courtesy/show.ts';
import { enqueueMail } from '../mail/enqueue.ts';
import { courtesyRefusal } from './cap.ts';
import { findOrganisation, mailContacts, type MailContact } from './contacts.ts';
import { nextStepAt } from './ladder.ts';
import { showOutreach, type OutreachView } from './list.ts';
import { languageFor, writeLetter, type LetterLanguage, type LetterTemplate } from './templates.ts';

export type NewOutreach = {
  /** One of the organisation's internal contacts; the first that can be written to when absent. */
  contactId?: string | undefined;
  language?: LetterLanguage | undefined;
  /** The organisation was contacted too recently, and it is meant nevertheless. */
  anyway?: boolean | undefined;
};

/** How long a one-time link can be used. */
export const LINK_DAYS = 30;
const DAY = 86_400_000;

/**
 * Asks an organisation by mail to confirm its entries, with a one-time link, and begins the ladder of reminders. An earlier
 * ladder ends.
 * @throws Problem mail-off, not-found, record-not-active, contact-missing, courtesy-cap
 */
export async function sendOutreach(ctx: Context, organisationId: string, input: NewOutreach): Promise<OutreachView> {
  const { post } = ctx;
  if (!post) throw new Problem(refuse('mail-off'));
  const { id } = await change(ctx, 'outreach.write', async (door) => {
    const { tx, actor, now, audit } = door;
    const organisation = await findOrganisation(tx, organisationId);
    if (!organisation) throw new Problem(refuse('not-found'));
    if (organisation.state !== 'active') throw new Problem(refuse('record-not-active'));
    const contacts = mailContacts(organisation.doc, now);
    const contact =
      input.contactId === undefined ? contacts[0] : contacts.find((known) => known.id === input.contactId);
    if (!contact) throw new Problem(refuse('contact-missing'));
    if (!input.anyway) orThrow(courtesyRefusal(await courtesyOf(tx, organisationId, now), now));
    await settleOutreachOf(tx, organisationId, 'superseded', now);
    const row = await writeTo(door, post, {
      organisation,
      contact,
      attempt: 1,
      template: 'first',
      language: input.language,
      by: actor.id,
    });
    await audit('outreach.send', `outreach:${row.id}`, {
      organisation: organisationId,
      contact: contact.id,
      language: row.language,
      attempt: 1,
      ...(input.anyway ? { anyway: true } : {}),
    });
    return { id: row.id };
  });
  return showOutreach(ctx, id);
}

/**
 * One letter of a ladder: its row, its one-time link and its text in the outbox, in the transaction of whoever asks. Only the
 * hash of the token stays; the text that holds it is erased when it was sent.
 * @throws Problem record-not-active when there is nothing to confirm, contact-missing when the address takes no mail
 */
export async function writeTo(
  { tx, now, newId }: Pick<Change, 'tx' | 'now' | 'newId'>,
  post: Post,
  step: {
    organisation: { id: string; doc: Organisation };
    contact: MailContact;
    attempt: number;
    template: LetterTemplate;
    language?: LetterLanguage | undefined;
    /** Who began the ladder: what the organisation corrects becomes this person's draft. */
    by: string;
  },
): Promise<OutreachRow> {
  const { organisation, contact, attempt, template, by } = step;
  const entries = await activeEntriesOf(tx, organisation.id);
  if (entries.length === 0)
    throw new Problem(refuse('record-not-active', 'The organisation has no active entry that it could confirm'));
  const language = step.language ?? languageFor(organisation.doc, contact);
  const token = randomBytes(32).toString('base64url');
  const linkHash = sha256Hex(token);
  const expiresAt = new Date(Date.parse(now) + LINK_DAYS * DAY);
  const id = newId();
  const letter = writeLetter(language, template, {
    organisation: listedName('organisation', organisation.doc),
    entries: entries.map(({ name }) => name),
    // Behind the #, so that it never stands in the log of a server or in a Referer.
    link: `${post.origin}/owners/#${token}`,
    until: expiresAt,
    place: post.origin,
  });
  const isWritten = await enqueueMail(
    post,
    { tx, now, newId },
    { kind: 'outreach', subjectId: id, to: contact.email, ...letter },
  );
  if (!isWritten) throw new Problem(refuse('contact-missing'));
  await insertOwnerLink(tx, {
    tokenHash: linkHash,
    organisationId: organisation.id,
    createdBy: by,
    createdAt: now,
    expiresAt: expiresAt.toISOString(),
  });
  const { version, minDaysBetween } = await courtesyOf(tx, organisation.id, now);
  const earliest = version === 0 ? '' : new Date(Date.parse(now) + minDaysBetween * DAY).toISOString();
  const next = nextStepAt(attempt, now);
  return insertOutreach(tx, {
    id,
    organisationId: organisation.id,
    way: 'mail',
    template,
    language,
    contactId: contact.id,
    attempt,
    by,
    at: now,
    // Reminders keep what was agreed with the organisation; without an agreement, the ladder.
    nextAt: next > earliest ? next : earliest,
    linkHash,
    outcome: 'open',
    answeredAt: null,
  });
}
