// What the invariants are put to: questions and directories of all kinds, drawn so that entries meet.
import * as fc from 'fast-check';
import { Reporter, RouteNeed, type RouteRequest } from '../routeRequest.ts';
import { AnonymityLevel, Answer, ChannelType, Kind, Need, ServesBasis, type Audience } from '../vocabulary.ts';
import { URGENT_REASONS, type UrgentList } from '../urgentRule.ts';
import type { RoutableChannel, RoutableCountry, RoutableDirectory, RoutableEntry } from './directory.ts';
import { ask, COUNTRIES, ENTRIES, form, fourSources, takes } from './testing.ts';

const PLACES = ['US', 'GB', 'DE', 'FR', 'SN', 'QM', 'QN', 'QO', 'QP', 'QR', 'QS'];
// Two of them often, so that entries meet.
const OFTEN = ['DE', 'QN', 'DE', 'QN', 'DE', 'QN', ...PLACES];
const place = fc.constantFrom(...OFTEN);
const need = fc.constantFrom(...Need.options);
export const at = fc.constantFrom(
  '2026-06-05T10:00:00.000Z',
  '2026-06-07T01:00:00.000Z',
  '2026-06-06T13:00:00.000Z',
  '2026-12-31T23:59:59.999Z',
  '2025-01-01T00:00:00.000Z',
);

export const requests: fc.Arbitrary<RouteRequest> = fc
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

export const directories: fc.Arbitrary<RoutableDirectory> = fc
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
export const shaken: fc.Arbitrary<RoutableDirectory> = fc
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

/** The same with one more channel for everybody, so that one of several can be withdrawn. */
export function withSecondWay({ entries, countries }: RoutableDirectory): RoutableDirectory {
  return {
    entries: entries.map((entry) => ({ ...entry, channels: [form({ id: 'c0' }), ...entry.channels] })),
    countries,
  };
}

/** A list of the urgent lane over the entries of a directory: some whole, some by channel, some that nobody knows. */
export function withdrawalsOf({ entries }: RoutableDirectory): fc.Arbitrary<UrgentList> {
  const known = entries.map(({ id }) => id);
  const whole = fc.record({
    id: fc.constantFrom('unknown', ...known, ...known),
    reason: fc.constantFrom(...URGENT_REASONS),
    since: at,
  });
  const channels = fc.subarray(['c0', 'c1', 'c2', 'web', 'tel', 'unknown'], { minLength: 1, maxLength: 4 });
  const some = fc.tuple(whole, channels).map(([withdrawal, named]) => ({ ...withdrawal, channels: named }));
  // One channel of everybody, so that others are left; or all kinds of withdrawals at once.
  const first = whole.map(({ reason, since }) => known.map((id) => ({ id, channels: ['c0'], reason, since })));
  const mixed = fc.array(fc.oneof(whole, some), { minLength: 1, maxLength: 12, size: 'max' });
  return fc.oneof(first, mixed, mixed).map((withdrawn) => ({ withdrawn }));
}
