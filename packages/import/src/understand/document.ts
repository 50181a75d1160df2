import { contentHash, Entry, isCountry, KEYED_LISTS, sameValue, type Channel } from '@waymark/domain';
import { fold } from './fold.ts';
import type { SourceRow } from '../source.ts';
import type { Applied } from './applyRow.ts';
import { freeId } from './channelsOfRow.ts';
import { addressKey, phoneKeys } from './match/address.ts';
import { toKnown, type Known } from './match/known.ts';
import {
  PLACEHOLDER,
  slugFor,
  toDraft,
  type EntryDraft,
  type OrganisationGuess,
  type OrganisationIndex,
} from './newEntry.ts';
import { nameKey } from './match/name.ts';
import { note, type Note } from './note.ts';
import { guessLanguage } from './textLanguage.ts';
import { problemOf, reject, type Rejection } from './rejection.ts';

type Tree = Record<string, unknown>;

/** An entry in our own schema, or a part of one, that came in a file. */
export interface DocumentReading {
  fingerprint: string;
  notes: Note[];
  known: Known;
  names?: { id?: string; slug?: string };
  /** The file did not say in which language its texts are. */
  isGuessed: boolean;
  /** Only the members the file gave. */
  given: Partial<Entry>;
  /** With defaults where it said nothing. */
  whole: Entry;
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

const members: ReadonlySet<string> = new Set(Object.keys(Entry.shape));

const hashOf = (doc: unknown): string => {
  try {
    return contentHash(doc);
  } catch {
    // Halves of characters and fractions have no canonical form; such a document is refused below.
    return contentHash(JSON.stringify(doc)?.toWellFormed() ?? '');
  }
};

/** A name to make a handle of. */
const firstName = (names: unknown): string => {
  const [first] = isTree(names) ? Object.values(names) : [];
  return isTree(first) && typeof first['text'] === 'string' ? first['text'] : '';
};

const areasOf = (serves: unknown): string[] =>
  Array.isArray(serves) ? serves.flatMap((s) => (isTree(s) && typeof s['area'] === 'string' ? [s['area']] : [])) : [];

/**
 * Reads the document of a row. It may lack id, handle and organisation, which a new entry gets when it is made; all else must be as our
 * schema wants it. Members we do not know are left out and named.
 */
export function readDocument(
  source: SourceRow,
  organisations: OrganisationIndex,
): DocumentReading | { fingerprint: string; notes: Note[]; rejection: Rejection } {
  const { doc } = source;
  const fingerprint = hashOf(doc);
  if (!isTree(doc))
    return { fingerprint, notes: [], rejection: reject('document-invalid', undefined, 'It is no object.') };
  const unknown = Object.keys(doc).filter((member) => !members.has(member));
  const notes = unknown.map((member) => ({ column: member, ...note('document-field-unknown', member) }));
  const given = Object.fromEntries(
    Object.entries(doc).filter(([member, value]) => members.has(member) && value !== null && value !== undefined),
  );
  const isGuessed = JSON.stringify(given).includes('"und":');
  if (isGuessed) {
    const languages = languagesIn(given['channels']);
    const countries = areasOf(given['serves']).filter(isCountry);
    for (const [member, value] of Object.entries(given)) given[member] = guessLanguages(value, languages, countries);
  }
  const slug = slugFor({ areas: areasOf(given['serves']), name: firstName(given['names']) });
  const parsed = Entry.safeParse({ id: PLACEHOLDER, organisation: PLACEHOLDER, slug, ...given });
  if (!parsed.success)
    return { fingerprint, notes, rejection: reject('document-invalid', undefined, problemOf(parsed.error)) };
  const whole = parsed.data;
  const kept = Object.fromEntries(Object.entries(whole).filter(([member]) => member in given)) as Partial<Entry>;
  return {
    fingerprint,
    notes,
    isGuessed,
    given: kept,
    whole,
    known: { ...toKnown(whole, organisations.byId), id: `row:${source.row}` },
    ...(kept.id === undefined && kept.slug === undefined
      ? {}
      : {
          names: {
            ...(kept.id === undefined ? {} : { id: kept.id }),
            ...(kept.slug === undefined ? {} : { slug: kept.slug }),
          },
        }),
  };
}

/** What a channel is reached by, to find it again under another id. */
function channelKey(channel: Channel): string {
  const { type, value } = channel;
  if ('number' in value) return `${type} ${phoneKeys(value.number)[0]}`;
  if ('address' in value) return `${type} ${value.address.toLowerCase()}`;
  if ('href' in value && value.href !== undefined) return `${type} ${addressKey(value.href)?.key ?? value.href}`;
  return `${type} ${JSON.stringify(value)}`;
}

/**
 * Channels of a document under the ids we hold: the same number or address is the same channel, whatever it is called there. Only in the
 * entry's own document does an id alone say which channel changed.
 */
function alignChannels(
  held: readonly Channel[],
  given: readonly Channel[],
  isOwn: boolean,
  isGuessed: boolean,
): Channel[] {
  const byKey = new Map(held.map((channel) => [channelKey(channel), channel]));
  const spoken = new Set(languagesIn(held));
  const taken = [...held];
  return given.map((channel) => {
    const key = channelKey(channel);
    const namesake = held.find(({ id, type }) => id === channel.id && type === channel.type);
    const same =
      namesake && channelKey(namesake) === key ? namesake : (byKey.get(key) ?? (isOwn ? namesake : undefined));
    // Same key means same type. HSDS says less of a value than we hold, and languages of the service where we have those of channels.
    if (same && isGuessed)
      return {
        ...(layOn(same, withoutLanguages(channel, spoken)) as Channel),
        id: same.id,
        value: same.value,
      } as Channel;
    if (same) return { ...same, ...channel, id: same.id } as Channel;
    const free = { ...channel, id: freeId(channel.id, taken) };
    taken.push(free);
    return free;
  });
}

/** A channel without languages that the entry is known to speak anyway. */
function withoutLanguages(channel: Channel, spoken: ReadonlySet<string>): Channel {
  if (!channel.languages?.every(({ tag }) => spoken.has(tag))) return channel;
  const { languages: _languages, ...rest } = channel;
  return rest as Channel; // Languages are optional.
}

/** Other names of a document that the entry does not have under any id. */
function unknownNames(entry: Entry, given: NonNullable<Entry['otherNames']>): NonNullable<Entry['otherNames']> {
  const held = [
    ...Object.values(entry.names).map(({ text }) => text),
    ...(entry.otherNames ?? []).map(({ name }) => name),
  ];
  const known = new Set(held.map((name) => nameKey(name).key));
  return given.filter(({ name }) => !known.has(nameKey(name).key));
}

/** Texts by language: `{ en: { text } }`. */
const isLocalText = (value: unknown): value is Tree =>
  isTree(value) &&
  Object.values(value).length > 0 &&
  Object.values(value).every((version) => isTree(version) && typeof version['text'] === 'string');

/** Texts of both; where the language was only guessed, what is held in any language is nothing new. */
function uniteTexts(held: Tree, given: Tree, isGuessed: boolean): Tree {
  const isHeld = (text: unknown) =>
    Object.values(held).some((version) => isTree(version) && fold(String(version['text'])) === fold(String(text)));
  const added = Object.entries(given).filter(
    ([, version]) => !isGuessed || !isTree(version) || !isHeld(version['text']),
  );
  return { ...held, ...Object.fromEntries(added) };
}

/** Members of a part of a document laid on those held, with texts of guessed languages as above. */
function layOn(held: unknown, given: unknown): unknown {
  if (isLocalText(given)) return isLocalText(held) ? uniteTexts(held, given, true) : given;
  if (!isTree(held) || !isTree(given)) return given;
  return {
    ...held,
    ...Object.fromEntries(
      Object.entries(given).map(([member, value]) => [
        member,
        member === 'hours' ? hoursOnto(held[member], value) : layOn(held[member], value),
      ]),
    ),
  };
}

/**
 * Hours of HSDS beside those held. It has no zones, so the zone of the same times is the one we hold, and times that it can only put
 * into words are nothing new; other hours replace them, for parts of two hours are neither.
 */
function hoursOnto(held: unknown, given: unknown): unknown {
  if (!isTree(held) || !isTree(given)) return given;
  if (given['kind'] === 'unknown') return held;
  const isSame = given['kind'] === held['kind'] && sameValue(given['weekly'], held['weekly']);
  return isSame ? { ...held, ...given, ...(held['tz'] === undefined ? {} : { tz: held['tz'] }) } : given;
}

/** HSDS does not say in which language a text is (`und`); the script of the text and the languages of the service say it mostly. */
function guessLanguages(value: unknown, languages: readonly string[], countries: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => guessLanguages(item, languages, countries));
  if (!isTree(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([member, inner]) => {
      const text = member === 'und' && isTree(inner) ? inner['text'] : undefined;
      if (typeof text === 'string') return [guessLanguage(text, languages, countries) ?? 'en', inner];
      return [member, guessLanguages(inner, languages, countries)];
    }),
  );
}

/** Languages of the channels of a document that was not checked yet. */
const languagesIn = (channels: unknown): string[] =>
  Array.isArray(channels)
    ? channels
        .flatMap((channel) => (isTree(channel) && Array.isArray(channel['languages']) ? channel['languages'] : []))
        .flatMap((language) => (isTree(language) && typeof language['tag'] === 'string' ? [language['tag']] : []))
    : [];

const texts: ReadonlySet<string> = new Set(['names', 'summary', 'howTo', 'whatToHave', 'confidentialityLimits']);

/** Lists whose items have ids are united by them: an item the document does not name stays. */
function unite(member: string, held: unknown, given: unknown, isGuessed: boolean): unknown {
  const key = KEYED_LISTS[`/${member}`];
  if (key !== undefined && Array.isArray(held) && Array.isArray(given)) {
    const items = new Map((held as Tree[]).map((item) => [item[key], item]));
    // What says less of an item than we hold takes nothing away from it.
    for (const item of given as Tree[])
      items.set(item[key], isGuessed && member !== 'channels' ? (layOn(items.get(item[key]), item) as Tree) : item);
    return [...items.values()];
  }
  if (texts.has(member)) return uniteTexts(isTree(held) ? held : {}, given as Tree, isGuessed);
  if (isGuessed) return layOn(held, given);
  return member === 'accepts' ? { ...(held as Tree | undefined), ...(given as Tree) } : given;
}

/**
 * Lays a document on an entry: members it does not have stay, and so do items of lists. Id, handle and organisation are those of the
 * entry unless the document is the entry's own.
 */
export function applyDocument(
  entry: Entry,
  { given, isGuessed }: Pick<DocumentReading, 'given' | 'isGuessed'>,
): Applied {
  const isOwn = given.id === entry.id;
  const merged: Tree = { ...entry };
  const fields: string[] = [];
  for (const [member, value] of Object.entries(given)) {
    if (member === 'id' || (!isOwn && (member === 'slug' || member === 'organisation'))) continue;
    if (
      isGuessed &&
      member === 'otherNames' &&
      unknownNames(entry, value as NonNullable<Entry['otherNames']>).length === 0
    )
      continue;
    const aligned = member === 'channels' ? alignChannels(entry.channels, value as Channel[], isOwn, isGuessed) : value;
    const united = unite(member, merged[member], aligned, isGuessed);
    if (sameValue(merged[member], united)) continue;
    merged[member] = united;
    fields.push(member);
  }
  if (fields.length === 0) return { doc: entry, fields: [], notes: [] };
  const notes: Note[] = fields.map((member) => ({
    column: member,
    ...note(member in entry ? 'value-replaced' : 'value-added', '', member),
  }));
  const parsed = Entry.safeParse(merged);
  if (parsed.success) return { doc: parsed.data, fields, notes };
  return { doc: entry, fields: [], notes, problem: problemOf(parsed.error) };
}

/** Who runs it: a record of ours, or the organisation that stands in the file under its id, or one of the name of the entry. */
function organisationOf(
  { whole, given }: Pick<DocumentReading, 'whole' | 'given'>,
  organisations: OrganisationIndex,
  arriving: ReadonlyMap<string, string>,
): OrganisationGuess {
  if (given.organisation !== undefined && organisations.byId.has(given.organisation)) return { id: given.organisation };
  const name = (given.organisation === undefined ? undefined : arriving.get(given.organisation)) ?? '';
  const known =
    name === ''
      ? undefined
      : organisations.named(
          name,
          whole.serves.map(({ area }) => area),
        );
  if (known) return { id: known.id };
  return { name: name === '' ? firstName(whole.names) : name };
}

/** Names of the organisations that stand in a file, by the ids its rows use. */
export function arrivingOrganisations(documents: readonly unknown[] = []): Map<string, string> {
  return new Map(
    documents.flatMap((doc) =>
      isTree(doc) && typeof doc['id'] === 'string' ? [[doc['id'], firstName(doc['names'])] as const] : [],
    ),
  );
}

/** A new entry of a document. */
export function newDocument(
  read: DocumentReading,
  organisations: OrganisationIndex,
  arriving: ReadonlyMap<string, string>,
): { draft: EntryDraft; organisation: OrganisationGuess; notes: Note[] } {
  const organisation = organisationOf(read, organisations, arriving);
  const notes: Note[] =
    'name' in organisation ? [{ column: 'organisation', ...note('organisation-new', '', organisation.name) }] : [];
  return { draft: toDraft(read.whole), organisation, notes };
}
