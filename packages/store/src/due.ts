import { and, asc, count, eq, gt, gte, inArray, isNull, lte, notInArray, or, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import { OVERDUE_AFTER_DAYS, type DueState, type PlanRow } from '@waymark/domain';
import { isInJson, prepared } from './prepared.ts';
import { FEW_HITS, orderHits } from './recordLists.ts';
import { DUE_RANK, proposal, record, recordFacet, user, verification, verificationState, work } from './tables.ts';
import type { Reader } from './store.ts';

const FACETS = ['country', 'network', 'language', 'kind'] as const;

export type DueQuery = {
  /** One state; `all` with what is fresh, put off or waits for something; absent: what is to be done. */
  state?: Exclude<DueState, 'fresh'> | 'all' | undefined;
  q?: string | undefined;
  /** Countries in which it is office time. */
  officeIn?: readonly string[] | undefined;
  /** Given to this person; `null`: to nobody. */
  assignee?: string | null | undefined;
  /** What this person is at, or was given for today or no day. */
  mine?: string | undefined;
} & { [facet in (typeof FACETS)[number]]?: string | undefined };

const state = verificationState;
const DAY = 86_400_000;

/** Ranks of what has an alarm, and of what may be unsafe (domain `dueRank`). */
const HAS_ALARM = sql`${DUE_RANK} < 20`;
const MAY_BE_UNSAFE = sql`${DUE_RANK} < 10`;

/** What somebody has to look at: it is due, or an alarm waits. */
const isToDo = (now: string) => or(HAS_ALARM, lte(state.dueAt, now));

const isNotExpired = (now: string) => or(isNull(state.expiresAt), gt(state.expiresAt, now));

/** `dueState` of the domain as conditions: each entry is in one of the states. */
function isInState(wanted: DueQuery['state'], now: string): SQL | undefined {
  const overdueSince = new Date(Date.parse(now) - OVERDUE_AFTER_DAYS * DAY).toISOString();
  switch (wanted) {
    case undefined:
      return isToDo(now);
    case 'all':
      return undefined;
    case 'expired':
      return lte(state.expiresAt, now);
    case 'overdue':
      return and(isNotExpired(now), lte(state.dueAt, overdueSince));
    case 'due':
      return and(isNotExpired(now), gt(state.dueAt, overdueSince), lte(state.dueAt, now));
    case 'soon':
      return and(isNotExpired(now), gt(state.dueAt, now), lte(state.remindAt, now));
  }
}

/** What is not shown to anybody needs no check. Few are not: so they are listed, rather than the others looked up. */
function isShown(read: Reader): SQL {
  const hidden = read
    .select({ id: record.id })
    .from(recordFacet)
    .innerJoin(record, eq(record.seq, recordFacet.seq))
    .where(
      and(
        eq(recordFacet.type, 'entry'),
        eq(recordFacet.facet, 'state'),
        inArray(recordFacet.value, ['suspended', 'retired']),
      ),
    );
  return notInArray(state.recordId, hidden);
}

/**
 * Neither put off, nor waiting for the next attempt or for the review of what was seen; what may be unsafe waits for nothing.
 */
function isAwake(read: Reader, now: string): SQL | undefined {
  const resting = read
    .select({ id: work.recordId })
    .from(work)
    .where(or(gt(work.snoozedUntil, now), gt(work.nextAttemptAt, now)));
  const inReview = read
    .select({ id: proposal.recordId })
    .from(proposal)
    .innerJoin(
      verification,
      and(eq(verification.recordId, proposal.recordId), eq(verification.proposalId, proposal.id)),
    )
    .where(eq(proposal.state, 'in-review'));
  return or(MAY_BE_UNSAFE, and(notInArray(state.recordId, resting), notInArray(state.recordId, inReview)));
}

function isGivenAs(read: Reader, { assignee, mine }: DueQuery, now: string): SQL[] {
  const checks = (where: SQL | undefined) => read.select({ id: work.recordId }).from(work).where(where);
  return [
    ...(assignee === undefined
      ? []
      : assignee === null
        ? [notInArray(state.recordId, checks(sql`${work.assigneeId} is not null`))]
        : [inArray(state.recordId, checks(eq(work.assigneeId, assignee)))]),
    ...(mine === undefined ? [] : [inArray(state.recordId, checks(isMine(mine, now)))]),
  ];
}

function isMine(userId: string, now: string): SQL | undefined {
  return or(
    and(eq(work.assigneeId, userId), or(isNull(work.plannedFor), lte(work.plannedFor, now.slice(0, 10)))),
    and(eq(work.claimedBy, userId), gt(work.claimedUntil, now)),
  );
}

const hasFacet = (facet: (typeof FACETS)[number], value: string) =>
  and(eq(recordFacet.type, 'entry'), eq(recordFacet.facet, facet), inArray(recordFacet.value, value.split(',')));

const facetsOf = (query: DueQuery) =>
  FACETS.flatMap((facet) => {
    const value = query[facet];
    return value === undefined ? [] : [{ facet, value }];
  });

/** How many entries the filter that lets fewest pass lets pass: with few, one starts from them; with many, from the first in order. */
async function isNarrow(read: Reader, query: DueQuery): Promise<boolean> {
  if (query.q !== undefined || query.mine !== undefined || typeof query.assignee === 'string') return true;
  for (const { facet, value } of facetsOf(query)) {
    const [row] = await read.select({ n: count() }).from(recordFacet).where(hasFacet(facet, value));
    if ((row?.n ?? 0) <= FEW_HITS) return true;
  }
  return false;
}

function facetConditions(read: Reader, query: DueQuery, narrow: boolean): SQL[] {
  return facetsOf(query).map(({ facet, value }) => {
    const hits = read
      .select({ id: record.id })
      .from(recordFacet)
      .innerJoin(record, eq(record.seq, recordFacet.seq))
      .where(and(hasFacet(facet, value), narrow ? undefined : eq(record.id, state.recordId)));
    return narrow ? inArray(state.recordId, hits) : sql`exists ${hits}`;
  });
}

/** Where somebody answers for an entry: the country of its organisation, else the only country it serves. */
const OFFICE_COUNTRY = sql<string | null>`coalesce(
  (select f.value from record_facet f where f.seq = organisation.seq and f.facet = 'country' limit 1),
  (select case when count(*) = 1 then max(f.value) end from record_facet f where f.seq = record.seq and f.facet = 'country'))`;

function isInOffice(countries: readonly string[]): SQL {
  return sql`(select ${OFFICE_COUNTRY} from record left join record organisation on organisation.id = record.organisation_id
    where record.id = ${state.recordId}) in (select value from json_each(${JSON.stringify(countries)}))`;
}

/** Ids of entries that a search found, as JSON. */
async function foundBy(read: Reader, { q }: DueQuery): Promise<SQL | undefined> {
  if (q === undefined) return undefined;
  const seqs = JSON.stringify(await orderHits(read, 'entry', { q }));
  return sql`${state.recordId} in (select id from record where seq in (select value from json_each(${seqs})))`;
}

/** @param narrow whether one starts from the few that pass a filter, or asks the filter about each in order */
function conditions(
  read: Reader,
  query: DueQuery,
  { now, narrow, found }: { now: string; narrow: boolean; found: SQL | undefined },
): SQL | undefined {
  return and(
    ...isGivenAs(read, query, now),
    ...facetConditions(read, query, narrow),
    found,
    isInState(query.state, now),
    query.state === 'all' ? undefined : isAwake(read, now),
    isShown(read),
    query.officeIn === undefined ? undefined : isInOffice(query.officeIn),
  );
}

/** The most pressing first (domain `compareDue`). */
const IN_ORDER = [asc(DUE_RANK), asc(state.dueAt), asc(state.recordId)];

/**
 * Walks the index of that order. The hint keeps SQLite from sorting all entries to learn which come first; PostgreSQL needs none.
 */
const WALKED = sql`${verificationState} indexed by verification_state_by_rank`;

/** One page of checks, the most pressing first, by the id of their entry; and how many there are. */
export async function pageDue(
  read: Reader,
  query: DueQuery,
  now: string,
  page: { limit: number; offset: number },
): Promise<{ ids: string[]; total: number }> {
  const narrow = await isNarrow(read, query);
  const found = await foundBy(read, query);
  const rows = await read
    // As SQL, since drizzle does not see that `WALKED` holds the column.
    .select({ id: sql<string>`${state.recordId}` })
    .from(narrow ? sql`${verificationState}` : WALKED)
    .where(conditions(read, query, { now, narrow, found }))
    .orderBy(...IN_ORDER)
    .limit(page.limit)
    .offset(page.offset);
  return { ids: rows.map(({ id }) => id), total: await countFound(read, query, now, found) };
}

export async function countDue(read: Reader, query: DueQuery, now: string): Promise<number> {
  return countFound(read, query, now, await foundBy(read, query));
}

async function countFound(read: Reader, query: DueQuery, now: string, found: SQL | undefined): Promise<number> {
  // Without a filter the index alone can tell.
  const isPlain = facetsOf(query).length === 0 && (query.state === undefined || query.state === 'all');
  const isByIndex = isPlain && found === undefined && query.mine === undefined && query.assignee === undefined;
  const [counted] = await read
    .select({ n: count() })
    .from(isByIndex ? WALKED : sql`${verificationState}`)
    .where(conditions(read, query, { now, narrow: true, found }));
  return counted?.n ?? 0;
}

const organisation = alias(record, 'organisation');
const assignee = alias(user, 'assignee');
const claimer = alias(user, 'claimer');

const dueRowsById = prepared((read: Reader) =>
  read
    .select({
      state,
      work,
      record: {
        revision: record.revision,
        slug: record.slug,
        name: record.name,
        kind: record.kind,
        listing: record.listing,
      },
      assigneeName: assignee.name,
      claimedByName: claimer.name,
      officeCountry: OFFICE_COUNTRY,
    })
    .from(state)
    .innerJoin(record, eq(record.id, state.recordId))
    .leftJoin(organisation, eq(organisation.id, record.organisationId))
    .leftJoin(work, eq(work.recordId, state.recordId))
    .leftJoin(assignee, eq(assignee.id, work.assigneeId))
    .leftJoin(claimer, eq(claimer.id, work.claimedBy))
    .where(isInJson(state.recordId, 'ids'))
    .prepare(),
);

/** What the queue shows of these entries, in their order. No document is read. */
export async function dueRows(read: Reader, ids: readonly string[]) {
  const rows = await dueRowsById(read).execute({ ids: JSON.stringify(ids) });
  const byId = new Map(rows.map((row) => [row.state.recordId, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

export type DueRowData = Awaited<ReturnType<typeof dueRows>>[number];

/** How many entries are in each state that asks for somebody, as the list behind each figure counts them. */
export async function countDueStates(
  read: Reader,
  now: string,
): Promise<Record<'due' | 'overdue' | 'expired' | 'soon', number>> {
  const sum = (wanted: 'due' | 'overdue' | 'expired' | 'soon') =>
    sql<number>`coalesce(sum(case when ${isInState(wanted, now)} then 1 else 0 end), 0)`;
  const [row] = await read
    .select({ due: sum('due'), overdue: sum('overdue'), expired: sum('expired'), soon: sum('soon') })
    .from(state)
    .where(and(isAwake(read, now), isShown(read)));
  return row ?? { due: 0, overdue: 0, expired: 0, soon: 0 };
}

/** Checks to be done by the person they were given to. */
export async function openByAssignee(read: Reader, now: string): Promise<Map<string, number>> {
  const rows = await read
    .select({ userId: work.assigneeId, n: count() })
    .from(work)
    .innerJoin(state, eq(state.recordId, work.recordId))
    .where(and(sql`${work.assigneeId} is not null`, isToDo(now), isShown(read)))
    .groupBy(work.assigneeId);
  return new Map(rows.map(({ userId, n }) => [userId ?? '', n]));
}

/** Entries each person looked at since a moment, whatever came out, and how many of them since a later one. */
export async function doneByPerson(
  read: Reader,
  userIds: readonly string[],
  since: string,
  today: string,
): Promise<Map<string, { since: number; today: number }>> {
  const rows = await read
    .select({
      userId: verification.userId,
      since: sql<number>`count(distinct ${verification.recordId})`,
      today: sql<number>`count(distinct case when ${verification.recordedAt} >= ${today} then ${verification.recordId} end)`,
    })
    .from(verification)
    .where(and(inArray(verification.userId, [...userIds]), gte(verification.recordedAt, since)))
    .groupBy(verification.userId);
  return new Map(rows.map(({ userId, ...done }) => [userId ?? '', done]));
}

/**
 * What a plan for these people spreads, the most pressing first: everything to be done that nobody is at, and that was not given
 * to somebody else who is still there.
 */
export async function duePlanRows(
  read: Reader,
  people: readonly string[],
  now: string,
  limit: number,
): Promise<PlanRow[]> {
  const others = read
    .select({ id: work.recordId })
    .from(work)
    .innerJoin(user, eq(user.id, work.assigneeId))
    .where(and(eq(user.status, 'active'), notInArray(user.id, [...people])));
  const claimed = read.select({ id: work.recordId }).from(work).where(gt(work.claimedUntil, now));
  const keys = await read
    .select({ id: sql<string>`${state.recordId}` })
    .from(WALKED)
    .where(
      and(
        isToDo(now),
        isAwake(read, now),
        isShown(read),
        notInArray(state.recordId, others),
        notInArray(state.recordId, claimed),
      ),
    )
    .orderBy(...IN_ORDER)
    .limit(limit);
  const rows = await dueRows(
    read,
    keys.map(({ id }) => id),
  );
  return rows.map(
    ({ state: { recordId, riskClass, isSoleOption, openAlarms, unsafe, dueAt }, record: { listing } }) => ({
      recordId,
      riskClass,
      isSoleOption,
      openAlarms,
      unsafe,
      dueAt,
      languages: listing.languages,
    }),
  );
}
