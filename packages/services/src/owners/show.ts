import {
  isWithheld,
  liveChannels,
  pickText,
  refuse,
  toPublished,
  type DirectoryRecord,
  type Entry,
  type PublishedEntry,
} from '@waymark/domain';
import {
  activeEntriesOf,
  findOwnerLink,
  Problem,
  sha256Hex,
  type Context,
  type OwnerLinkRow,
  type Reader,
} from '@waymark/store';
import { findOrganisation } from '../outreach/contacts.ts';

/** What of an entry people see that its organisation can say something about. */
const SHOWN = [
  'id',
  'kind',
  'names',
  'summary',
  'audience',
  'serves',
  'accepts',
  'ages',
  'anonymity',
  'confidentialityLimits',
  'mustNot',
  'afterReport',
  'dataGoesTo',
  'memberships',
  'operational',
] as const satisfies (keyof Entry)[];

/** An entry as the organisation that runs it sees it through its link: what people see, and nothing of what is inside. */
export type OwnerEntry = Pick<Entry, (typeof SHOWN)[number] | 'channels'> & { revision: number };

export type OwnerPage = { organisation: string; until: string; entries: OwnerEntry[] };

/**
 * What a listed organisation sees through its one-time link: its own active entries. Looking changes nothing.
 * @throws Problem token-invalid
 */
export async function showOwnEntries(ctx: Pick<Context, 'store' | 'now'>, token: string): Promise<OwnerPage> {
  const { link, organisation } = await openLink(ctx.store.read, token, ctx.now().toISOString());
  const entries = await ownEntries(ctx.store.read, link.organisationId);
  return { organisation: pickText(organisation.doc.names), until: link.expiresAt, entries: entries.map(toOwnerEntry) };
}

/** The organisation a link that still works is for. @throws Problem token-invalid */
export async function openLink(
  read: Reader,
  token: string,
  now: string,
): Promise<{ link: OwnerLinkRow; organisation: DirectoryRecord<'organisation'> }> {
  const link = await findOwnerLink(read, sha256Hex(token), now);
  const organisation = link && (await findOrganisation(read, link.organisationId));
  if (!link || organisation?.state !== 'active') throw new Problem(refuse('token-invalid'));
  return { link, organisation };
}

/** Entries that people see; one that is withheld from them is none of a link's business either. */
export async function ownEntries(read: Reader, organisationId: string): Promise<DirectoryRecord<'entry'>[]> {
  const entries = await activeEntriesOf(read, organisationId);
  return entries.filter((entry) => !isWithheld(entry));
}

function toOwnerEntry(record: DirectoryRecord<'entry'>): OwnerEntry {
  // As people see it: without machine text that nobody reviewed. The type of a record is that of its published form.
  const open = toPublished(record) as PublishedEntry;
  const shown = Object.fromEntries(SHOWN.filter((key) => open[key] !== undefined).map((key) => [key, open[key]]));
  // The keys are those of the type; what is required of an entry is there, since it was parsed before it was approved.
  return {
    ...(shown as Pick<Entry, (typeof SHOWN)[number]>),
    revision: record.revision,
    channels: liveChannels(record.doc),
  };
}
