import { Entry, KEYED_LISTS, sameValue, type Channel } from '@waymark/domain';
import { contentHash } from '@waymark/domain';
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
import { note, type Note } from './note.ts';
import { problemOf, reject, type Rejection } from './rejection.ts';

type Tree = Record<string, unknown>;

/** An entry in our own schema, or a part of one, that came in a file. */
export interface DocumentReading {
  fingerprint: string;
  notes: Note[];
  known: Known;
  names?: { id?: string; slug?: string };
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
  const slug = slugFor({ areas: areasOf(given['serves']), name: firstName(given['names']) });
  const parsed = Entry.safeParse({ id: PLACEHOLDER, organisation: PLACEHOLDER, slug, ...given });
  if (!parsed.success)
    return { fingerprint, notes, rejection: reject('document-invalid', undefined, problemOf(parsed.error)) };
  const whole = parsed.data;
  const kept = Object.fromEntries(Object.entries(whole).filter(([member]) => member in given)) as Partial<Entry>;
  return {
    fingerprint,
    notes,
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

/** Channels of a document from elsewhere have ids of their own: those we hold already keep ours, and what we know besides. */
function alignChannels(held: readonly Channel[], given: readonly Channel[]): Channel[] {
  const byKey = new Map(held.map((channel) => [channelKey(channel), channel]));
  const taken = [...held];
  return given.map((channel) => {
    const same = byKey.get(channelKey(channel));
    if (same) return { ...same, ...channel, id: same.id } as Channel; // Same key means same type.
    const free = { ...channel, id: freeId(channel.id, taken) };
    taken.push(free);
    return free;
  });
}

/** Lists whose items have ids are united by them: an item the document does not name stays. */
function unite(member: string, held: unknown, given: unknown): unknown {
  const key = KEYED_LISTS[`/${member}`];
  if (key !== undefined && Array.isArray(held) && Array.isArray(given)) {
    const items = new Map((held as Tree[]).map((item) => [item[key], item]));
    for (const item of given as Tree[]) items.set(item[key], item);
    return [...items.values()];
  }
  return member === 'names' || member === 'accepts' || member === 'summary'
    ? { ...(held as Tree | undefined), ...(given as Tree) }
    : given;
}

/**
 * Lays a document on an entry: members it does not have stay, and so do items of lists. Id, handle and organisation are those of the
 * entry unless the document is the entry's own.
 */
export function applyDocument(entry: Entry, { given }: Pick<DocumentReading, 'given'>): Applied {
  const isOwn = given.id === entry.id;
  const merged: Tree = { ...entry };
  const fields: string[] = [];
  for (const [member, value] of Object.entries(given)) {
    if (member === 'id' || (!isOwn && (member === 'slug' || member === 'organisation'))) continue;
    const aligned = member === 'channels' && !isOwn ? alignChannels(entry.channels, value as Channel[]) : value;
    const united = unite(member, merged[member], aligned);
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

/** A new entry of a document; one that names no organisation of ours is proposed for one of its own name. */
export function newDocument({ whole, given }: DocumentReading): {
  draft: EntryDraft;
  organisation: OrganisationGuess;
  notes: Note[];
} {
  const [first] = Object.values(whole.names);
  const organisation = given.organisation === undefined ? { name: first?.text ?? '' } : { id: given.organisation };
  const notes: Note[] =
    'name' in organisation
      ? [{ column: 'organisation', ...note('organisation-from-name', '', organisation.name) }]
      : [];
  return { draft: toDraft(whole), organisation, notes };
}
