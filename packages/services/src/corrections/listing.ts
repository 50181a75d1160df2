import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  areaCountries,
  channelAddress,
  pickText,
  type ChannelType,
  type Kind,
  type LocalText,
  type PublishedEntry,
  type PublishedRecord,
  type Signpost,
} from '@waymark/domain';
import type { Publishing } from '../snapshots/publishing.ts';
import { currentSnapshot, linesOf, targetFile } from '../snapshots/tree.ts';

export type ListedChannel = { id: string; type: ChannelType; label: LocalText | undefined; address: string };

/** An entry as the public pages know it: what clients get, no more. */
export type ListedEntry = {
  id: string;
  slug: string;
  names: LocalText;
  kind: Kind;
  /** Where it serves: countries, or `001`. */
  areas: string[];
  channels: ListedChannel[];
};

/** What is published, in a form to look things up in. */
export type Listing = {
  entries: readonly ListedEntry[];
  /** By id, slug or former slug. */
  find(handle: string): ListedEntry | undefined;
  /** What may stand in a text about the entry although the disclosure guard would refuse it elsewhere. */
  namesOf(entry: ListedEntry): readonly string[];
  /** Where a report belongs that is made in this country: its hotlines, else those of the world. */
  signposts(country?: string): Signpost[];
};

/** Who takes reports, the most fitting first; then who listens. */
const TAKES_REPORTS: readonly Kind[] = ['hotline.web', 'portal.national', 'clearinghouse', 'law-enforcement.report'];
const LISTENS: readonly Kind[] = ['child-helpline'];
const FOR_THE_WORLD: readonly Kind[] = ['portal.global', 'directory'];
const MOST_SIGNPOSTS = 4;

const kept = new WeakMap<Publishing, { stamp: number; listing: Promise<Listing> }>();

/**
 * What clients get at this moment, read from the public tree: the database is not asked. Empty before the first snapshot.
 * @throws Problem storage-failed when the tree is damaged
 */
export async function publishedListing(publishing: Publishing): Promise<Listing> {
  const stamp = await stat(join(publishing.repoDir, 'metadata/timestamp.json')).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  const known = kept.get(publishing);
  if (known?.stamp === stamp) return known.listing;
  const listing = readListing(publishing.repoDir);
  kept.set(publishing, { stamp, listing });
  // What could not be read is tried again.
  listing.catch(() => kept.delete(publishing));
  return listing;
}

async function readListing(repoDir: string): Promise<Listing> {
  const current = await currentSnapshot(repoDir);
  const entries: ListedEntry[] = [];
  const byHandle = new Map<string, ListedEntry>();
  const names = new Map<string, string[]>();
  const organisations = new Map<string, { of: string[]; names: string[] }>();
  const signs: Sign[] = [];
  if (current) {
    const hash = current.manifest.contentDigest;
    for await (const line of linesOf(targetFile(repoDir, 'v1/directory.ndjson', hash), hash)) {
      if (line === '') continue;
      const published = JSON.parse(line) as PublishedRecord; // Its hash is that of the signed manifest.
      if (published.type === 'organisation') {
        const own = organisations.get(published.id) ?? { of: [], names: [] };
        own.names.push(...textsOf(published.names));
        organisations.set(published.id, own);
      }
      if (published.type !== 'entry') continue;
      const listed = toListed(published);
      entries.push(listed);
      for (const handle of [listed.id, listed.slug, ...(published.slugHistory ?? [])]) byHandle.set(handle, listed);
      names.set(listed.id, [...textsOf(published.names), ...(published.otherNames ?? []).map(({ name }) => name)]);
      const organisation = organisations.get(published.organisation) ?? { of: [], names: [] };
      organisation.of.push(listed.id);
      organisations.set(published.organisation, organisation);
      signs.push(...signsOf(published, listed));
    }
  }
  for (const { of, names: organisationNames } of organisations.values())
    for (const id of of) names.get(id)?.push(...organisationNames);
  return {
    entries,
    find: (handle) => byHandle.get(handle),
    namesOf: ({ id }) => names.get(id) ?? [],
    signposts: (country) => signpostsIn(signs, country),
  };
}

const textsOf = (text: LocalText): string[] => Object.values(text).map((translation) => translation.text);

function toListed(entry: PublishedEntry): ListedEntry {
  return {
    id: entry.id,
    slug: entry.slug,
    names: entry.names,
    kind: entry.kind,
    areas: [
      ...new Set(
        entry.serves.flatMap(({ area }) => {
          const countries = areaCountries(area);
          return countries === 'world' ? ['001'] : countries;
        }),
      ),
    ].sort(),
    channels: entry.channels.map((channel) => ({
      id: channel.id,
      type: channel.type,
      label: channel.label,
      address: channelAddress(channel),
    })),
  };
}

type Sign = Signpost & { areas: readonly string[] };

/** The first web address of who takes reports; of who listens the number, which works without reading. */
function signsOf(entry: PublishedEntry, listed: ListedEntry): Sign[] {
  const { kind } = entry;
  if (![...TAKES_REPORTS, ...LISTENS, ...FOR_THE_WORLD].includes(kind) || entry.operational.status === 'closed')
    return [];
  const wanted: readonly ChannelType[] = LISTENS.includes(kind) ? ['phone', 'url', 'chat'] : ['url', 'phone'];
  for (const type of wanted) {
    const channel = listed.channels.find((each) => each.type === type);
    if (channel) return [{ name: pickText(entry.names), kind, type, address: channel.address, areas: listed.areas }];
  }
  return [];
}

function signpostsIn(signs: readonly Sign[], country: string | undefined): Signpost[] {
  const here = signs.filter(({ areas }) => country !== undefined && areas.includes(country));
  const pick = (from: readonly Sign[], kinds: readonly Kind[], most: number): Signpost[] =>
    kinds
      .flatMap((kind) => from.filter((sign) => sign.kind === kind))
      .slice(0, most)
      .map(({ name, kind, type, address }) => ({ name, kind, type, address }));
  const reports = pick(here, TAKES_REPORTS, MOST_SIGNPOSTS);
  const worldwide = pick(
    signs.filter(({ areas }) => areas.includes('001')),
    FOR_THE_WORLD,
    MOST_SIGNPOSTS,
  );
  return [...(reports.length > 0 ? reports : worldwide), ...pick(here, LISTENS, 2)];
}
