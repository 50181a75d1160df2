import { OPEN_STATES, referencesOf, refuse, type DirectoryRecord, type Entry, type RecordType } from '@waymark/domain';
import {
  countFacets,
  countOpenProposals,
  countRecords,
  directoryVersion,
  FEW_HITS,
  listedRecords,
  openSuspension,
  orderHits,
  Problem,
  recordReferences,
  resolveRecord,
  userNames,
  walkHits,
  type Context,
  type FacetCounts,
  type ListedRecord,
  type RecordQuery,
} from '@waymark/store';
import { listProposals, type ProposalRow, type Reference } from '../proposals/show.ts';

export type RecordRow = Pick<DirectoryRecord, 'id' | 'type' | 'slug' | 'state' | 'revision' | 'updatedAt'> & {
  name: string;
  kind: string;
  organisationId: string | null;
  organisationName: string | null;
  countries: string[];
  languages: string[];
  networks: string[];
  address: string | null;
  openProposals: number;
};

export type RecordView = DirectoryRecord & {
  name: string;
  organisationName: string | null;
  openProposals: ProposalRow[];
  suspension: {
    id: string;
    reason: string;
    by: string;
    byName: string;
    at: string;
    confirmBy: string;
    confirmedBy: string | null;
    confirmedByName: string | null;
  } | null;
  references: Record<string, Reference>;
};

/** A record by id, by a slug it has or had, or for countries by ISO code. @throws Problem not-found */
export async function showRecord(ctx: Context, type: RecordType, handle: string): Promise<RecordView> {
  const { read } = ctx.store;
  const record = await resolveRecord(read, type, handle);
  if (!record) throw new Problem(refuse('not-found'));
  const references = await recordReferences(read, [record.id, ...referencesOf(type, record.doc).map((r) => r.id)]);
  const { [record.id]: own, ...others } = references;
  return {
    ...record,
    name: own?.name ?? record.slug,
    organisationName: type === 'entry' ? (others[(record.doc as Entry).organisation]?.name ?? null) : null,
    openProposals: await openProposalsOf(ctx, record.id),
    suspension: await suspensionOf(ctx, record.id),
    references: others,
  };
}

/** Most records have none, which is cheap to see. */
async function openProposalsOf(ctx: Context, recordId: string): Promise<ProposalRow[]> {
  const open = await countOpenProposals(ctx.store.read, recordId);
  if (open === 0) return [];
  const query = { recordId, states: OPEN_STATES, sort: '-updatedAt' } as const;
  return (await listProposals(ctx, query, { limit: 50, offset: 0 })).data;
}

async function suspensionOf(ctx: Context, recordId: string): Promise<RecordView['suspension']> {
  const row = await openSuspension(ctx.store.read, recordId);
  if (!row) return null;
  const names = await userNames(ctx.store.read, [row.by, ...(row.confirmedBy === null ? [] : [row.confirmedBy])]);
  const { id, reason, by, at, confirmBy, confirmedBy } = row;
  return {
    id,
    reason,
    by,
    byName: names.get(by) ?? by,
    at,
    confirmBy,
    confirmedBy,
    confirmedByName: confirmedBy === null ? null : (names.get(confirmedBy) ?? confirmedBy),
  };
}

/** What was counted and put in order is kept until the directory changes: that is what makes lists slow (PERFORMANCE). */
const figures = new WeakMap<Context['store'], { version: string; values: Map<string, unknown> }>();
/** Filters whose figures are kept; of each at most `FEW_HITS` numbers. */
const KEPT = 200;

async function untilNextChange<T>(ctx: Context, key: string, compute: () => Promise<T>): Promise<T> {
  const version = await directoryVersion(ctx.store.read);
  let kept = figures.get(ctx.store);
  if (kept?.version !== version) {
    kept = { version, values: new Map() };
    figures.set(ctx.store, kept);
  }
  if (kept.values.has(key)) return kept.values.get(key) as T; // Written below under the same key.
  const value = await compute();
  if (kept.values.size >= KEPT) kept.values.delete(kept.values.keys().next().value ?? '');
  kept.values.set(key, value);
  return value;
}

/** One page of approved records, with how many there are under the filters. */
export async function listRecords(
  ctx: Context,
  type: RecordType,
  query: RecordQuery,
  page: { limit: number; offset: number },
): Promise<{ data: RecordRow[]; total: number }> {
  const { read } = ctx.store;
  const { sort, ...filter } = query;
  const filterKey = `${type} ${JSON.stringify(filter)}`;
  const total = await untilNextChange(ctx, `total ${filterKey}`, () => countRecords(read, type, filter));
  const hits =
    total > FEW_HITS
      ? await walkHits(read, type, query, page)
      : (await untilNextChange(ctx, `order ${sort} ${filterKey}`, () => orderHits(read, type, query))).slice(
          page.offset,
          page.offset + page.limit,
        );
  return { data: (await listedRecords(read, hits)).map(toRow), total };
}

function toRow({
  id,
  type,
  slug,
  state,
  revision,
  updatedAt,
  name,
  kind,
  organisationId,
  organisationName,
  openProposals,
  listing,
}: ListedRecord): RecordRow {
  const { countries, languages, networks, address } = listing;
  return {
    id,
    type,
    slug,
    state,
    revision,
    updatedAt,
    name,
    kind,
    organisationId,
    organisationName,
    countries,
    languages,
    networks,
    address,
    openProposals,
  };
}

/** Number of records per value of each facet, under the other filters. */
export async function recordFacets(ctx: Context, type: RecordType, query: RecordQuery): Promise<FacetCounts> {
  const { sort: _, ...filter } = query;
  return untilNextChange(ctx, `facets ${type} ${JSON.stringify(filter)}`, () =>
    countFacets(ctx.store.read, type, filter),
  );
}
