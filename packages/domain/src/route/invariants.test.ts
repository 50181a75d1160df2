import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { areaCountries } from '../country.ts';
import { route } from '../route.ts';
import { CSAM_ONLINE, Reporter, RouteNeed, type RouteRequest } from '../routeRequest.ts';
import { AnonymityLevel, Answer, Audience, ChannelType, Kind, Need, ServesBasis } from '../vocabulary.ts';
import { Route, type RouteStep } from './answer.ts';
import {
  indexDirectory,
  type RoutableChannel,
  type RoutableCountry,
  type RoutableDirectory,
  type RoutableEntry,
} from './directory.ts';
import { ask, COUNTRIES, ENTRIES, fourSources, takes } from './testing.ts';

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

const PLACES = ['US', 'GB', 'DE', 'FR', 'SN', 'QM', 'QN', 'QO', 'QP', 'QR', 'QS'];
// Two of them often, so that entries meet.
const OFTEN = ['DE', 'QN', 'DE', 'QN', 'DE', 'QN', ...PLACES];
const place = fc.constantFrom(...OFTEN);
const need = fc.constantFrom(...Need.options);
const at = fc.constantFrom(
  '2026-06-05T10:00:00.000Z',
  '2026-06-07T01:00:00.000Z',
  '2026-06-06T13:00:00.000Z',
  '2026-12-31T23:59:59.999Z',
  '2025-01-01T00:00:00.000Z',
);

const requests: fc.Arbitrary<RouteRequest> = fc
  .record(
    {
      need: fc.constantFrom(...RouteNeed.options),
      country: fc.option(place, { nil: null }),
      residence: place,
      incidentCountry: place,
      platform: fc.constantFrom('ex-social', 'EX-SOCIAL', 'nobody-knows'),
      danger: fc.constantFrom('yes', 'no', 'unknown'),
      identifiable: fc.boolean(),
      ongoing: fc.boolean(),
      anonymity: fc.constantFrom('indifferent', 'preferred', 'required'),
      reporter: fc.constantFrom(...Reporter.options),
      languages: fc.subarray(['de', 'en', 'pt-BR'], { maxLength: 2 }),
      usable: fc.subarray([...ChannelType.options], { minLength: 1, maxLength: 6 }),
      knowsPart: fc.boolean(),
    },
    { requiredKeys: ['need', 'country', 'danger', 'identifiable', 'anonymity', 'reporter', 'knowsPart'] },
  )
  .map(({ knowsPart, ...said }) =>
    ask({ ...said, ...(knowsPart && said.country ? { subdivision: `${said.country}-AA` } : {}) }),
  );

const verification: fc.Arbitrary<RoutableEntry['verification']> = fc.record({
  confidence: fc.constantFrom('high', 'high', 'medium', 'low', 'none', 'contradicted'),
  expiresAt: fc.constantFrom(null, '2026-06-05T10:00:00.000Z', '2026-09-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'),
});

const area = fc.constantFrom('001', '150', 'group:EU', 'US-AA', 'DE-AA', ...OFTEN);
const level = fc.constantFrom(...AnonymityLevel.options);
const audience = fc.subarray<Audience>(['public', 'child', 'parent', 'professional', 'provider', 'traveller'], {
  minLength: 1,
});

const channelParts = fc.record(
  {
    needs: fc.subarray([...Need.options], { minLength: 1 }),
    audience,
    anonymity: level,
    anonymityFor: fc.dictionary(need, level, { maxKeys: 4 }),
    requires: fc.subarray(['account', 'email', 'national-id', 'otp:DE', 'otp:QN']),
    languages: fc.subarray([{ tag: 'de' }, { tag: 'en' }, { tag: 'pt' }]),
    hours: fc.constantFrom<NonNullable<RoutableChannel['hours']>>(
      { kind: 'always' },
      { kind: 'unknown' },
      { kind: 'weekly', tz: 'Europe/Berlin', weekly: [{ days: ['mo', 'fr', 'sa'], from: '14:00', to: '20:00' }] },
    ),
    reach: fc.record(
      {
        dialableFrom: fc.subarray(PLACES),
        worldwide: fc.boolean(),
        fromAbroad: fc.constantFrom('yes', 'no', 'unknown'),
      },
      { requiredKeys: [] },
    ),
    retired: fc.constant({ at: '2026-01-01', reason: 'closed' as const }),
    verification,
  },
  { requiredKeys: [] },
);
const channelValue: fc.Arbitrary<Pick<RoutableChannel, 'type' | 'value'>> = fc.constantFrom(
  { type: 'url', value: { href: 'https://report.example.org/' } },
  { type: 'phone', value: { number: { kind: 'short', digits: '116111', country: 'DE' } } },
  { type: 'phone', value: { number: { kind: 'e164', digits: '493012345678' } } },
  { type: 'sms', value: { number: { kind: 'national', digits: '08001111', country: 'GB' } } },
  { type: 'in-app', value: { platform: 'ex-social' } },
);
// Parts are left out most of the time, so that most channels can be used by somebody.
const channels = fc.array(
  fc.tuple(channelValue, channelParts, fc.nat({ max: 9 })).map(([value, parts, kept]) => {
    const keep = Object.entries(parts).filter((_, i) => (i + kept) % 5 === 0);
    return { ...value, ...Object.fromEntries(keep) } as RoutableChannel; // A value with parts that every type has.
  }),
  { minLength: 1, maxLength: 3 },
);

const entryParts = fc.record({
  kind: fc.nat(),
  isSound: fc.constantFrom(true, true, false),
  serves: fc.uniqueArray(
    fc.record(
      {
        area,
        basis: fc.constantFrom(...ServesBasis.options, 'any' as const, 'any' as const),
        strength: fc.constantFrom('primary', 'accepts'),
        except: fc.subarray(['DE', 'US', 'group:EU'], { maxLength: 1 }),
      },
      { requiredKeys: ['area', 'basis', 'strength'] },
    ),
    { minLength: 1, maxLength: 3, selector: ({ area }) => area },
  ),
  accepts: fc.oneof(
    fc.constant(takes(Need.options)),
    fc.dictionary(need, fc.record({ answer: fc.constantFrom(...Answer.options, 'yes' as const) }), {
      minKeys: 1,
      maxKeys: 12,
    }),
  ),
  audience,
  anonymity: fc.record({ level }),
  channels,
  operational: fc.record({
    status: fc.constantFrom('operating', 'operating', 'unknown', 'temporarily-closed', 'closed', 'planned'),
  }),
  verification: fc.oneof(fc.constant({ confidence: 'high' as const, expiresAt: null }), verification),
  state: fc.constantFrom('active', 'active', 'active', 'suspended'),
  unsafe: fc.constantFrom(undefined, undefined, undefined, true),
  partners: fc.array(fc.nat({ max: 13 }), { maxLength: 2 }),
  analyst: fc.nat({ max: 3 }),
  priority: fc.option(fc.integer({ min: 1, max: 99 }), { nil: undefined }),
  statutory: fc.boolean(),
});

/** What most entries are, so that there is something to put in order. */
const SOUND = {
  verification: { confidence: 'high', expiresAt: null },
  state: 'active',
  unsafe: false,
  operational: { status: 'operating' },
  audience: ['public', 'child'],
} satisfies Partial<RoutableEntry>;

const directories: fc.Arbitrary<RoutableDirectory> = fc
  .tuple(
    // Few kinds at a time, so that many stand in one tier.
    fc.uniqueArray(fc.constantFrom(...Kind.options), { minLength: 1, maxLength: 4 }),
    fc.array(entryParts, { minLength: 1, maxLength: 14 }),
    fc.array(fc.record({ country: place, need, old: fc.boolean() }), { maxLength: 3 }),
  )
  .map(([kinds, parts, profiles]) => ({
    entries: parts.map(({ kind, isSound, partners, analyst, statutory, channels, ...part }, i): RoutableEntry => ({
      ...part,
      ...(isSound ? SOUND : {}),
      kind: kinds[kind % kinds.length] ?? 'hotline.web',
      id: `e${i}`,
      slug: `e${i}`,
      organisation: `o${analyst}`,
      channels: channels.map((channel, n) => ({ ...channel, id: `c${n}` })),
      mandate: { kind: 'statutory', statutoryForProviders: statutory },
      pairedWith: partners.filter((n) => n !== i && n < parts.length).map((n) => `e${n}`),
    })),
    countries: [...new Map(profiles.map((p) => [p.country, p])).values()].map(
      ({ country, need, old }): RoutableCountry => ({
        country,
        coverage: [{ need, status: 'none-known', checkedAt: old ? '2025-01-01' : '2026-05-01' }],
        evidence: fourSources(need),
      }),
    ),
  }));

/** The directory of the worked cases, with other standings. */
const shaken: fc.Arbitrary<RoutableDirectory> = fc
  .array(
    fc.record({ verification, state: fc.constantFrom('active' as const, 'suspended' as const), which: fc.nat() }),
    {
      maxLength: 12,
    },
  )
  .map((changes) => {
    const entries = [...ENTRIES];
    for (const { which, ...change } of changes) {
      const entry = entries[which % entries.length];
      if (entry) entries[which % entries.length] = { ...entry, ...change };
    }
    return { entries, countries: COUNTRIES };
  });

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

  it('were put to the test: every tier and both kinds of words came up, over at least 50,000 routes', () => {
    expect(inputs).toBeGreaterThanOrEqual(50_000);
    expect([...seenTiers].sort()).toEqual(
      ['E', 'F', 'G', 'H', 'L', 'N', 'P', 'R', 'V', 'W', 'generic:emergency', 'generic:police'].sort(),
    );
  });
});
