import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { areaCountries } from '../country.ts';
import { route } from '../route.ts';
import { CSAM_ONLINE, type RouteRequest } from '../routeRequest.ts';
import type { Need } from '../vocabulary.ts';
import { applyUrgent, type UrgentList } from '../urgentRule.ts';
import type { Route, RouteStep } from './answer.ts';
import { indexDirectory, type RoutableChannel, type RoutableDirectory, type RoutableEntry } from './directory.ts';
import { at, directories, requests, shaken, withdrawalsOf, withSecondWay } from './testing.arbitrary.ts';

/** One look at a route. Checkers know what a route must never do, and nothing of how it is found. */
type Seen = { request: RouteRequest; entries: ReadonlyMap<string, RoutableEntry>; now: string; found: Route };

const needsIn = ({ need }: RouteRequest): readonly Need[] => (need === 'csam-online' ? CSAM_ONLINE : [need]);
const isGeneric = ({ id }: RouteStep) => id.startsWith('generic:');

/** Each step that is an entry, with the channels it offers and the needs it is there for. */
function offered({ request, entries, found }: Seen) {
  const of = (steps: readonly RouteStep[], needs: readonly Need[]) =>
    steps.flatMap((step) => {
      const entry = entries.get(step.id);
      if (!entry) return [];
      const channels = step.channels.map((id) => entry.channels.find((channel) => channel.id === id));
      return [{ step, entry, needs, channels }];
    });
  return [...of(found.steps, needsIn(request)), ...of(found.support, ['child-help'])];
}

function reachable(entry: RoutableEntry, { reach, value }: RoutableChannel, country: string | null): boolean {
  const number = 'number' in value ? value.number : undefined;
  if (reach?.worldwide || (number?.kind === 'e164' && reach?.fromAbroad === 'yes')) return true;
  if (reach?.dialableFrom) return reach.dialableFrom.some((from) => from === country);
  return !number || (number.kind === 'e164' && entry.serves.some(({ area }) => area.slice(0, 2) === country));
}

function isAnonymous(entry: RoutableEntry, channel: RoutableChannel, need: Need): boolean {
  const asks = channel.requires?.some((what) => what === 'national-id' || what.startsWith('otp:')) ?? false;
  return !asks && (channel.anonymityFor?.[need] ?? channel.anonymity ?? entry.anonymity.level) === 'anonymous';
}

const answers = (entry: RoutableEntry, needs: readonly Need[]) => needs.map((need) => entry.accepts[need]?.answer);

/** The invariants of DOMAIN §4.3, each by itself. True: it holds. */
const INVARIANTS: Record<string, (seen: Seen) => boolean> = {
  'I1 never empty': ({ found }) => found.steps.length > 0,

  'I2 danger = yes → first step is emergency; otherwise no emergency step': ({ request, entries, found }) => {
    const isEmergency = ({ id }: RouteStep) => id === 'generic:emergency' || entries.get(id)?.kind === 'emergency';
    const [first] = found.steps;
    if (request.danger === 'yes') return first !== undefined && isEmergency(first) && !found.supportFirst;
    return ![...found.steps, ...found.support].some(isEmergency);
  },

  'I3 nothing stale, suspended, retired, below medium': (seen) =>
    offered(seen).every(({ entry, channels }) => {
      const isSound = (verification: RoutableEntry['verification'] | undefined) =>
        verification === undefined ||
        (['high', 'medium'].includes(verification.confidence) &&
          (verification.expiresAt === null || verification.expiresAt > seen.now));
      return (
        entry.state === 'active' &&
        !entry.unsafe &&
        !['closed', 'planned'].includes(entry.operational.status) &&
        isSound(entry.verification) &&
        channels.length > 0 &&
        channels.every((channel) => channel !== undefined && !channel.retired && isSound(channel.verification))
      );
    }),

  'I4 no number that cannot be dialled from the country': (seen) =>
    offered(seen).every(({ entry, channels }) =>
      channels.every((channel) => channel && reachable(entry, channel, seen.request.country)),
    ),

  'I5 anonymity required → every channel anonymous for that need (emergency exempt)': (seen) =>
    seen.request.anonymity !== 'required' ||
    offered(seen)
      .filter(({ entry }) => entry.kind !== 'emergency')
      .every(({ entry, needs, channels }) =>
        channels.every((channel) => {
          // Of several needs at once, each it takes must be safe: nobody knows which of them it is.
          const isTaken = (need: Need) => ['yes', 'conditional'].includes(entry.accepts[need]?.answer ?? '');
          const taken = needs.filter(
            (need) => (needs.length === 1 || isTaken(need)) && (channel?.needs?.includes(need) ?? true),
          );
          return channel && taken.length > 0 && taken.every((need) => isAnonymous(entry, channel, need));
        }),
      ),

  'I6 no network': (seen) => offered(seen).every(({ entry }) => !['network', 'coordination'].includes(entry.kind)),

  'I8 no foreign emergency number': ({ request: { country }, entries, found }) =>
    found.steps
      .map(({ id }) => entries.get(id))
      .filter((entry) => entry?.kind === 'emergency')
      .every((entry) =>
        entry?.serves.some(
          ({ area }) =>
            country !== null &&
            area !== '001' &&
            (area === country || area.startsWith(`${country}-`) || areaCountries(area).includes(country)),
        ),
      ),

  'I9 a child is never shown an entry not meant for children': (seen) =>
    seen.request.reporter !== 'child' ||
    offered(seen).every(
      ({ entry, channels }) =>
        entry.audience.includes('child') && channels.every((channel) => channel?.audience?.includes('child') ?? true),
    ),

  'I10 pairs adjacent': ({ entries, found }) =>
    [found.steps, found.support].every((steps) =>
      steps.every(({ id, tier }) => {
        // All who are partners of partners in the same tier stand in one row.
        const tierOf = (other: string) => steps.find((step) => step.id === other)?.tier;
        const group = new Set([id]);
        for (const member of group) {
          for (const { id: other } of steps) {
            const isPair =
              entries.get(member)?.pairedWith?.includes(other) || entries.get(other)?.pairedWith?.includes(member);
            if (isPair && tierOf(other) === tier) group.add(other);
          }
        }
        const places = [...group].map((member) => steps.findIndex((step) => step.id === member));
        return Math.max(...places) - Math.min(...places) === group.size - 1;
      }),
    ),

  'I11 nothing that says "no" to the need': (seen) =>
    offered(seen).every(({ entry, needs }) => {
      const stated = answers(entry, needs);
      if (stated.every((answer) => answer === 'no')) return false;
      // Who takes one kind of abuse material and says nothing of another may take that, too.
      const related = needs.some((need) => CSAM_ONLINE.includes(need)) ? CSAM_ONLINE : needs;
      return (
        entry.kind === 'emergency' ||
        answers(entry, related).some((answer) => answer === 'yes' || answer === 'conditional')
      );
    }),

  'I12 no duplicate step': ({ found }) => {
    const ids = [...found.steps, ...found.support].map(({ id }) => id);
    return new Set(ids).size === ids.length;
  },

  'words carry no number, and what is shown is not withheld': ({ found }) =>
    [...found.steps, ...found.support].every(
      (step) => (!isGeneric(step) || step.channels.length === 0) && !found.withheld.some(({ id }) => id === step.id),
    ),
};

function violations(seen: Seen): string[] {
  return Object.entries(INVARIANTS)
    .filter(([, holds]) => !holds(seen))
    .map(([name]) => name);
}

/** One look at two routes to one question: before a list of the urgent lane, and with it. */
type Withdrawn = { before: Route; after: Route; entries: ReadonlyMap<string, RoutableEntry>; list: UrgentList };

/** What a list names of an entry: a channel, or all of it when none is asked for. Read from the list itself, not from marks. */
const named = ({ withdrawn }: UrgentList, entry: string, channel?: string) =>
  withdrawn.filter(
    ({ id, channels }) =>
      id === entry && (channels === undefined || (channel !== undefined && channels.includes(channel))),
  );
const shownIn = ({ steps, support }: Route) => [...steps, ...support];

/** What a withdrawal may do to a route, and what never. True: it holds. */
const WITHDRAWAL_INVARIANTS: Record<string, (seen: Withdrawn) => boolean> = {
  'U1 nothing withdrawn is offered, neither an entry nor a channel': ({ after, list }) =>
    shownIn(after).every(
      ({ id, channels }) =>
        named(list, id).length === 0 && channels.every((channel) => named(list, id, channel).length === 0),
    ),

  'U2 never empty': ({ after }) => after.steps.length > 0,

  'U3 whoever was shown and is withdrawn whole is named, with the mark that was signed': ({ before, after, list }) =>
    shownIn(before)
      .filter(({ id }) => named(list, id).length > 0)
      .every(({ id }) => {
        const row = after.withheld.find((withheld) => withheld.id === id);
        const isSigned = named(list, id).some(
          ({ reason, since }) => row?.withdrawn?.reason === reason && row.withdrawn.since === since,
        );
        return row?.reason === 'temporarily-withdrawn' && isSigned;
      }),

  'U4 whoever lost a way and is shown says so': ({ before, after, list }) =>
    shownIn(before)
      .filter(({ id, channels }) => channels.some((channel) => named(list, id, channel).length > 0))
      .every(({ id }) => shownIn(after).every((step) => step.id !== id || step.caveats.includes('partly-withdrawn'))),

  'U5 no way is offered that the directory does not have': ({ after, entries }) =>
    shownIn(after).every((step) => {
      const entry = entries.get(step.id);
      return entry
        ? step.channels.every((id) => entry.channels.some((channel) => channel.id === id))
        : isGeneric(step) && step.channels.length === 0;
    }),

  'U6 nothing is marked that is not in the list': ({ after, list }) =>
    after.withheld.every(({ id, withdrawn }) => !withdrawn || list.withdrawn.some((item) => item.id === id)),
};

/** The same data in another order: of lists, and of the members of objects. */
function turned<T>(value: T): T {
  if (Array.isArray(value)) return value.map(turned).reverse() as T; // The same items.
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]) => [key, turned(member)])
      .reverse(),
  ) as T; // The same members.
}

function frozen<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) frozen(member);
  }
  return value;
}

const PER_DIRECTORY = 40;
const QUESTIONS = fc.array(fc.tuple(requests, at), { minLength: PER_DIRECTORY, maxLength: PER_DIRECTORY });
let inputs = 0;
const seenTiers = new Set<string>();

function check(directory: RoutableDirectory, questions: readonly (readonly [RouteRequest, string])[]): void {
  const indexed = indexDirectory(frozen(directory));
  const other = indexDirectory(turned(directory));
  const entries = new Map(directory.entries.map((entry) => [entry.id, entry]));
  for (const [request, now] of questions) {
    const found = route(frozen(request), indexed, now);
    inputs += 1;
    const broken = violations({ request, entries, now, found });
    if (broken.length > 0) expect({ broken, request, now, found }).toEqual({ broken: [] });
    for (const { tier, id } of found.steps) seenTiers.add(id.startsWith('generic:') ? id : tier);
    // I7: the same whatever the order of the data. Compared as text first, since `expect` takes longer than the route.
    const again = route(request, other, now);
    if (JSON.stringify(again) !== JSON.stringify(found)) expect({ request, now, again }).toEqual({ again: found });
  }
}

const seenWithdrawn = { named: 0, partly: 0, words: 0 };

function checkWithdrawn(
  directory: RoutableDirectory,
  list: UrgentList,
  questions: readonly (readonly [RouteRequest, string])[],
) {
  const { countries } = frozen(directory);
  const marked = applyUrgent(directory.entries, frozen(list));
  const lifted = applyUrgent(directory.entries, { withdrawn: [] });
  expect(marked.map(({ id, channels }) => [id, channels.map((channel) => channel.id)])).toEqual(
    directory.entries.map(({ id, channels }) => [id, channels.map((channel) => channel.id)]),
  );
  const [calm, urgent, without, again, turnedRound] = [
    directory.entries,
    marked,
    marked.filter(({ withdrawn }) => withdrawn === undefined),
    lifted,
    applyUrgent(turned(directory.entries), turned(list)),
  ].map((entries) => indexDirectory({ entries, countries }));
  if (!calm || !urgent || !without || !again || !turnedRound) throw new Error('five directories');
  const entries = new Map(directory.entries.map((entry) => [entry.id, entry]));
  for (const [request, now] of questions) {
    const [before, after] = [route(request, calm, now), route(request, urgent, now)];
    const broken = [
      ...violations({ request, entries, now, found: after }),
      ...Object.entries(WITHDRAWAL_INVARIANTS).flatMap(([name, holds]) =>
        holds({ before, after, entries, list }) ? [] : [name],
      ),
    ];
    if (broken.length > 0) expect({ broken, request, now, list, before, after }).toEqual({ broken: [] });
    const same = (name: string, a: unknown, b: unknown) => {
      if (JSON.stringify(a) !== JSON.stringify(b)) expect({ name, request, now, list, a }).toEqual({ a: b });
    };
    same('what is lifted again leaves no trace', route(request, again, now), before);
    same('the order of a list decides nothing', route(request, turnedRound, now), after);
    // The fallback: the very steps of a directory that never had the entry.
    same('people are sent on as if it were not there', shownIn(after), shownIn(route(request, without, now)));
    const isNamed = after.withheld.some(({ withdrawn }) => withdrawn);
    seenWithdrawn.named += Number(isNamed);
    seenWithdrawn.partly += Number(shownIn(after).some(({ caveats }) => caveats.includes('partly-withdrawn')));
    seenWithdrawn.words += Number(isNamed && after.steps.every(isGeneric) && !before.steps.every(isGeneric));
  }
}

describe('the invariants of DOMAIN §4.3', () => {
  afterAll(() => {
    // oxlint-disable-next-line no-console -- How many there were is part of what the test says.
    console.info(`    ${inputs} routes, ${Object.keys(INVARIANTS).length + 1} invariants`);
  });

  it('hold for the directory of the worked cases in any standing', () => {
    fc.assert(
      fc.property(shaken, QUESTIONS, (directory, questions) => check(directory, questions)),
      { numRuns: 500 },
    );
  });

  it('hold for any directory', () => {
    fc.assert(
      fc.property(directories, QUESTIONS, (directory, questions) => check(directory, questions)),
      { numRuns: 900 },
    );
  });

  it('hold with whatever the urgent lane withdraws, which offers nothing, adds nothing, and hides nobody without a word', () => {
    const withdrawn = fc
      .oneof(shaken.map(withSecondWay), directories)
      .chain((directory) => fc.tuple(fc.constant(directory), withdrawalsOf(directory), QUESTIONS));
    fc.assert(
      fc.property(withdrawn, ([directory, list, questions]) => checkWithdrawn(directory, list, questions)),
      { numRuns: 250 },
    );
    // All of it came up: named, named in part, and the last one of a country gone, with words instead.
    expect(Math.min(...Object.values(seenWithdrawn))).toBeGreaterThan(20);
  });

  it('were put to the test: every tier and both kinds of words came up, over at least 50,000 routes', () => {
    expect(inputs).toBeGreaterThanOrEqual(50_000);
    expect([...seenTiers].sort()).toEqual(
      ['E', 'F', 'G', 'H', 'L', 'N', 'P', 'R', 'V', 'W', 'generic:emergency', 'generic:police'].sort(),
    );
  });
});
