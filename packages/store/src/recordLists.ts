import { and, asc, count, desc, eq, exists, inArray, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { OPEN_STATES, type DirectoryRecord, type RecordType } from '@waymark/domain';
import { isInJson, prepared } from './prepared.ts';
import { RECORD_FACETS, toRecord, type RecordFacet } from './records.ts';
import { matchAddress, matchWords } from './searchText.ts';
import type { Reader } from './store.ts';
import { auditEvent, proposal, record, recordFacet } from './tables.ts';

/** From the one that tells most records apart to the one that tells fewest: queries start from the first that is asked for. */
const FACETS_BY_SELECTIVITY = ['country', 'network', 'language', 'kind', 'state'] as const;
export type RecordSort = 'name' | '-name' | 'updatedAt' | '-updatedAt' | 'kind' | '-kind';

export type RecordQuery = {
  q?: string | undefined;
  ids?: readonly string[] | undefined;
  organisation?: string | undefined;
  sort?: RecordSort | undefined;
} & { [facet in RecordFacet]?: string | undefined };

/** Up to this many hits are put in order all at once, so that every page of them is a slice; more are walked in order. */
export const FEW_HITS = 10_000;

const lastChange = prepared((read: Reader) =>
  read
    .select({ seq: auditEvent.seq })
    .from(auditEvent)
    .where(eq(auditEvent.action, sql.placeholder('action')))
    .orderBy(desc(auditEvent.seq))
    .limit(1)
    .prepare(),
);

/** Says which directory this is: the same until a record enters, changes or leaves. Keys caches of what lists show. */
export async function directoryVersion(read: Reader): Promise<string> {
  const [applied] = await lastChange(read).execute({ action: 'proposal.apply' });
  const [suspended] = await lastChange(read).execute({ action: 'record.suspend' });
  return `${applied?.seq ?? ''}.${suspended?.seq ?? ''}`;
}

export async function countRecords(read: Reader, type: RecordType, query: RecordQuery): Promise<number> {
  const first = FACETS_BY_SELECTIVITY.find((facet) => query[facet] !== undefined);
  const isFacetsOnly = query.ids === undefined && query.organisation === undefined && !isSearch(query);
  const [row] =
    first !== undefined && isFacetsOnly
      ? await read
          .select({ n: count() })
          .from(recordFacet)
          .where(
            and(hasFacet(recordFacet, type, query, first), ...otherFacets(read, type, query, [first], recordFacet.seq)),
          )
      : await read
          .select({ n: count() })
          .from(hitSource(query))
          .where(hitConditions(read, type, query));
  return row?.n ?? 0;
}

/** All hits in list order, by `seq`. For queries of few hits, see `FEW_HITS`. */
export async function orderHits(read: Reader, type: RecordType, query: RecordQuery): Promise<number[]> {
  const rows = await read
    .select({ seq: hitSeq })
    .from(hitSource(query))
    .where(hitConditions(read, type, query))
    .orderBy(...recordOrder(query.sort));
  return rows.map((row) => row.seq);
}

/** A window of the hits in list order, by `seq`: walks an index in that order and keeps what fits. For queries of many hits. */
export async function walkHits(
  read: Reader,
  type: RecordType,
  query: RecordQuery,
  page: { limit: number; offset: number },
): Promise<number[]> {
  const rows = await read
    .select({ seq: record.seq })
    .from(record)
    .where(
      and(
        eq(record.type, type),
        query.kind === undefined ? undefined : inArray(record.kind, query.kind.split(',')),
        ...named(query),
        isSearch(query) ? inArray(record.seq, searched(query.q)) : undefined,
        ...otherFacets(read, type, query, ['kind'], record.seq),
      ),
    )
    .orderBy(...recordOrder(query.sort))
    .limit(page.limit)
    .offset(page.offset);
  return rows.map((row) => row.seq);
}

function isSearch(query: RecordQuery): query is RecordQuery & { q: string } {
  return query.q !== undefined && query.q.trim() !== '';
}

/**
 * Where hits are looked up. The hint keeps SQLite from reading whole rows, documents included, to learn their sort keys:
 * left alone it prefers the row id. PostgreSQL needs no such hint.
 */
function hitSource(query: RecordQuery): SQL {
  const isByKey = isSearch(query) || FACETS_BY_SELECTIVITY.some((facet) => query[facet] !== undefined);
  return isByKey && named(query).length === 0 ? sql`${record} indexed by record_sort_keys` : sql`${record}`;
}

/** As SQL, since drizzle does not see that `hitSource` holds the column. */
const hitSeq = sql<number>`${record.seq}`;

function hitConditions(read: Reader, type: RecordType, query: RecordQuery): SQL | undefined {
  const first = isSearch(query) ? undefined : FACETS_BY_SELECTIVITY.find((facet) => query[facet] !== undefined);
  return and(
    eq(record.type, type),
    ...named(query),
    isSearch(query) ? inArray(record.seq, searched(query.q)) : undefined,
    first &&
      inArray(
        record.seq,
        read
          .select({ seq: recordFacet.seq })
          .from(recordFacet)
          .where(hasFacet(recordFacet, type, query, first)),
      ),
    ...otherFacets(read, type, query, first ? [first] : [], record.seq),
  );
}

function named(query: RecordQuery): SQL[] {
  return [
    ...(query.organisation === undefined ? [] : [eq(record.organisationId, query.organisation)]),
    ...(query.ids === undefined ? [] : [inArray(record.id, [...query.ids])]),
  ];
}

const other = alias(recordFacet, 'other');

function hasFacet(
  rows: typeof recordFacet | typeof other,
  type: RecordType,
  query: RecordQuery,
  facet: RecordFacet,
): SQL | undefined {
  return and(eq(rows.type, type), eq(rows.facet, facet), inArray(rows.value, query[facet]?.split(',') ?? []));
}

function otherFacets(
  read: Reader,
  type: RecordType,
  query: RecordQuery,
  except: readonly RecordFacet[],
  seq: typeof record.seq | typeof recordFacet.seq,
): SQL[] {
  return FACETS_BY_SELECTIVITY.filter((facet) => query[facet] !== undefined && !except.includes(facet)).map((facet) =>
    exists(
      read
        .select({ seq: other.seq })
        .from(other)
        .where(and(hasFacet(other, type, query, facet), eq(other.seq, seq))),
    ),
  );
}

/** Rows whose words or addresses hold what was typed. */
function searched(q: string): SQL {
  const words = matchWords(q);
  const address = matchAddress(q);
  const parts = [
    words === undefined ? undefined : sql`select rowid from record_words where record_words match ${words}`,
    address === undefined ? undefined : sql`select rowid from record_addresses where record_addresses match ${address}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? sql`(select null)` : sql`(${sql.join(parts, sql` union `)})`;
}

function recordOrder(sort: RecordSort = 'name'): SQL[] {
  switch (sort) {
    case 'name':
      return [asc(record.sortName), asc(record.seq)];
    case '-name':
      return [desc(record.sortName), desc(record.seq)];
    case 'updatedAt':
      return [asc(record.updatedAt), asc(record.seq)];
    case '-updatedAt':
      return [desc(record.updatedAt), desc(record.seq)];
    case 'kind':
      return [asc(record.kind), asc(record.sortName), asc(record.seq)];
    case '-kind':
      return [desc(record.kind), asc(record.sortName), asc(record.seq)];
  }
}

const organisation = alias(record, 'organisation');

const rowsBySeq = prepared((read: Reader) =>
  read
    .select({
      seq: record.seq,
      id: record.id,
      type: record.type,
      slug: record.slug,
      state: record.state,
      revision: record.revision,
      updatedAt: record.updatedAt,
      name: record.name,
      kind: record.kind,
      organisationId: record.organisationId,
      organisationName: organisation.name,
      listing: record.listing,
      openProposals: sql<number>`(select count(*) from ${proposal} where ${proposal.recordId} = ${record.id} and ${inArray(proposal.state, [...OPEN_STATES])})`,
    })
    .from(record)
    .leftJoin(organisation, eq(organisation.id, record.organisationId))
    .where(isInJson(record.seq, 'seqs'))
    .prepare(),
);

/** What a list shows of these records, in their order. No document is read. */
export async function listedRecords(read: Reader, seqs: readonly number[]) {
  const rows = await rowsBySeq(read).execute({ seqs: JSON.stringify(seqs) });
  const bySeq = new Map(rows.map((row) => [row.seq, row]));
  return seqs.flatMap((seq) => bySeq.get(seq) ?? []);
}

export type ListedRecord = Awaited<ReturnType<typeof listedRecords>>[number];

const documentsBySeq = prepared((read: Reader) =>
  read.select().from(record).where(isInJson(record.seq, 'seqs')).prepare(),
);

/** Every matching record in list order, `batch` documents at a time, for exports. */
export async function* eachMatching(
  read: Reader,
  type: RecordType,
  query: RecordQuery,
  batch = 500,
): AsyncGenerator<DirectoryRecord> {
  const seqs = await orderHits(read, type, query);
  for (let at = 0; at < seqs.length; at += batch) {
    const wanted = seqs.slice(at, at + batch);
    const rows = await documentsBySeq(read).execute({ seqs: JSON.stringify(wanted) });
    const bySeq = new Map(rows.map((row) => [row.seq, row]));
    for (const seq of wanted) {
      const row = bySeq.get(seq);
      if (row) yield toRecord(row);
    }
  }
}

export type FacetCounts = Record<RecordFacet, { value: string; count: number }[]>;

/** How many records each value of each facet has, under the other filters. */
export async function countFacets(read: Reader, type: RecordType, query: RecordQuery): Promise<FacetCounts> {
  const counts: FacetCounts = { kind: [], country: [], language: [], network: [], state: [] };
  const isAsked = (facet: RecordFacet) => query[facet] !== undefined;
  const add = (rows: { facet: string; value: string; count: number }[]) => {
    // The store writes no other facets.
    for (const { facet, value, count } of rows) counts[facet as RecordFacet].push({ value, count });
  };
  add(
    await countValues(
      read,
      type,
      query,
      RECORD_FACETS.filter((facet) => !isAsked(facet)),
    ),
  );
  for (const facet of RECORD_FACETS.filter(isAsked))
    add(await countValues(read, type, { ...query, [facet]: undefined }, [facet]));
  return counts;
}

async function countValues(read: Reader, type: RecordType, query: RecordQuery, facets: readonly RecordFacet[]) {
  const isFiltered =
    isSearch(query) || named(query).length > 0 || RECORD_FACETS.some((facet) => query[facet] !== undefined);
  const hits = read
    .select({ seq: hitSeq })
    .from(hitSource(query))
    .where(hitConditions(read, type, query));
  const n = count();
  return read
    .select({ facet: recordFacet.facet, value: recordFacet.value, count: n })
    .from(recordFacet)
    .where(
      and(
        isFiltered ? inArray(recordFacet.seq, hits) : eq(recordFacet.type, type),
        inArray(recordFacet.facet, [...facets]),
      ),
    )
    .groupBy(recordFacet.facet, recordFacet.value)
    .orderBy(desc(n), asc(recordFacet.value));
}
