import { refuse } from '@waymark/domain';
import {
  findOutreach,
  outreachWords,
  pageOutreach,
  Problem,
  recordReferences,
  userNames,
  type Context,
  type OutreachRow,
  type OutreachState,
} from '@waymark/store';
import { isOwnAddress } from '../owners/party.ts';
import { findOrganisation, mailContacts } from './contacts.ts';
import { languageFor, type LetterLanguage } from './templates.ts';

/** A contact with an organisation, as staff see it. The hash of its link stays inside. */
export type OutreachView = Omit<OutreachRow, 'linkHash'> & {
  organisationName: string;
  byName: string;
  /** What a person noted about a call or a message. */
  note: string | null;
  /** What came back through the link. */
  answer: OutreachAnswer | null;
};

/** What an answer came to; what it said is in the events, drafts and alarms it names. */
export type OutreachAnswer = {
  /** It counts as the organisation: the letter went to an address under its confirmation domain. */
  counts: boolean;
  confirmed: number;
  corrected: number;
  proposals: string[];
  alarms: string[];
};

/** One page of contacts with organisations. */
export async function listOutreach(
  ctx: Context,
  query: { state: OutreachState; organisationId?: string | undefined },
  page: { limit: number; offset: number },
): Promise<{ data: OutreachView[]; total: number }> {
  const { data, total } = await pageOutreach(ctx.store.read, { ...query, now: ctx.now().toISOString() }, page);
  return { data: await withWords(ctx, data), total };
}

/** @throws Problem not-found */
export async function showOutreach(ctx: Context, id: string): Promise<OutreachView> {
  const row = await findOutreach(ctx.store.read, id);
  if (!row) throw new Problem(refuse('not-found'));
  const names = await recordReferences(ctx.store.read, [row.organisationId]);
  const [view] = await withWords(ctx, [
    { ...row, organisationName: names[row.organisationId]?.name ?? row.organisationId },
  ]);
  if (!view) throw new Problem(refuse('not-found'));
  return view;
}

async function withWords(
  { store: { read } }: Context,
  rows: readonly (OutreachRow & { organisationName: string })[],
): Promise<OutreachView[]> {
  const names = await userNames(
    read,
    rows.map((row) => row.by),
  );
  const words = await outreachWords(
    read,
    rows.map((row) => row.id),
  );
  return rows.map((whole) => {
    const { linkHash: _, ...row } = whole;
    // We wrote the payload ourselves (note.ts, owners/answer.ts); erased, it is null.
    const said = words.get(row.id) as { note?: string; answer?: OutreachAnswer } | null | undefined;
    return { ...row, byName: names.get(row.by) ?? row.by, note: said?.note ?? null, answer: said?.answer ?? null };
  });
}

export type OutreachContact = {
  id: string;
  name: string | null;
  role: string | null;
  /** In which the letter would be written. */
  language: LetterLanguage;
  /** Its address lies under the confirmation domain: an answer counts as the organisation itself. */
  counts: boolean;
};

/** Whom an organisation's letter can go to. Addresses stay in the document. @throws Problem not-found */
export async function outreachContacts(
  ctx: Context,
  organisationId: string,
): Promise<{ mail: boolean; data: OutreachContact[] }> {
  const organisation = await findOrganisation(ctx.store.read, organisationId);
  if (!organisation) throw new Problem(refuse('not-found'));
  const { doc } = organisation;
  const data = mailContacts(doc, ctx.now().toISOString()).map((contact) => ({
    id: contact.id,
    name: contact.name ?? null,
    role: contact.role ?? null,
    language: languageFor(doc, contact),
    counts: isOwnAddress(contact.email, doc.confirmationDomain),
  }));
  return { mail: ctx.post !== undefined, data };
}
