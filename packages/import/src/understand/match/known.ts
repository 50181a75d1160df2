import { pickText, type Channel, type Entry, type Kind, type Organisation, type PhoneNumber } from '@waymark/domain';
import type { UnderstoodRow } from '../understoodRow.ts';
import { addressKey, phoneKeys, type AddressKey } from './address.ts';
import { namesIn, type NameKey } from './name.ts';

/** What two records are compared by, whether they stand in the directory or in a row. */
export interface Likeable {
  names: readonly NameKey[];
  organisations: readonly NameKey[];
  /** Kinds it may be; the first is the usual meaning of what was written. Empty when nothing is said. */
  kinds: readonly Kind[];
  areas: readonly string[];
  addresses: readonly AddressKey[];
  /** Keys of full numbers, and those of short ones. */
  phones: readonly string[];
  shortCodes: readonly string[];
  emails: readonly string[];
}

/** A record one can match: an entry of the directory, or a row of the same file. */
export interface Known extends Likeable {
  id: string;
  label: string;
}

/** What is known of the directory; entries that are retired or suspended count too, so that nobody adds them anew. */
export interface Directory {
  entries: readonly Entry[];
  organisations: readonly Organisation[];
  /** Ids of entries that are retired or suspended: they are matched, and never changed by a file. */
  inactive?: ReadonlySet<string>;
  /** Revision of each entry now. Without them a table of ours that comes back late would undo what was changed meanwhile. */
  revisions?: ReadonlyMap<string, number>;
  /** An entry as it was at an earlier revision; what is not known is for a person to decide. */
  earlier?: (id: string, revision: number) => Entry | undefined;
}

const numbersOf = (channels: readonly Channel[]): PhoneNumber[] =>
  channels.flatMap((channel) =>
    channel.type === 'phone' || channel.type === 'sms' || channel.type === 'textphone' || channel.type === 'relay'
      ? [channel.value.number]
      : [],
  );

/** Web addresses of an entry, also those that a curator put aside in the internal notes. */
export function hrefsOf(entry: Pick<Entry, 'channels'>): string[] {
  return entry.channels.flatMap((channel) =>
    'href' in channel.value && channel.value.href !== undefined ? [channel.value.href] : [],
  );
}

/** Addresses in the internal notes: known, and for a reason no channel. */
export const hrefsInNotes = (notes = ''): string[] =>
  (notes.match(/https?:\/\/[^\s<>"')]+/g) ?? []).map((href) => href.replace(/[.,;:]$/, ''));

function phonesByKind(numbers: readonly PhoneNumber[]): Pick<Likeable, 'phones' | 'shortCodes'> {
  return {
    phones: numbers.filter(({ kind }) => kind !== 'short').flatMap(phoneKeys),
    shortCodes: numbers.filter(({ kind }) => kind === 'short').flatMap(phoneKeys),
  };
}

const keysOf = (hrefs: readonly string[]): AddressKey[] => {
  const keys = hrefs.map(addressKey).filter((key) => key !== undefined);
  return [...new Map(keys.map((key) => [key.key, key])).values()];
};

export function organisationNames(organisation: Organisation | undefined): NameKey[] {
  if (!organisation) return [];
  const { names, acronym, otherNames = [] } = organisation;
  return [
    ...Object.values(names).map(({ text }) => text),
    ...(acronym === undefined ? [] : [acronym]),
    ...otherNames.map(({ name }) => name),
  ].flatMap(namesIn);
}

export function toKnown(entry: Entry, organisations: ReadonlyMap<string, Organisation>): Known {
  return {
    id: entry.id,
    label: pickText(entry.names),
    names: [
      ...Object.values(entry.names).map(({ text }) => text),
      ...(entry.otherNames ?? []).map(({ name }) => name),
    ].flatMap(namesIn),
    organisations: organisationNames(organisations.get(entry.organisation)),
    kinds: [entry.kind],
    areas: entry.serves.map(({ area }) => area),
    addresses: keysOf([...hrefsOf(entry), ...hrefsInNotes(entry.notesInternal)]),
    ...phonesByKind(numbersOf(entry.channels)),
    emails: entry.channels.flatMap((channel) =>
      channel.type === 'email' ? [channel.value.address.toLowerCase()] : [],
    ),
  };
}

export function rowToKnown(row: UnderstoodRow): Known {
  return {
    id: `row:${row.row}`,
    label: row.name ?? '',
    names: [...(row.name === undefined ? [] : [row.name]), ...row.otherNames].flatMap(namesIn),
    organisations: row.organisation === undefined ? [] : namesIn(row.organisation),
    kinds: row.kind ?? [],
    areas: row.areas,
    addresses: keysOf([...row.websites, ...[row.reportLink, row.chat].filter((href) => href !== undefined)]),
    ...phonesByKind([...row.phones, ...row.sms, ...row.whatsapp]),
    emails: row.emails.map((email) => email.toLowerCase()),
  };
}
