import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import {
  areaCountries,
  channelAddress,
  type CountryProfile,
  type DirectoryRecord,
  type Entry,
  type Organisation,
  type RecordState,
  type RecordType,
} from '@waymark/domain';
import { isInJson, placeholdersOf, prepared } from './prepared.ts';
import { record, recordFacet, revision, slugHistory, suspension, type Listing } from './tables.ts';
import { writeLinks } from './recordLinks.ts';
import { listedName, searchTextOf, sortKey } from './searchText.ts';
import type { Reader, Writer } from './store.ts';

export const RECORD_FACETS = ['kind', 'country', 'language', 'network', 'state'] as const;
export type RecordFacet = (typeof RECORD_FACETS)[number];

export function toRecord(row: typeof record.$inferSelect): DirectoryRecord {
  const { id, type, slug, state, contentHash, createdAt, updatedAt } = row;
  // The type column says which document it is; it was parsed before it was written.
  return {
    id,
    type,
    slug,
    state,
    revision: row.revision,
    contentHash,
    createdAt,
    updatedAt,
    doc: row.doc as DirectoryRecord['doc'],
  };
}

const recordById = prepared((read: Reader) =>
  read
    .select()
    .from(record)
    .where(eq(record.id, sql.placeholder('id')))
    .prepare(),
);

export async function findRecord(read: Reader, id: string): Promise<DirectoryRecord | undefined> {
  const [row] = await recordById(read).execute({ id });
  return row && toRecord(row);
}

/**
 * By id, by slug (now or formerly), or for countries by ISO code. The slug of what was merged leads to the record that stayed; its id
 * still names its tombstone.
 */
export async function resolveRecord(
  read: Reader,
  type: RecordType,
  handle: string,
): Promise<DirectoryRecord | undefined> {
  const byId = await findRecord(read, handle);
  if (byId) return byId.type === type ? byId : undefined;
  const known = await slugOwner(read, type, type === 'country' ? handle.toLowerCase() : handle);
  return known === undefined ? undefined : whoStayed(read, known);
}

/** A merge into what was merged itself is followed to its end; none leads back, since what is retired takes no merge. */
async function whoStayed(read: Reader, id: string): Promise<DirectoryRecord | undefined> {
  const found = await findRecord(read, id);
  const { retirement } = (found?.doc ?? {}) as Partial<Entry>; // Entries and organisations alike.
  const [next] = found?.state === 'retired' && retirement?.reason === 'merged-into' ? retirement.successors : [];
  return next === undefined ? found : ((await whoStayed(read, next)) ?? found);
}

/** The revision and state of a record without its document: answers a conditional request cheaply. */
export async function recordStamp(
  read: Reader,
  id: string,
): Promise<{ revision: number; state: RecordState; type: RecordType } | undefined> {
  const [row] = await read
    .select({ revision: record.revision, state: record.state, type: record.type })
    .from(record)
    .where(eq(record.id, id));
  return row;
}

const referencesById = prepared((read: Reader) =>
  read
    .select({ id: record.id, name: record.name, slug: record.slug, type: record.type, state: record.state })
    .from(record)
    .where(isInJson(record.id, 'ids'))
    .prepare(),
);

/** Which of these ids exist, with what a link to them needs. */
export async function recordReferences(
  read: Reader,
  ids: Iterable<string>,
): Promise<Record<string, { name: string; slug: string; type: RecordType; state: RecordState }>> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return {};
  const rows = await referencesById(read).execute({ ids: JSON.stringify(wanted) });
  return Object.fromEntries(rows.map(({ id, ...rest }) => [id, rest]));
}

const recordBySlug = prepared((read: Reader) =>
  read
    .select({ id: slugHistory.recordId })
    .from(slugHistory)
    .where(and(eq(slugHistory.type, sql.placeholder('type')), eq(slugHistory.slug, sql.placeholder('slug'))))
    .prepare(),
);

/** The record of the type that uses a slug or ever did. */
export async function slugOwner(read: Reader, type: RecordType, slug: string): Promise<string | undefined> {
  const [row] = await recordBySlug(read).execute({ type, slug });
  return row?.id;
}

const insertRevision = prepared((tx: Writer) =>
  tx.insert(revision).values(placeholdersOf(revision)).returning({ revision: revision.revision }).prepare(),
);
const insertRecord = prepared((tx: Writer) => {
  const { seq: _, ...values } = placeholdersOf(record);
  return tx.insert(record).values(values).returning().prepare();
});
const updateRecord = prepared((tx: Writer) => {
  const { seq: _, id, type: __, createdAt: ___, ...set } = placeholdersOf(record);
  return tx
    .update(record)
    .set(set)
    .where(and(eq(record.id, id), eq(record.revision, sql.placeholder('expected'))))
    .returning()
    .prepare();
});
const noteSlug = prepared((tx: Writer) =>
  tx
    .insert(slugHistory)
    .values(placeholdersOf(slugHistory))
    .onConflictDoNothing()
    .returning({ slug: slugHistory.slug })
    .prepare(),
);

/**
 * Writes an approved revision and makes the record show it. The lock is the predicate on `revision`.
 * @param expected revision the change started from, 0 for a new record
 * @returns the record, or undefined when it moved meanwhile (nothing was written that a rollback would not undo)
 */
export async function putRecord(
  tx: Writer,
  next: {
    id: string;
    type: RecordType;
    slug: string;
    state: RecordState;
    contentHash: string;
    doc: unknown;
    proposalId: string;
    at: string;
  },
  expected: number,
): Promise<DirectoryRecord | undefined> {
  const { id, type, slug, state, contentHash, doc, proposalId, at } = next;
  const content = { type, state, contentHash, doc, revision: expected + 1 };
  await insertRevision(tx).execute({ ...content, recordId: id, proposalId, at });
  const listed = listedColumns(type, doc);
  const columns = { ...content, ...listed, id, slug, updatedAt: at };
  const [row] =
    expected === 0
      ? await insertRecord(tx).execute({ ...columns, createdAt: at })
      : await updateRecord(tx).execute({ ...columns, expected });
  if (!row) return undefined;
  await noteSlug(tx).execute({ type, slug, recordId: id });
  await writeFacets(tx, row);
  await writeLinks(tx, row);
  const { organisationId } = listed;
  const organisationName =
    organisationId === null ? '' : ((await recordReferences(tx, [organisationId]))[organisationId]?.name ?? '');
  await writeSearch(tx, row, organisationName);
  return toRecord(row);
}

/** Takes an active record out of sight without a new revision; the only change the database allows without review. */
export async function setSuspended(tx: Writer, id: string, expected: number): Promise<DirectoryRecord | undefined> {
  const [row] = await tx
    .update(record)
    .set({ state: 'suspended' })
    .where(and(eq(record.id, id), eq(record.revision, expected), eq(record.state, 'active')))
    .returning();
  if (!row) return undefined;
  await writeFacets(tx, row);
  return toRecord(row);
}

/** Columns of a record that are read out of its document, so that lists need not parse it. */
export function listedColumns(type: RecordType, doc: unknown) {
  const name = listedName(type, doc);
  const organisationId = type === 'entry' ? (doc as Entry).organisation : null;
  return { name, sortName: sortKey(name), kind: kindOf(type, doc), organisationId, listing: listingOf(type, doc) };
}

/** A list shows so many countries of an entry and then an ellipsis. */
const LISTED_COUNTRIES = 8;

function listingOf(type: RecordType, doc: unknown): Listing {
  if (type === 'country') return { countries: [], languages: [], networks: [], address: null };
  const networks = (doc as Entry | Organisation).memberships.map((m) => m.network);
  if (type === 'organisation') {
    const { locatedIn, website } = doc as Organisation;
    return { countries: locatedIn ? [locatedIn] : [], languages: [], networks, address: website ?? null };
  }
  const entry = doc as Entry;
  const countries = servedCountries(entry);
  return {
    countries: countries.length > LISTED_COUNTRIES ? [...countries.slice(0, LISTED_COUNTRIES), '…'] : countries,
    languages: offeredLanguages(entry),
    networks,
    address: firstAddress(entry),
  };
}

function kindOf(type: RecordType, doc: unknown): string {
  if (type === 'entry') return (doc as Entry).kind;
  return type === 'organisation' ? (doc as Organisation).type : 'country';
}

/** Values a record is found under, facet by facet. */
export function facetsOf(
  row: Pick<typeof record.$inferSelect, 'type' | 'kind' | 'state' | 'doc'>,
): [RecordFacet, string][] {
  const facets: [RecordFacet, string][] = [
    ['kind', row.kind],
    ['state', row.state],
  ];
  if (row.type === 'country') facets.push(['country', (row.doc as CountryProfile).country]);
  if (row.type === 'organisation') {
    const organisation = row.doc as Organisation;
    if (organisation.locatedIn) facets.push(['country', organisation.locatedIn]);
    for (const m of organisation.memberships) facets.push(['network', m.network]);
  }
  if (row.type === 'entry') {
    const entry = row.doc as Entry;
    for (const country of servedCountries(entry)) facets.push(['country', country]);
    for (const language of offeredLanguages(entry)) facets.push(['language', language]);
    for (const m of entry.memberships) facets.push(['network', m.network]);
  }
  return [...new Map(facets.map((pair) => [pair.join(' '), pair])).values()];
}

/** Countries an entry serves; everywhere is `001`. */
export function servedCountries(entry: Pick<Entry, 'serves'>): string[] {
  const all = entry.serves.flatMap((s) => {
    const countries = areaCountries(s.area);
    return countries === 'world' ? ['001'] : [...countries];
  });
  return [...new Set(all)];
}

/** Base languages of all channels. */
export function offeredLanguages(entry: Pick<Entry, 'channels'>): string[] {
  return [...new Set(entry.channels.flatMap((c) => c.languages ?? []).map((l) => l.tag.split('-')[0] ?? l.tag))];
}

const deleteFacets = prepared((tx: Writer) =>
  tx
    .delete(recordFacet)
    .where(eq(recordFacet.seq, sql.placeholder('seq')))
    .returning({ seq: recordFacet.seq })
    .prepare(),
);
const insertFacet = prepared((tx: Writer) =>
  tx.insert(recordFacet).values(placeholdersOf(recordFacet)).returning({ seq: recordFacet.seq }).prepare(),
);

async function writeFacets(tx: Writer, row: typeof record.$inferSelect): Promise<void> {
  const { seq, type } = row;
  await deleteFacets(tx).execute({ seq });
  for (const [facet, value] of facetsOf(row)) await insertFacet(tx).execute({ facet, value, type, seq });
}

// Full-text tables (drizzle/0001_guards.sql) know no RETURNING and no migrations of drizzle's; they are the one dialect hook (DESIGN §5).
const recordWords = sqliteTable('record_words', { rowid: integer().notNull(), words: text().notNull() });
const recordAddresses = sqliteTable('record_addresses', { rowid: integer().notNull(), addresses: text().notNull() });
const deleteWords = prepared((tx: Writer) =>
  tx
    .delete(recordWords)
    .where(eq(recordWords.rowid, sql.placeholder('rowid')))
    .prepare(),
);
const deleteAddresses = prepared((tx: Writer) =>
  tx
    .delete(recordAddresses)
    .where(eq(recordAddresses.rowid, sql.placeholder('rowid')))
    .prepare(),
);
const insertWords = prepared((tx: Writer) => tx.insert(recordWords).values(placeholdersOf(recordWords)).prepare());
const insertAddresses = prepared((tx: Writer) =>
  tx.insert(recordAddresses).values(placeholdersOf(recordAddresses)).prepare(),
);

async function writeSearch(tx: Writer, row: typeof record.$inferSelect, organisationName: string): Promise<void> {
  const { words, addresses } = searchTextOf(row.type, row.doc, organisationName);
  const rowid = row.seq;
  if (row.revision > 1) {
    await deleteWords(tx).execute({ rowid });
    await deleteAddresses(tx).execute({ rowid });
  }
  await insertWords(tx).execute({ rowid, words });
  await insertAddresses(tx).execute({ rowid, addresses });
}

/** All records of a type in id order, `batch` at a time: snapshots and exports stream them. */
export async function* eachRecord(read: Reader, type: RecordType, batch = 500): AsyncGenerator<DirectoryRecord> {
  let after = '';
  for (;;) {
    const rows = await read
      .select()
      .from(record)
      .where(and(eq(record.type, type), sql`${record.id} > ${after}`))
      .orderBy(asc(record.id))
      .limit(batch);
    for (const row of rows) yield toRecord(row);
    if (rows.length < batch) return;
    after = rows.at(-1)?.id ?? '';
  }
}

/** Active entries that serve one of the countries (`001` = everywhere): what an impact has to count. */
export async function activeEntriesServing(read: Reader, countries: readonly string[]): Promise<Entry[]> {
  if (countries.length === 0) return [];
  const rows = await read
    .select({ doc: record.doc })
    .from(record)
    .where(
      and(
        eq(record.type, 'entry'),
        eq(record.state, 'active'),
        inArray(
          record.seq,
          read
            .select({ seq: recordFacet.seq })
            .from(recordFacet)
            .where(
              and(
                eq(recordFacet.type, 'entry'),
                eq(recordFacet.facet, 'country'),
                inArray(recordFacet.value, [...countries]),
              ),
            ),
        ),
      ),
    );
  return rows.map((row) => row.doc as Entry);
}

export async function listRevisions(read: Reader, recordId: string) {
  return read.select().from(revision).where(eq(revision.recordId, recordId)).orderBy(desc(revision.revision));
}

const revisionByNumber = prepared((read: Reader) =>
  read
    .select()
    .from(revision)
    .where(and(eq(revision.recordId, sql.placeholder('recordId')), eq(revision.revision, sql.placeholder('number'))))
    .prepare(),
);

export async function findRevision(read: Reader, recordId: string, number: number) {
  const [row] = await revisionByNumber(read).execute({ recordId, number });
  return row;
}

/** All revisions in key order, for verification. */
export async function* eachRevision(read: Reader, batch = 500): AsyncGenerator<typeof revision.$inferSelect> {
  let last: { id: string; n: number } = { id: '', n: 0 };
  for (;;) {
    const rows = await read
      .select()
      .from(revision)
      .where(sql`(${revision.recordId}, ${revision.revision}) > (${last.id}, ${last.n})`)
      .orderBy(asc(revision.recordId), asc(revision.revision))
      .limit(batch);
    yield* rows;
    const end = rows.at(-1);
    if (rows.length < batch || !end) return;
    last = { id: end.recordId, n: end.revision };
  }
}

export async function insertSuspension(tx: Writer, row: typeof suspension.$inferInsert) {
  const [inserted] = await tx.insert(suspension).values(row).returning();
  return inserted;
}

const suspensionNotLifted = prepared((read: Reader) =>
  read
    .select()
    .from(suspension)
    .where(and(eq(suspension.recordId, sql.placeholder('recordId')), isNull(suspension.liftedAt)))
    .orderBy(desc(suspension.at))
    .limit(1)
    .prepare(),
);

/** The suspension of a record that was not lifted. */
export async function openSuspension(read: Reader, recordId: string) {
  const [row] = await suspensionNotLifted(read).execute({ recordId });
  return row;
}

export async function openSuspensions(read: Reader) {
  return read
    .select()
    .from(suspension)
    .where(and(sql`${suspension.liftedAt} is null`, sql`${suspension.confirmedAt} is null`))
    .orderBy(asc(suspension.confirmBy));
}

/** @returns the row, or undefined when it was confirmed or lifted already. */
export async function confirmSuspensionRow(tx: Writer, id: string, by: string, at: string) {
  const [row] = await tx
    .update(suspension)
    .set({ confirmedBy: by, confirmedAt: at })
    .where(and(eq(suspension.id, id), sql`${suspension.confirmedAt} is null`, sql`${suspension.liftedAt} is null`))
    .returning();
  return row;
}

export async function liftSuspensions(tx: Writer, recordId: string, at: string) {
  await tx
    .update(suspension)
    .set({ liftedAt: at })
    .where(and(eq(suspension.recordId, recordId), sql`${suspension.liftedAt} is null`))
    .returning({ id: suspension.id });
}

/** First number or address of an entry, for a list row. */
export function firstAddress(entry: Pick<Entry, 'channels'>): string | null {
  const live = entry.channels.filter((c) => !c.retired);
  const first = live.find((c) => c.type === 'phone') ?? live[0];
  return first ? channelAddress(first) : null;
}
