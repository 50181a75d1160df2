import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DirectoryRecord, Entry } from '@waymark/domain';
import {
  countFacets,
  countRecords,
  eachMatching,
  listedRecords,
  orderHits,
  walkHits,
  type RecordQuery,
} from './recordLists.ts';
import { eachRecord, facetsOf, setSuspended, type RecordFacet } from './records.ts';
import { buildOrganisation, enter, enterEntry, openWorld, retire, type World } from '../../../tests/support/world.ts';

const ALL = { limit: 1000, offset: 0 };
const SORTS = ['name', '-name', 'updatedAt', '-updatedAt', 'kind'] as const;
const QUERIES: RecordQuery[] = [
  {},
  { kind: 'hotline.web' },
  { country: 'FR' },
  { country: 'DE', language: 'de' },
  { country: 'DE', kind: 'child-helpline', state: 'active' },
  { network: 'inhope', language: 'fr' },
  { state: 'retired' },
  { q: 'sorgen' },
  { q: '3012' },
  { q: 'sorgen', country: 'DE', state: 'active' },
  { country: 'AQ' },
];

let world: World;
let entries: DirectoryRecord[];

beforeAll(async () => {
  world = await openWorld();
  const organisation = await enter(world, 'organisation', buildOrganisation());
  const add = (slug: string, overrides: Partial<Entry> = {}) => enterEntry(world, { slug, organisation, ...overrides });
  const inFrench: Entry['channels'] = [
    {
      id: 'web',
      type: 'url',
      value: { href: 'https://help.example.org/fr' },
      languages: [{ tag: 'fr' }, { tag: 'de-AT' }],
    },
  ];
  const serving = (...areas: string[]) => areas.map((area) => ({ area, basis: 'any', strength: 'primary' }) as const);
  await add('sorgen-eins', {
    channels: [
      {
        id: 'tel',
        type: 'phone',
        value: { number: { kind: 'e164', digits: '498955555' } },
        languages: [{ tag: 'de' }],
      },
    ],
  });
  await add('sorgen-zwei', { serves: serving('DE', 'FR'), channels: inFrench });
  await add('ligne', {
    kind: 'hotline.web',
    serves: serving('FR'),
    channels: inFrench,
    memberships: [{ network: 'inhope', status: 'member' }],
  });
  const { id: gone } = await add('sorgen-alt');
  await retire(world, gone);
  const { id: hidden } = await add('sorgen-verborgen');
  await world.store.transaction((tx) => setSuspended(tx, hidden, 1));
  entries = [];
  for await (const record of eachRecord(world.store.read, 'entry')) entries.push(record);
});
afterAll(() => world.close());

/** What filters and search say, read from the documents. */
function matches({ doc, state }: DirectoryRecord, { q, ...filters }: RecordQuery): boolean {
  const entry = doc as Entry; // Only entries are looked at here.
  const facets = facetsOf({ type: 'entry', kind: entry.kind, state, doc }).map(([facet, value]) => `${facet} ${value}`);
  const isNarrowedTo = Object.entries(filters).every(([facet, value]) => facets.includes(`${facet} ${String(value)}`));
  return isNarrowedTo && (q === undefined || JSON.stringify([entry.slug, entry.channels]).includes(q));
}

describe.each(QUERIES)('a list under %j', (query) => {
  it('finds the same in one go as by walking, in every order', async () => {
    const { read } = world.store;
    for (const sort of SORTS) {
      const ordered = await orderHits(read, 'entry', { ...query, sort });
      expect(await walkHits(read, 'entry', { ...query, sort }, ALL)).toEqual(ordered);
      expect(await walkHits(read, 'entry', { ...query, sort }, { limit: 2, offset: 1 })).toEqual(ordered.slice(1, 3));
      expect(await countRecords(read, 'entry', query)).toBe(ordered.length);
    }
  });

  it('finds what the documents say', async () => {
    const found = await listedRecords(world.store.read, await orderHits(world.store.read, 'entry', query));
    const expected = entries.filter((record) => matches(record, query));
    expect(found.map((row) => row.id).sort()).toEqual(expected.map((record) => record.id).sort());
  });

  it('counts facets as if each filter were taken away in turn', async () => {
    const { read } = world.store;
    const counts = await countFacets(read, 'entry', query);
    for (const [facet, values] of Object.entries(counts)) {
      for (const { value, count } of values) {
        expect(await countRecords(read, 'entry', { ...query, [facet as RecordFacet]: value })).toBe(count);
      }
    }
  });
});

it('shows of a record what its document says, without reading it', async () => {
  const { read } = world.store;
  const [row] = await listedRecords(read, await orderHits(read, 'entry', { q: 'sorgen zwei' }));
  expect(row).toMatchObject({
    slug: 'sorgen-zwei',
    organisationName: expect.stringContaining('Organisation') as string,
    listing: { countries: ['DE', 'FR'], languages: ['fr', 'de'], networks: [], address: 'https://help.example.org/fr' },
    openProposals: 0,
  });
});

it('finds a number however it is written', async () => {
  const { read } = world.store;
  for (const q of ['+49 89 55555', '4989-55555', '8955555', '٨٩٥٥٥٥٥']) {
    const rows = await listedRecords(read, await orderHits(read, 'entry', { q }));
    expect(rows.map((row) => row.slug)).toEqual(['sorgen-eins']);
  }
});

it('exports every match in list order', async () => {
  const slugs: string[] = [];
  for await (const record of eachMatching(world.store.read, 'entry', { country: 'FR', sort: 'name' }, 1))
    slugs.push(record.slug);
  expect(slugs).toEqual(['ligne', 'sorgen-zwei']);
});

it('takes what was typed as words and never as a query', async () => {
  for (const q of ['"', '*', 'words:x', 'NEAR(', 'a AND', '(', '-', "'", '\0', '%']) {
    await expect(orderHits(world.store.read, 'entry', { q })).resolves.toBeDefined();
  }
});
