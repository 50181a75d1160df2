import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  parseDocument,
  type CountryProfile,
  type Document,
  type Entry,
  type Organisation,
  type RecordState,
  type RecordType,
} from '@waymark/domain';

/** One record of the generated directory. `at` is when it was approved. */
export type Generated = { id: string; type: RecordType; doc: Document; state: RecordState; at: string };

const STARTER = fileURLToPath(new URL('../../data/starter-directory.json', import.meta.url));
const SEED = 116_111;
const FIRST_MINUTE = Date.UTC(2026, 0, 1);
/** As many organisations per entry as a large directory has: one of them runs several entries. */
const ENTRY_COPIES_PER_ORGANISATION = 10;
const SYLLABLES = 'ka lo mi ra sen tor vel no pri das quo lin bre fu gar hel'.split(' ');

/**
 * A directory of so many entries, made from the real ones of the starter directory: first those as they are, then copies
 * with ids, handles, names and telephone numbers of their own. Short codes such as 116111 stay, since thousands share them
 * in life too. The same count gives the same bytes. Organisations come before their entries.
 */
export function* generateDirectory(entries: number): Generator<Generated> {
  const starter = parseStarter();
  const random = seeded(SEED);
  const copies = Math.ceil(entries / starter.entries.length);
  const organisationCopies = Math.ceil(copies / ENTRY_COPIES_PER_ORGANISATION);
  let born = 0;
  const birth = () => new Date(FIRST_MINUTE + (born += 1) * 60_000);
  const organisationIds: Map<string, string>[] = [];
  for (let copy = 0; copy < organisationCopies; copy += 1) {
    const ids = new Map(starter.organisations.map((o) => [o.id, copy === 0 ? o.id : uuid(birth(), random)]));
    organisationIds.push(ids);
    for (const organisation of starter.organisations) {
      yield record('organisation', copyOrganisation(organisation, copy, ids, place(random)), birth(), random);
    }
  }
  for (let n = 0; n < entries; n += 1) {
    const copy = Math.floor(n / starter.entries.length);
    const original = starter.entries[n % starter.entries.length]!; // Within the list by the remainder.
    const ids = organisationIds[Math.floor(copy / ENTRY_COPIES_PER_ORGANISATION)]!; // One list per ten copies.
    const at = birth();
    yield record('entry', copy === 0 ? original : copyEntry(original, copy, uuid(at, random), ids, random), at, random);
  }
  for (const country of starter.countries) yield record('country', country, birth(), random);
}

/** Most are active; some were retired, a few are suspended: what filters and exports have to leave out. */
function record(type: RecordType, doc: Document, at: Date, random: () => number): Generated {
  const chance = random();
  const state = type !== 'entry' || chance < 0.97 ? 'active' : chance < 0.99 ? 'retired' : 'suspended';
  const retired =
    state === 'retired' ? { ...doc, retirement: { reason: 'closed', successors: [], redirect: 'none' } } : doc;
  // A retirement belongs to entries and organisations, and only entries retire here.
  return { id: doc.id, type, doc: retired as Document, state, at: at.toISOString() };
}

type Starter = { organisations: Organisation[]; entries: Entry[]; countries: CountryProfile[] };

function parseStarter(): Starter {
  const raw = JSON.parse(readFileSync(STARTER, 'utf8')) as Record<keyof Starter, unknown[]>;
  const parse = <T extends RecordType>(type: T, docs: unknown[]) =>
    docs.map((doc) => {
      const parsed = parseDocument(type, doc);
      if (!parsed.ok)
        throw new Error(`The starter directory holds a broken ${type}: ${JSON.stringify(parsed.problems)}`);
      return parsed.doc;
    });
  return {
    organisations: parse('organisation', raw.organisations),
    entries: parse('entry', raw.entries),
    countries: parse('country', raw.countries),
  };
}

function copyOrganisation(original: Organisation, copy: number, ids: Map<string, string>, where: string): Organisation {
  if (copy === 0) return original;
  const { parent, successor } = original;
  return {
    ...original,
    id: ids.get(original.id)!, // Every organisation has an id per copy.
    slug: `${original.slug.slice(0, 70)}-${copy}`,
    names: renamed(original.names, where),
    ...(parent === undefined ? {} : { parent: ids.get(parent) }),
    ...(successor === undefined ? {} : { successor: ids.get(successor) }),
  };
}

function copyEntry(original: Entry, copy: number, id: string, ids: Map<string, string>, random: () => number): Entry {
  const { analystsBy, onBehalfOf, organisation } = original;
  return {
    ...original,
    id,
    slug: `${original.slug.slice(0, 70)}-${copy}`,
    names: renamed(original.names, place(random)),
    organisation: ids.get(organisation)!, // The starter directory names organisations of its own.
    ...(analystsBy === undefined ? {} : { analystsBy: ids.get(analystsBy) }),
    ...(onBehalfOf === undefined ? {} : { onBehalfOf: onBehalfOf.map((o) => ids.get(o)!) }),
    channels: original.channels.map((channel) => {
      if (!('number' in channel.value) || channel.value.number.kind !== 'e164' || channel.value.number.letters)
        return channel;
      const { number } = channel.value;
      const digits = number.digits.slice(0, -4) + String(Math.floor(random() * 10_000)).padStart(4, '0');
      // Only the digits differ, so it is still the same kind of channel.
      return {
        ...channel,
        value: { ...channel.value, number: { ...number, digits, source: undefined } },
      } as typeof channel;
    }),
  };
}

function renamed(names: Entry['names'], where: string): Entry['names'] {
  return Object.fromEntries(
    Object.entries(names).map(([language, name]) => [language, { ...name, text: `${name.text} ${where}` }]),
  );
}

/** A made-up place, so that names differ and sort apart. */
function place(random: () => number): string {
  const word = [0, 1, 2].map(() => SYLLABLES[Math.floor(random() * SYLLABLES.length)]).join('');
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** UUIDv7 of a moment; its random part from the seed. */
function uuid(at: Date, random: () => number): string {
  const hex = (digits: number) =>
    Math.floor(random() * 16 ** digits)
      .toString(16)
      .padStart(digits, '0');
  const time = at.getTime().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-8${hex(3)}-${hex(12)}`;
}

/** Mulberry32: small, fast, and the same everywhere. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
