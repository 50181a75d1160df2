import {
  channelAddress,
  mapDigits,
  pickText,
  toDialString,
  type Channel,
  type CountryProfile,
  type Entry,
  type LocalText,
  type Organisation,
  type RecordType,
} from '@waymark/domain';

/** What full-text search knows of a document: words in any language, and addresses to find parts of. */
export type SearchText = { words: string; addresses: string };

const texts = (text: LocalText | undefined) => Object.values(text ?? {}).map((t) => t.text);

/** Text to index for one document. `organisationName` is the name of the entry's organisation. */
export function searchTextOf(type: RecordType, doc: unknown, organisationName = ''): SearchText {
  if (type === 'country') {
    const profile = doc as CountryProfile; // The type column says which document it is.
    return { words: profile.country, addresses: '' };
  }
  const named = doc as Entry | Organisation;
  const words = [
    named.slug.replaceAll('-', ' '),
    ...texts(named.names),
    ...(named.otherNames ?? []).map((n) => n.name),
    organisationName,
  ];
  if (type === 'organisation') {
    const organisation = named as Organisation;
    words.push(organisation.acronym ?? '');
    return join(words, [organisation.website ?? '', ...organisation.domains.map((d) => d.host)]);
  }
  const entry = named as Entry;
  return join([...words, ...texts(entry.summary)], entry.channels.flatMap(addressesOf));
}

function addressesOf(channel: Channel): string[] {
  if ('number' in channel.value) {
    const { number } = channel.value;
    return [toDialString(number), number.digits, number.letters ?? ''];
  }
  return [channelAddress(channel)];
}

function join(words: string[], addresses: string[]): SearchText {
  const all = addresses.filter((a) => a !== '');
  // Hosts and digits are words too: a whole label or number is found without the slower part search.
  return { words: [...words, ...all].filter((w) => w !== '').join(' \n '), addresses: all.join(' ').toLowerCase() };
}

/** The name a document is listed under, and its first contact address. */
export function listedName(type: RecordType, doc: unknown): string {
  if (type === 'country') return (doc as CountryProfile).country;
  return pickText((doc as Entry | Organisation).names);
}

/** Sort key of a name: without case and diacritics, digits in order of value. */
export function sortKey(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\d+/g, (n) => n.padStart(8, '0'))
    .slice(0, 120);
}

/**
 * A person's words as an FTS5 query: each word quoted, the last letters may be missing. Nothing of FTS syntax passes.
 * @returns undefined when there is nothing to look for
 */
export function matchWords(q: string): string | undefined {
  const words = q.normalize('NFC').match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  return words.length === 0
    ? undefined
    : words
        .slice(0, 8)
        .map((w) => `"${w}"*`)
        .join(' ');
}

/** Hosts and numbers are ASCII without spaces, all else is found by its words; the trigram index needs three characters. */
const PART_OF_ADDRESS = /^[!#-~]{3,}$/;
/** A telephone number as people write it. */
const SPACED_DIGITS = /^\+?[\d\s().-]+$/;

/** The same as one part of an address. @returns undefined for what can be no part of one */
export function matchAddress(q: string): string | undefined {
  const typed = mapDigits(q.trim().toLowerCase());
  const part = SPACED_DIGITS.test(typed) ? typed.replace(/[\s().-]/g, '') : typed;
  return PART_OF_ADDRESS.test(part) ? `"${part}"` : undefined;
}
