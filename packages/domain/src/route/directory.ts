import type { Channel } from '../channel.ts';
import type { CountryProfile } from '../countryProfile.ts';
import type { Entry } from '../entry.ts';
import type { PublishedCountryProfile, PublishedEntry, PublishedVerification } from '../published.ts';
import type { RecordState } from '../record.ts';
import type { UrgentMark } from '../urgentRule.ts';
import { namedCountry } from './place.ts';

/** How far a fact can be relied on at the moment the directory was read. */
export type RoutableVerification = Pick<PublishedVerification, 'confidence' | 'expiresAt'>;

/** A channel; where nothing is said of its own verification, that of its entry holds. */
export type RoutableChannel = Channel & {
  verification?: RoutableVerification | undefined;
  /** Temporarily withdrawn by the urgent lane (`applyUrgent`). */
  withdrawn?: UrgentMark | undefined;
};

/** What routing reads of an entry: a line of a snapshot, a record of the directory, or one as it would be after a change. */
export type RoutableEntry = Pick<
  Entry,
  | 'id'
  | 'slug'
  | 'kind'
  | 'organisation'
  | 'analystsBy'
  | 'serves'
  | 'accepts'
  | 'audience'
  | 'anonymity'
  | 'mandate'
  | 'pairedWith'
  | 'operational'
  | 'priority'
> & {
  channels: readonly RoutableChannel[];
  verification: RoutableVerification;
  state: Exclude<RecordState, 'retired'>;
  /** Suspended as unsafe, or an alarm says that it may be. */
  unsafe?: boolean | undefined;
  /** Temporarily withdrawn by the urgent lane (`applyUrgent`), with all its channels. */
  withdrawn?: UrgentMark | undefined;
};

/** What routing reads of a country profile. In a snapshot, `sources` are its evidence: what is public of it. */
export type RoutableCountry = Pick<CountryProfile, 'country' | 'coverage' | 'evidence'>;

export type RoutableDirectory = { entries: readonly RoutableEntry[]; countries: readonly RoutableCountry[] };

/** A directory put in order once, for many questions. */
export type IndexedDirectory = RoutableDirectory & {
  byCountry: ReadonlyMap<string, readonly RoutableEntry[]>;
  /** Entries that serve the world, a region or a group of states. */
  wide: readonly RoutableEntry[];
  profiles: ReadonlyMap<string, RoutableCountry>;
  /** Platform tools by every name they are asked for by, in lower case. */
  tools: ReadonlyMap<string, ReadonlySet<string>>;
};

/** Puts a directory in order for `route`. It holds the entries themselves: change one and the order is of no use. */
export function indexDirectory(directory: RoutableDirectory): IndexedDirectory {
  const byCountry = new Map<string, RoutableEntry[]>();
  const tools = new Map<string, Set<string>>();
  const wide: RoutableEntry[] = [];
  for (const entry of directory.entries) {
    const countries = new Set(entry.serves.map(({ area }) => namedCountry(area)));
    if (countries.has(undefined)) wide.push(entry);
    else for (const country of countries) put(byCountry, country ?? '', entry);
    if (entry.kind === 'platform-tool') {
      for (const name of platformNames(entry)) tools.set(name, (tools.get(name) ?? new Set()).add(entry.id));
    }
  }
  const profiles = new Map(directory.countries.map((profile) => [profile.country, profile] as const));
  return { ...directory, byCountry, wide, profiles, tools };
}

/** Entries that may serve somebody in one of these countries, each once. */
export function* entriesFor(
  { byCountry, wide }: IndexedDirectory,
  countries: ReadonlySet<string>,
): Generator<RoutableEntry> {
  yield* wide;
  const seen = new Set<string>();
  for (const country of countries) {
    for (const entry of byCountry.get(country) ?? []) {
      if (seen.has(entry.id)) continue;
      // Only who serves several countries can be met twice.
      if (countries.size > 1) seen.add(entry.id);
      yield entry;
    }
  }
}

/** An entry as a snapshot publishes it: active, or it would not be there. */
export function toRoutableEntry(entry: PublishedEntry): RoutableEntry {
  return { ...entry, state: 'active' };
}

export function toRoutableCountry({ country, coverage, sources }: PublishedCountryProfile): RoutableCountry {
  return { country, coverage, evidence: sources };
}

function platformNames({ id, slug, channels }: RoutableEntry): string[] {
  const named = channels.flatMap((channel) => (channel.type === 'in-app' ? [channel.value.platform] : []));
  return [id, slug, ...named].map((name) => name.toLowerCase());
}

function put<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
