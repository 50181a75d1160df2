import { cadenceOf } from './cadence.ts';
import { sameValue } from './diff.ts';
import type { Entry } from './entry.ts';
import { coversPath } from './evidence.ts';
import { isBefore, isExpired } from './expiry.ts';
import { factAt } from './factValue.ts';
import { channelFactsOf, gateFactsOf, isAtOrBelow, liveChannels } from './gateFacts.ts';
import {
  METHODS,
  type Confidence,
  type Curve,
  type DueState,
  type EntryStanding,
  type FactChange,
  type MethodFamily,
  type OpenAlarm,
  type Standing,
  type VerificationEvent,
} from './verification.ts';

export { isExpired } from './expiry.ts';

/** All that a standing follows from. Only `events` can raise it; everything else can only lower it. */
export type StandingInput = {
  entry: Entry;
  /** When the record entered the directory: what nobody ever confirmed is due since then. */
  createdAt: string;
  /** All events of the record, in any order. */
  events: readonly VerificationEvent[];
  /** What later revisions changed (`factChanges`). */
  changes: readonly FactChange[];
  alarms: readonly OpenAlarm[];
  isSoleOption: boolean;
};

/** So many days after it was due, an entry is overdue. */
export const OVERDUE_AFTER_DAYS = 7;

const DAY = 86_400_000;

/**
 * What events say about an entry, its channels and its facts, with the moments at which that ends (DOMAIN §3.6). Nothing here
 * depends on the clock: `confidenceAt` and `dueState` compare with it.
 */
export function standingOf(input: StandingInput): EntryStanding {
  const { entry, alarms, isSoleOption } = input;
  const newestFirst = countingEvents(input.events);
  const fact = (path: string) => factStanding(input, newestFirst, path);
  const gate = Object.fromEntries(gateFactsOf(entry).map((path) => [path, fact(path)]));
  const facts = { ...gate };
  const channels: Record<string, Standing> = {};
  for (const { id } of liveChannels(entry)) {
    const own = Object.fromEntries(channelFactsOf(entry, id).map((path) => [path, fact(path)]));
    Object.assign(facts, own);
    channels[id] = lowest(Object.values(own));
  }
  const best = bestOf(Object.values(channels), input.createdAt);
  const whole = lowest([...Object.values(gate), best]);
  return {
    ...whole,
    // Each way in is looked after, also those that are not the best.
    ...soonest([...Object.values(facts), best]),
    highUntil: alarms.length > 0 ? null : whole.highUntil,
    riskClass: cadenceOf(entry, isSoleOption).riskClass,
    isSoleOption,
    openAlarms: alarms.length,
    unsafe: alarms.some(({ unsafe }) => unsafe),
    channels,
    facts,
  };
}

/** Confidence at a moment (UTC, ISO 8601). */
export function confidenceAt(curve: Curve, now: string): Confidence {
  if (curve.contradicted) return 'contradicted';
  if (isBefore(now, curve.highUntil)) return 'high';
  if (isBefore(now, curve.mediumUntil)) return 'medium';
  return isBefore(now, curve.lowUntil) ? 'low' : 'none';
}

/** Where something stands in its round of checks at a moment. */
export function dueState(standing: Pick<Standing, 'remindAt' | 'dueAt' | 'expiresAt'>, now: string): DueState {
  if (isExpired(standing, now)) return 'expired';
  if (!isBefore(now, after(standing.dueAt, OVERDUE_AFTER_DAYS))) return 'overdue';
  if (!isBefore(now, standing.dueAt)) return 'due';
  return isBefore(now, standing.remindAt) ? 'fresh' : 'soon';
}

function after(at: string, days: number): string {
  return new Date(Date.parse(at) + days * DAY).toISOString();
}

/** Newest first, without what was corrected since. A call nobody answered says nothing about a fact. */
export function countingEvents(events: readonly VerificationEvent[]): VerificationEvent[] {
  const superseded = new Set(events.map(({ supersedes }) => supersedes));
  return events
    .filter(({ id, outcome }) => !superseded.has(id) && outcome !== 'not-reached')
    .sort((a, b) => Date.parse(b.performedAt) - Date.parse(a.performedAt) || (a.id < b.id ? 1 : -1));
}

type Verdict = 'confirmed' | 'contradicted' | undefined;

/** What an event says of a fact that it is about: nothing when that was about what stood there before a change. */
export function verdictOf(
  { entry, changes }: Pick<StandingInput, 'entry' | 'changes'>,
  event: VerificationEvent,
  path: string,
): Verdict {
  const since = changes.filter((change) => change.revision > event.revision && isAtOrBelow(path, change.path));
  const sawOther = event.outcome === 'confirmed-changed' && observesOther(event, path);
  if (sawOther) {
    if (since.length === 0) return 'contradicted';
    const last = since.reduce((a, b) => (b.revision > a.revision ? b : a));
    return isFrom(event, last) && wasApplied(entry, event, path) ? 'confirmed' : undefined;
  }
  // What else was confirmed stays so when the rest of its group became just what was seen.
  const isOnlyTheRest = since.every(
    (change) => change.path !== path && isFrom(event, change) && wasApplied(entry, event, change.path),
  );
  if (!isOnlyTheRest) return undefined;
  return event.outcome === 'contradicted' || event.outcome === 'gone' ? 'contradicted' : 'confirmed';
}

function observesOther({ observed = {} }: VerificationEvent, path: string): boolean {
  return Object.keys(observed).some((seen) => coversPath(seen, path));
}

function isFrom({ proposalId }: VerificationEvent, change: FactChange): boolean {
  return proposalId !== undefined && proposalId === change.proposalId;
}

/** Whether the entry now says what was seen, wherever that touches the path. */
function wasApplied(entry: Entry, { observed = {} }: VerificationEvent, path: string): boolean {
  const seen = Object.entries(observed).filter(([at]) => coversPath(at, path));
  return seen.length > 0 && seen.every(([at, value]) => sameValue(factAt(entry, at) ?? null, value ?? null));
}

function factStanding(input: StandingInput, newestFirst: readonly VerificationEvent[], path: string): Standing {
  const { entry, createdAt, alarms, isSoleOption } = input;
  const about = newestFirst.filter((event) => event.paths.some((named) => isAtOrBelow(path, named)));
  const verdicts = about.map((event) => ({
    event,
    verdict: verdictOf(input, event, path),
    cadence: cadenceOf(entry, isSoleOption || event.underSoleOption),
  }));
  const counting = verdicts.filter(({ verdict }) => verdict !== undefined);
  const confirmations = counting.filter(({ verdict }) => verdict === 'confirmed');
  const until = (kept: typeof confirmations, share = 1) =>
    latest(kept.map(({ event, cadence }) => after(event.performedAt, cadence.confirmDays * share)));
  const isSource = ({ event }: (typeof confirmations)[number]) => METHODS[event.method].family === 'source';
  const bySource = until(confirmations.filter(isSource));
  const byOthers = until(confirmations.filter((confirmation) => !isSource(confirmation)));
  const isAlarmed = alarms.some((alarm) => coversPath(alarm.path, path));

  const [last] = confirmations;
  const [newest] = counting;
  const isContradicted = newest?.verdict === 'contradicted';
  const dueSince = isContradicted ? after(newest.event.performedAt, 0) : last ? undefined : after(createdAt, 0);
  // An edit takes confidence away at once, but does not give a fact that ran out another life.
  const seen = verdicts.find(({ event, verdict }) => verdict === 'confirmed' || saidSo(event, path));
  return {
    contradicted: isContradicted,
    highUntil: isAlarmed ? null : allOf([bySource, byOthers]),
    mediumUntil: until(confirmations),
    lowUntil: until(confirmations, 1.5),
    lastConfirmedAt: last ? after(last.event.performedAt, 0) : null,
    families: last ? familiesBefore(confirmations, last) : [],
    remindAt: dueSince ?? after(last?.event.performedAt ?? createdAt, last?.cadence.remindDays ?? 0),
    dueAt: dueSince ?? after(last?.event.performedAt ?? createdAt, last?.cadence.confirmDays ?? 0),
    expiresAt: seen ? after(seen.event.performedAt, seen.cadence.expireDays) : null,
  };
}

/** Whether an event confirmed what stood there when it was recorded, whatever was changed since. */
function saidSo(event: VerificationEvent, path: string): boolean {
  return event.outcome === 'confirmed' || (event.outcome === 'confirmed-changed' && !observesOther(event, path));
}

type Confirmation = { event: VerificationEvent; cadence: { confirmDays: number } };

/** Families that confirmed within the cadence before the last confirmation, that one's included. */
function familiesBefore(confirmations: readonly Confirmation[], last: Confirmation): MethodFamily[] {
  const from = Date.parse(last.event.performedAt) - last.cadence.confirmDays * DAY;
  const within = confirmations.filter(({ event }) => Date.parse(event.performedAt) > from);
  return [...new Set(within.map(({ event }) => METHODS[event.method].family))].sort();
}

/** The lowest of several: what holds for all of them. Never empty: every entry has a name. */
function lowest(standings: readonly Standing[]): Standing {
  const [first, ...others] = standings;
  const families = (first?.families ?? []).filter((family) => others.every((other) => other.families.includes(family)));
  return {
    contradicted: standings.some(({ contradicted }) => contradicted),
    highUntil: allOf(standings.map(({ highUntil }) => highUntil)),
    mediumUntil: allOf(standings.map(({ mediumUntil }) => mediumUntil)),
    lowUntil: allOf(standings.map(({ lowUntil }) => lowUntil)),
    lastConfirmedAt: allOf(standings.map(({ lastConfirmedAt }) => lastConfirmedAt)),
    families,
    ...soonest(standings),
    expiresAt: earliest(standings.map(({ expiresAt }) => expiresAt)),
  };
}

/**
 * The best of the channels at each moment: an entry that can be reached one way can be reached. Contradicted only when all are.
 */
function bestOf(channels: readonly Standing[], createdAt: string): Standing {
  const usable = channels.filter(({ contradicted }) => !contradicted);
  const from = usable.length > 0 ? usable : channels;
  const best = [...from].sort(
    (a, b) =>
      compare(b.highUntil, a.highUntil) || compare(b.mediumUntil, a.mediumUntil) || compare(b.lowUntil, a.lowUntil),
  )[0];
  const never = after(createdAt, 0);
  return {
    contradicted: channels.length > 0 && usable.length === 0,
    highUntil: latest(from.map(({ highUntil }) => highUntil)),
    mediumUntil: latest(from.map(({ mediumUntil }) => mediumUntil)),
    lowUntil: latest(from.map(({ lowUntil }) => lowUntil)),
    lastConfirmedAt: best?.lastConfirmedAt ?? null,
    families: best?.families ?? [],
    remindAt: best?.remindAt ?? never,
    dueAt: best?.dueAt ?? never,
    expiresAt: latest(from.map(({ expiresAt }) => expiresAt)),
  };
}

/** When the first of several is due. */
function soonest(standings: readonly Standing[]): Pick<Standing, 'remindAt' | 'dueAt'> {
  const first = (times: readonly string[]) => times.reduce((a, b) => (b < a ? b : a));
  return { remindAt: first(standings.map((s) => s.remindAt)), dueAt: first(standings.map((s) => s.dueAt)) };
}

// All times here were written by `toISOString`, so they compare as text.

function compare(a: string | null, b: string | null): number {
  return (a ?? '') < (b ?? '') ? -1 : Number((a ?? '') > (b ?? ''));
}

/** The earliest, but nothing when one is missing. */
function allOf(times: readonly (string | null)[]): string | null {
  return times.includes(null) ? null : earliest(times);
}

/** The earliest of those that are there. */
function earliest(times: readonly (string | null)[]): string | null {
  return times.reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null);
}

function latest(times: readonly (string | null)[]): string | null {
  return times.reduce((a, b) => (compare(a, b) < 0 ? b : a), null);
}
