import type { Entry } from '@waymark/domain';
import { draft, newId, submit } from '@waymark/services';
import {
  countRecords,
  findRecord,
  listedRecords,
  walkHits,
  type Context,
  type RecordQuery,
  type RecordSort,
  type Store,
} from '@waymark/store';
import { seeded } from './directory.ts';
import { PEOPLE, type Person } from './fill.ts';

/** Who does it, as a verb is given it. */
export function as(store: Store, person: Person): Context {
  return { store, now: () => new Date(), newId, actorId: PEOPLE[person].id };
}

export type ListQuery = RecordQuery & { sort: RecordSort };

/** Ids of entries from all over the directory. */
export async function someEntryIds(store: Store, count: number): Promise<string[]> {
  const total = await countRecords(store.read, 'entry', {});
  const random = seeded(1);
  const ids = new Set<string>();
  while (ids.size < Math.min(count, total)) {
    const [row] = await listedRecords(
      store.read,
      await walkHits(store.read, 'entry', {}, { limit: 1, offset: Math.floor(random() * total) }),
    );
    if (row) ids.add(row.id);
  }
  return [...ids];
}

async function entryOf(store: Store, id: string): Promise<Entry> {
  const record = await findRecord(store.read, id);
  if (record?.type !== 'entry') throw new Error(`There is no entry ${id}`);
  return record.doc as Entry; // The type says which document it is.
}

const COUNTRIES = ['US', 'GB', 'DE', 'FR', 'IT', 'NL', 'AU', 'CA', 'CH', 'IN', 'BE', '001'];
const KINDS = ['hotline.web', 'child-helpline', 'missing-child', 'law-enforcement.report', 'portal.national'];
const NETWORKS = ['inhope', 'mce', 'chi', '116-000'];
const LANGUAGES = ['en', 'fr', 'es', 'de'];

/** Lists under two filters, as people narrow them down: each that finds something, by name and by date. */
export async function twoFilterQueries(store: Store): Promise<ListQuery[]> {
  const pairs: RecordQuery[] = [
    ...COUNTRIES.flatMap((country) => [
      ...KINDS.map((kind) => ({ country, kind })),
      { country, language: 'en' },
      { country, state: 'active' },
    ]),
    ...NETWORKS.flatMap((network) => LANGUAGES.map((language) => ({ network, language }))),
    ...KINDS.map((kind) => ({ kind, state: 'active' })),
  ];
  const queries: ListQuery[] = [];
  for (const [at, pair] of pairs.entries()) {
    if ((await countRecords(store.read, 'entry', pair)) > 0)
      queries.push({ ...pair, sort: at % 2 === 0 ? 'name' : '-updatedAt' });
  }
  return queries;
}

/** Broad words in three scripts: what the real directory is searched for. */
export const BROAD_SEARCHES = ['línea', 'дітей', '116111'];

/** Searches in three scripts that differ each time, so that no answer is one that was kept. */
export async function someSearches(store: Store, count: number): Promise<string[]> {
  const places: string[] = [];
  for (const id of await someEntryIds(store, count)) {
    const entry = await entryOf(store, id);
    places.push(Object.values(entry.names)[0]?.text.split(' ').at(-1)?.toLowerCase() ?? '');
  }
  const random = seeded(2);
  const digits = () => String(Math.floor(random() * 100_000)).padStart(5, '0');
  return places.map(
    (place, at) => [`línea ${place}`, `дітей ${place}`, digits(), `helpline ${place.slice(0, 5)}`][at % 4] ?? place,
  );
}

/** A proposal that waits for its approval. */
export type Waiting = { id: string; contentHash: string };

/**
 * Proposals in review, each a new web address of a hotline with its evidence (R2, one approval), for so many different
 * entries. Making them is not what is measured.
 * @param from where to begin among the hotlines in order of their names, so that no two calls take the same
 */
export async function proposeChanges(
  store: Store,
  count: number,
  from: { sort: 'name' | '-name'; offset: number },
): Promise<Waiting[]> {
  const curator = as(store, 'curator');
  const waiting: Waiting[] = [];
  const seqs = await walkHits(
    store.read,
    'entry',
    { kind: 'hotline.web', state: 'active', sort: from.sort },
    { limit: count, offset: from.offset },
  );
  for (const { id } of await listedRecords(store.read, seqs)) {
    const doc = withNewAddress(await entryOf(store, id));
    const drafted = await draft(curator, {
      kind: 'update',
      recordType: 'entry',
      recordId: id,
      doc,
      summary: 'New address',
    });
    waiting.push(await submit(curator, drafted.id));
  }
  if (waiting.length < count)
    throw new Error(`Only ${waiting.length} of ${count} entries could be changed: ask for more --entries`);
  return waiting;
}

/** The entry with another web address, or a first one, and where that can be seen. */
function withNewAddress(entry: Entry): Entry {
  const old = entry.channels.find((channel) => channel.type === 'url');
  const { origin } = new URL(old?.type === 'url' ? old.value.href : 'https://hotline.example.org/');
  const path = `${origin}/contact/${newId().slice(-6)}`;
  const moved: Entry['channels'][number] =
    old?.type === 'url'
      ? { ...old, value: { ...old.value, href: path } }
      : { id: 'bench', type: 'url', value: { href: path } };
  const evidence: Entry['evidence'][number] = {
    id: 'bench',
    kind: 'official-page',
    title: 'Contact page',
    url: path,
    sensitivity: 'public',
    supports: [`/channels/${moved.id}`],
  };
  return {
    ...entry,
    channels: [...entry.channels.filter((channel) => channel !== old), moved],
    evidence: [...entry.evidence, evidence],
  };
}

/** New entries like those that are there, to be imported. */
export async function documentsToImport(store: Store, count: number, name: string): Promise<Entry[]> {
  const documents: Entry[] = [];
  for (const id of await someEntryIds(store, count)) {
    const { retirement: _, ...entry } = await entryOf(store, id);
    const slug = `${entry.slug.slice(0, 60)}-${name}-${documents.length}`;
    documents.push({ ...entry, id: newId(), slug });
  }
  return documents;
}
