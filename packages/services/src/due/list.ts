import {
  confidenceAt,
  countriesInOfficeTime,
  dueState,
  isOfficeTime,
  officeZoneOf,
  wallTime,
  type Confidence,
  type DueState,
  type RiskClass,
} from '@waymark/domain';
import { dueRows, isClaimedNow, pageDue, type Context, type DueQuery, type DueRowData } from '@waymark/store';

type Person = { id: string; name: string };

/** One check in the queue. */
export type DueRow = {
  recordId: string;
  revision: number;
  slug: string;
  name: string;
  kind: string;
  countries: string[];
  languages: string[];
  riskClass: RiskClass;
  isSoleOption: boolean;
  confidence: Confidence;
  state: DueState;
  dueAt: string;
  expiresAt: string | null;
  lastConfirmedAt: string | null;
  openAlarms: number;
  unsafe: boolean;
  assignee: Person | null;
  plannedFor: string | null;
  claimedBy: Person | null;
  claimedUntil: string | null;
  snoozedUntil: string | null;
  nextAttemptAt: string | null;
  /** What the clock shows where somebody would answer, in which zone, and whether offices are open there. */
  localTime: string | null;
  timeZone: string | null;
  officeOpen: boolean | null;
};

/** What narrows the queue. `me` is the asking person. */
export type DueFilter = Omit<DueQuery, 'officeIn' | 'assignee' | 'mine'> & {
  officeHours?: 'now' | undefined;
  /** A person's id, `me`, or `none`. */
  assignee?: string | undefined;
  mine?: boolean | undefined;
};

/** One page of the checks to be done, the most pressing first (domain `compareDue`), with how many there are. */
export async function listDue(
  ctx: Pick<Context, 'store' | 'now' | 'actorId'>,
  filter: DueFilter,
  page: { limit: number; offset: number },
): Promise<{ data: DueRow[]; total: number }> {
  const { read } = ctx.store;
  const now = ctx.now().toISOString();
  const { ids, total } = await pageDue(read, queryOfDue(filter, ctx.actorId, now), now, page);
  const offices = new Map<string, Office>();
  return { data: (await dueRows(read, ids)).map((row) => toDueRow(row, now, offices)), total };
}

/** The filter as the store asks. */
export function queryOfDue({ officeHours, assignee, mine, ...rest }: DueFilter, me: string, now: string): DueQuery {
  return {
    ...rest,
    officeIn: officeHours === 'now' ? countriesInOfficeTime(now) : undefined,
    assignee: assignee === 'none' ? null : assignee === 'me' ? me : assignee,
    mine: mine === true ? me : undefined,
  };
}

type Office = Pick<DueRow, 'localTime' | 'timeZone' | 'officeOpen'>;
const NOWHERE: Office = { localTime: null, timeZone: null, officeOpen: null };

/** Many entries are in the same country, and clocks are slow to read. */
function officeOf(country: string | null, now: string, known: Map<string, Office>): Office {
  const timeZone = country === null ? undefined : officeZoneOf(country);
  if (country === null || timeZone === undefined) return NOWHERE;
  const office = known.get(country) ?? {
    timeZone,
    localTime: wallTime(timeZone, now),
    officeOpen: isOfficeTime(country, now) ?? null,
  };
  known.set(country, office);
  return office;
}

function toDueRow(row: DueRowData, now: string, offices: Map<string, Office>): DueRow {
  const { state, record, work } = row;
  const { listing, ...shown } = record;
  const isClaimed = work !== null && isClaimedNow(work, now);
  return {
    ...shown,
    recordId: state.recordId,
    countries: listing.countries,
    languages: listing.languages,
    riskClass: state.riskClass,
    isSoleOption: state.isSoleOption,
    confidence: confidenceAt(state, now),
    state: dueState(state, now),
    dueAt: state.dueAt,
    expiresAt: state.expiresAt,
    lastConfirmedAt: state.lastConfirmedAt,
    openAlarms: state.openAlarms,
    unsafe: state.unsafe,
    assignee: personOf(work?.assigneeId, row.assigneeName),
    plannedFor: work?.plannedFor ?? null,
    claimedBy: isClaimed ? personOf(work.claimedBy, row.claimedByName) : null,
    claimedUntil: isClaimed ? work.claimedUntil : null,
    snoozedUntil: work?.snoozedUntil ?? null,
    nextAttemptAt: work?.nextAttemptAt ?? null,
    ...officeOf(row.officeCountry, now, offices),
  };
}

function personOf(id: string | null | undefined, name: string | null): Person | null {
  return id === null || id === undefined ? null : { id, name: name ?? id };
}
