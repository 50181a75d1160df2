import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cadenceOf } from './cadence.ts';
import type { Entry } from './entry.ts';
import { coversPath } from './evidence.ts';
import { factAt } from './factValue.ts';
import { channelFactsOf, factChanges, gateFactsOf, least, liveChannels, unknownFacts } from './gateFacts.ts';
import { sameValue } from './diff.ts';
import { confidenceAt, dueState, isExpired, standingOf, type StandingInput } from './standing.ts';
import {
  METHODS,
  type Confidence,
  type FactChange,
  type Method,
  type OpenAlarm,
  type Outcome,
  type VerificationEvent,
} from './verification.ts';
import { KINDS, Kind } from './vocabulary.ts';

const DAY = 86_400_000;
const BIRTH = Date.parse('2026-01-01T00:00:00.000Z');
const day = (n: number) => new Date(BIRTH + n * DAY).toISOString();
const uuid = (n: number) => `0190a000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

const entry = (more: Partial<Entry> = {}): Entry => ({
  id: uuid(1),
  slug: 'one',
  kind: 'hotline.web',
  names: { en: { text: 'Hotline' } },
  organisation: uuid(2),
  serves: [{ area: 'DE', basis: 'any', strength: 'primary' }],
  accepts: { 'csam-url': { answer: 'yes' } },
  audience: ['public'],
  anonymity: { level: 'anonymous' },
  channels: [
    { id: 'web', type: 'url', value: { href: 'https://help.example.org/' } },
    { id: 'tel', type: 'phone', value: { number: { kind: 'e164', digits: '4930123456' } } },
  ],
  memberships: [],
  operational: { status: 'operating' },
  evidence: [],
  ...more,
});

const EVERYTHING = [
  '/names',
  '/organisation',
  '/serves',
  '/accepts',
  '/audience',
  '/anonymity',
  '/mustNot',
  '/channels',
];

let ids = 0;
const look = (more: Partial<VerificationEvent> & { on?: number } = {}): VerificationEvent => {
  const { on = 0, ...rest } = more;
  return {
    id: uuid((ids += 1)),
    recordId: uuid(1),
    revision: 1,
    paths: EVERYTHING,
    method: 'official-site-check',
    outcome: 'confirmed',
    performedAt: day(on),
    by: { kind: 'person', userId: uuid(3) },
    attempt: 1,
    evidence: [],
    underSoleOption: false,
    ...rest,
  };
};

const history = (more: Partial<StandingInput> = {}): StandingInput => ({
  entry: entry(),
  createdAt: day(0),
  events: [],
  changes: [],
  alarms: [],
  isSoleOption: false,
  ...more,
});

const NAME = '/names';
const nameOn = (n: number, events: VerificationEvent[], more: Partial<StandingInput> = {}) => {
  const fact = standingOf(history({ events, ...more })).facts[NAME];
  return fact && confidenceAt(fact, day(n));
};

describe('the confidence of a fact (DOMAIN §3.6)', () => {
  it('is none while nobody looked', () => {
    expect(nameOn(0, [])).toBe('none');
  });

  it.each<[Method, Confidence]>([
    ['official-site-check', 'medium'],
    ['official-register-check', 'medium'],
    ['organisation-confirmation', 'medium'],
    ['partner-attestation', 'medium'],
    ['test-call', 'medium'],
    ['test-message', 'medium'],
    ['form-reachability', 'medium'],
  ])('is by %s alone %s', (method, confidence) => {
    expect(nameOn(1, [look({ method })])).toBe(confidence);
  });

  it.each<[Method, Method, Confidence]>([
    ['official-site-check', 'organisation-confirmation', 'high'],
    ['official-site-check', 'test-call', 'high'],
    ['official-register-check', 'partner-attestation', 'high'],
    ['official-site-check', 'official-register-check', 'medium'],
    ['organisation-confirmation', 'test-call', 'medium'],
    ['organisation-confirmation', 'partner-attestation', 'medium'],
  ])('is by %s and %s %s', (one, other, confidence) => {
    expect(nameOn(2, [look({ method: one }), look({ method: other, on: 1 })])).toBe(confidence);
  });

  it('falls to low at the end of the cadence and to none at one and a half', () => {
    const events = [look()];
    expect([179, 180, 269, 270].map((n) => nameOn(n, events))).toEqual(['medium', 'low', 'low', 'none']);
  });

  it('is high only while both families are within the cadence', () => {
    const events = [look(), look({ method: 'test-call', on: 100 })];
    expect([179, 180, 279, 280].map((n) => nameOn(n, events))).toEqual(['high', 'medium', 'medium', 'low']);
  });

  it.each(['contradicted', 'gone'] as const)('is contradicted when the newest word is %s', (outcome) => {
    const events = [look(), look({ outcome, on: 3, paths: [NAME] })];
    expect(nameOn(4, events)).toBe('contradicted');
    expect(nameOn(6, [...events, look({ on: 5 })])).toBe('medium');
  });

  it('does not change when nobody answers', () => {
    const contradicted = look({ outcome: 'contradicted', on: 3 });
    const unanswered = look({ outcome: 'not-reached', method: 'test-call', on: 4 });
    expect(nameOn(5, [look(), unanswered])).toBe('medium');
    expect(nameOn(5, [look(), contradicted, unanswered])).toBe('contradicted');
  });

  it('forgets an event that was corrected', () => {
    const mistaken = look({ outcome: 'gone', on: 1 });
    expect(nameOn(3, [look(), mistaken, look({ outcome: 'not-reached', on: 2, supersedes: mistaken.id })])).toBe(
      'medium',
    );
  });

  it('counts an event for its paths and what lies below, and for nothing else', () => {
    const events = [look({ paths: ['/serves/DE', '/channels/tel'] })];
    const { facts } = standingOf(history({ events }));
    const confirmed = Object.keys(facts).filter((path) => facts[path]?.lastConfirmedAt !== null);
    expect(confirmed.sort()).toEqual(['/channels/tel/value', '/serves/DE']);
    expect(standingOf(history({ events: [look({ paths: ['/serves/D'] })] })).facts['/serves/DE']?.families).toEqual([]);
  });
});

describe('a change of a fact', () => {
  const changed = (path: string, revision = 2, proposalId = uuid(9)): FactChange => ({ path, revision, proposalId });

  it('takes away what was confirmed before it, and leaves other facts alone', () => {
    const { facts } = standingOf(history({ events: [look()], changes: [changed(NAME)] }));
    expect(facts[NAME]).toMatchObject({ mediumUntil: null, lowUntil: null, lastConfirmedAt: null, dueAt: day(0) });
    expect(facts['/serves/DE']?.mediumUntil).toBe(day(180));
  });

  it('leaves standing what was confirmed of the new value', () => {
    expect(nameOn(5, [look(), look({ revision: 2, on: 4 })], { changes: [changed(NAME)] })).toBe('medium');
  });

  it('does not make an expiry later', () => {
    const before = standingOf(history({ events: [look()] }));
    expect(standingOf(history({ events: [look()], changes: [changed(NAME)] })).expiresAt).toBe(before.expiresAt);
  });
});

describe('something else that was seen', () => {
  const tel = '/channels/tel/value';
  const value = (digits: string) => ({ number: { kind: 'e164', digits } });
  const seen = look({
    outcome: 'confirmed-changed',
    paths: ['/channels/tel'],
    observed: { [tel]: value('4930777777') },
    proposalId: uuid(9),
  });
  const withNumber = (digits: string) => {
    const [web, phone] = entry().channels;
    return entry({ channels: [web, { ...phone, value: value(digits) }] as Entry['channels'] });
  };
  const after = (digits: string, proposalId: string, revision = 2) =>
    standingOf(history({ entry: withNumber(digits), events: [seen], changes: [{ path: tel, revision, proposalId }] }))
      .facts[tel];

  it('contradicts the fact until it is proposed and approved, and confirms what was the same', () => {
    const { facts, channels } = standingOf(history({ events: [{ ...seen, paths: ['/channels/tel', '/names'] }] }));
    expect(facts[tel]).toMatchObject({ contradicted: true, mediumUntil: null });
    expect(channels['tel']?.contradicted).toBe(true);
    expect(facts[NAME]).toMatchObject({ contradicted: false, mediumUntil: day(180) });
  });

  it('confirms the new value once its own proposal was applied with just that value', () => {
    expect(after('4930777777', uuid(9))).toMatchObject({ contradicted: false, mediumUntil: day(180) });
  });

  it('says nothing of another value, nor of the same value from another proposal', () => {
    expect(after('4930888888', uuid(9))).toMatchObject({ contradicted: false, mediumUntil: null });
    expect(after('4930777777', uuid(8))).toMatchObject({ contradicted: false, mediumUntil: null });
  });

  it('confirms the rest of a list whose change it was', () => {
    const area = look({
      outcome: 'confirmed-changed',
      paths: ['/serves'],
      observed: { '/serves/FR': null },
      proposalId: uuid(9),
    });
    const changes = ['/serves/FR', '/serves'].map((path) => ({ path, revision: 2, proposalId: uuid(9) }));
    const { facts } = standingOf(history({ events: [area], changes }));
    expect(facts['/serves/DE']?.mediumUntil).toBe(day(180));
    const byOthers = changes.map((change) => ({ ...change, proposalId: uuid(8) }));
    expect(standingOf(history({ events: [area], changes: byOthers })).facts['/serves/DE']?.mediumUntil).toBeNull();
  });
});

describe('an alarm', () => {
  const alarm = (path: string, unsafe = false): OpenAlarm => ({ path, kind: 'not-found', unsafe });
  const events = [look(), look({ method: 'test-call' })];

  it('caps the entry, its channel and its fact at medium, and is counted', () => {
    const alarms = [alarm('/channels/web/value'), alarm('/channels/web', true)];
    const standing = standingOf(history({ events, alarms }));
    expect(standing).toMatchObject({ openAlarms: 2, unsafe: true });
    expect(confidenceAt(standing, day(1))).toBe('medium');
    expect(standing.channels['web']?.highUntil).toBeNull();
    expect(standing.channels['tel']?.highUntil).toBe(day(180));
  });

  it('does not lift what is lower', () => {
    expect(confidenceAt(standingOf(history({ alarms: [alarm('/names')] })), day(1))).toBe('none');
  });
});

describe('an entry', () => {
  it('is as good as its lowest gate fact', () => {
    const partly = look({ paths: EVERYTHING.filter((path) => path !== '/audience') });
    expect(confidenceAt(standingOf(history({ events: [partly] })), day(1))).toBe('none');
    expect(confidenceAt(standingOf(history({ events: [look()] })), day(1))).toBe('medium');
  });

  it('needs one channel: the best one counts, but each is due', () => {
    const events = [
      look({ paths: EVERYTHING.filter((path) => path !== '/channels') }),
      look({ paths: ['/channels/tel'], on: 2 }),
    ];
    const standing = standingOf(history({ events }));
    expect(confidenceAt(standing, day(3))).toBe('medium');
    expect(standing.channels['web']).toMatchObject({ lastConfirmedAt: null, dueAt: day(0), expiresAt: null });
    expect(standing.dueAt).toBe(day(0));
  });

  it('is contradicted by a fact, and by its channels only when all of them are', () => {
    const gone = (path: string) => look({ outcome: 'gone', paths: [path], on: 1 });
    expect(standingOf(history({ events: [look(), gone('/channels/web')] })).contradicted).toBe(false);
    expect(standingOf(history({ events: [look(), gone('/channels/web'), gone('/channels/tel')] })).contradicted).toBe(
      true,
    );
    expect(standingOf(history({ events: [look(), gone('/serves/DE')] })).contradicted).toBe(true);
  });

  it('that nobody confirmed is due since it came, and never expires', () => {
    const standing = standingOf(history({ createdAt: day(5) }));
    expect(standing).toMatchObject({ dueAt: day(5), remindAt: day(5), expiresAt: null, lastConfirmedAt: null });
    expect(dueState(standing, day(5))).toBe('due');
    expect(dueState(standing, day(12))).toBe('overdue');
  });

  it('goes round: fresh, soon, due, overdue, expired', () => {
    const standing = standingOf(history({ events: [look()] }));
    expect(standing).toMatchObject({ remindAt: day(135), dueAt: day(180), expiresAt: day(270) });
    expect([134, 135, 180, 187, 270].map((n) => dueState(standing, day(n)))).toEqual([
      'fresh',
      'soon',
      'due',
      'overdue',
      'expired',
    ]);
  });

  it('keeps the shorter cadence of a sole option with what was confirmed under it', () => {
    const sole = look({ underSoleOption: true });
    expect(standingOf(history({ events: [sole], isSoleOption: true })).mediumUntil).toBe(day(90));
    expect(standingOf(history({ events: [sole] }))).toMatchObject({
      mediumUntil: day(90),
      dueAt: day(90),
      riskClass: 'B',
    });
    expect(standingOf(history({ events: [look()], isSoleOption: true })).mediumUntil).toBe(day(90));
  });
});

describe('the cadence', () => {
  it.each<[Kind, boolean, string]>([
    ['portal.global', false, 'G 30 20 45'],
    ['portal.global', true, 'G 30 20 45'],
    ['clearinghouse', false, 'A 90 68 135'],
    ['child-helpline', false, 'A 90 68 135'],
    ['removal-service', false, 'A 90 68 135'],
    ['hotline.web', false, 'B 180 135 270'],
    ['hotline.web', true, 'A 90 68 135'],
    ['law-enforcement.report', false, 'B 180 135 270'],
    ['platform-tool', false, 'B 90 68 135'],
    ['prevention-helpline', false, 'B 180 135 270'],
    ['traveller-report', false, 'C 180 135 270'],
    ['directory', true, 'A 90 68 135'],
    ['network', false, 'D 365 300 545'],
    ['coordination', false, 'D 365 300 545'],
    ['emergency', false, 'A 365 300 545'],
    ['emergency', true, 'A 365 300 545'],
  ])('of %s (sole option: %s) is %s', (kind, isSoleOption, expected) => {
    const { riskClass, confirmDays, remindDays, expireDays } = cadenceOf({ kind }, isSoleOption);
    expect(`${riskClass} ${confirmDays} ${remindDays} ${expireDays}`).toBe(expected);
  });
});

describe('the gate (DOMAIN §3.12)', () => {
  it('asks every kind for name, organisation, serves, accepts, audience and a channel', () => {
    for (const kind of Object.keys(KINDS) as Kind[]) {
      const facts = gateFactsOf(entry({ kind }));
      for (const path of ['/names', '/organisation', '/serves/DE', '/accepts/csam-url', '/audience'])
        expect(facts, kind).toContain(path);
      expect(channelFactsOf(entry({ kind }), 'tel'), kind).toContain('/channels/tel/value');
    }
  });

  it('asks a child helpline also for hours, cost, reach and languages of a channel that states them', () => {
    const [, tel] = entry().channels;
    const channels = [{ ...tel, hours: { kind: 'always' }, cost: { level: 'free' } }] as Entry['channels'];
    expect(channelFactsOf({ kind: 'child-helpline', channels }, 'tel')).toEqual(
      ['value', 'hours', 'cost'].map((fact) => `/channels/tel/${fact}`),
    );
    expect(channelFactsOf({ kind: 'hotline.web', channels }, 'tel')).toEqual(['/channels/tel/value']);
    expect(gateFactsOf(entry({ kind: 'child-helpline' }))).toEqual(
      expect.arrayContaining(['/ages', '/confidentialityLimits']),
    );
  });

  it('asks a hotline for the memberships it claims', () => {
    const claimed = entry({ memberships: [{ network: 'inhope', status: 'member' }] });
    expect(gateFactsOf(claimed)).toContain('/memberships/inhope');
    expect(gateFactsOf(entry()).some((path) => path.startsWith('/memberships'))).toBe(false);
  });

  it('looks at no channel that is retired', () => {
    const [web, tel] = entry().channels;
    const channels = [web, { ...tel, retired: { at: '2026-01-01', reason: 'closed' } }] as Entry['channels'];
    expect(channelFactsOf({ kind: 'hotline.web', channels }, 'tel')).toEqual([]);
    expect(Object.keys(standingOf(history({ entry: entry({ channels }) })).channels)).toEqual(['web']);
  });

  it('asks more of what a country has nothing else for', () => {
    expect([least('hotline.web', false), least('hotline.web', true), least('child-helpline', false)]).toEqual([
      'medium',
      'high',
      'high',
    ]);
  });

  it('knows its facts and what lies above them, and nothing else', () => {
    const paths = ['/names', '/mustNot', '/serves', '/channels/tel', '/channels/tel/value'];
    expect(unknownFacts(entry(), paths)).toEqual([]);
    const wrong = ['/names/en', '/serves/FR', '/channels/fax', '/channels/tel/hours', '/evidence', '/secret'];
    expect(unknownFacts(entry(), wrong)).toEqual(wrong);
  });
});

describe('what revisions changed', () => {
  const changesOf = (...docs: Partial<Entry>[]) =>
    factChanges(docs.map((doc, i) => ({ revision: i + 1, proposalId: uuid(i), doc: entry(doc) })))
      .map(({ path, revision }) => `${revision} ${path}`)
      .sort();
  const fr = { area: 'FR', basis: 'any', strength: 'primary' } as const;
  const [web, tel] = entry().channels as [Entry['channels'][number], Entry['channels'][number]];

  it('is nothing for evidence, notes, texts, order and translations', () => {
    const summary = { en: { text: 'x' } };
    const names = { en: { text: 'Hotline' }, fr: { text: 'Ligne', origin: 'curator' as const } };
    expect(
      changesOf({}, { notesInternal: 'x' }, { summary }, { names }, { channels: [tel, web], audience: ['public'] }),
    ).toEqual([]);
  });

  it('names values, whatever order the revisions come in', () => {
    const other = { ...tel, value: { number: { kind: 'e164', digits: '4930999999' } } } as typeof tel;
    expect(changesOf({}, { channels: [web, other] }, { channels: [web, tel] })).toEqual([
      '2 /channels/tel/value',
      '3 /channels/tel/value',
    ]);
    const revisions = [1, 2].map((revision) => ({
      revision,
      proposalId: uuid(revision),
      doc: entry({ ages: { min: revision } }),
    }));
    expect(factChanges(revisions)).toEqual(factChanges(revisions.reverse()));
  });

  it('is what is left of a list from which something goes, and everything when nothing is left or the kind is another', () => {
    expect(changesOf({ serves: [...entry().serves, fr] }, {})).toEqual(['2 /serves', '2 /serves/FR']);
    expect(changesOf({ memberships: [{ network: 'inhope', status: 'member' }] }, {})).toEqual([
      '2 ',
      '2 /memberships/inhope',
    ]);
    expect(changesOf({ kind: 'child-helpline' }, {})).toEqual(['2 ']);
    expect(changesOf({}, { serves: [...entry().serves, fr] })).toEqual(['2 /serves/FR']);
  });

  it('is a channel that goes or comes back, not its neighbours', () => {
    const retired = { ...tel, retired: { at: '2026-01-01', reason: 'closed' } } as typeof tel;
    expect(changesOf({}, { channels: [web, retired] }, {})).toEqual(['2 /channels/tel/value', '3 /channels/tel/value']);
  });

  it('is the whole channel when it stops stating something', () => {
    expect(changesOf({ channels: [web, { ...tel, hours: { kind: 'always' } }] }, {})).toEqual([
      '2 /channels/tel',
      '2 /channels/tel/hours',
    ]);
  });
});

// --- Random histories -------------------------------------------------------------------------------------------------

/** Documents an entry may pass through: facts differ, come and go. */
const aDocument = fc
  .record({
    kind: fc.constantFrom<Kind>(
      'hotline.web',
      'child-helpline',
      'emergency',
      'portal.global',
      'directory',
      'platform-tool',
    ),
    name: fc.constantFrom('One', 'Two'),
    areas: fc.subarray(['DE', 'FR', 'IT'], { minLength: 1 }),
    needs: fc.subarray(['csam-url', 'grooming'] as const, { minLength: 1 }),
    ages: fc.constantFrom(undefined, { max: 17 }),
    member: fc.boolean(),
    channels: fc.uniqueArray(
      fc.record({
        id: fc.constantFrom('a', 'b', 'c'),
        digits: fc.constantFrom('4930111111', '4930222222'),
        hours: fc.boolean(),
        retired: fc.boolean(),
      }),
      { selector: ({ id }) => id },
    ),
  })
  .map(({ kind, name, areas, needs, ages, member, channels }) =>
    entry({
      kind,
      names: { en: { text: name } },
      serves: areas.map((area) => ({ area, basis: 'any', strength: 'primary' })),
      accepts: Object.fromEntries(needs.map((need) => [need, { answer: 'yes' }])),
      ages,
      memberships: member ? [{ network: 'inhope', status: 'member' }] : [],
      channels: channels.map(({ id, digits, hours, retired }) => ({
        id,
        type: 'phone',
        value: { number: { kind: 'e164', digits } },
        ...(hours ? { hours: { kind: 'always' as const } } : {}),
        ...(retired ? { retired: { at: '2026-01-01', reason: 'closed' as const } } : {}),
      })) as Entry['channels'],
    }),
  );

const aPath = fc.constantFrom<string>(
  '/names',
  '/organisation',
  '/serves',
  '/serves/DE',
  '/serves/FR',
  '/accepts',
  '/accepts/grooming',
  '/audience',
  '/anonymity',
  '/mustNot',
  '/ages',
  '/confidentialityLimits',
  '/afterReport',
  '/dataGoesTo',
  '/memberships',
  '/channels',
  '/channels/a',
  '/channels/a/value',
  '/channels/b/hours',
);
const aMethod = fc.constantFrom(...(Object.keys(METHODS) as Method[]));

type Step =
  | {
      is: 'look';
      event: Pick<VerificationEvent, 'paths' | 'method' | 'outcome'>;
      other?: string;
      linked: boolean;
      corrects: boolean;
    }
  | { is: 'edit'; doc: Entry; linked: boolean }
  | { is: 'alarm'; alarm: OpenAlarm }
  | { is: 'neighbour'; isSoleOption: boolean }
  | { is: 'wait'; days: number };

const aStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      is: fc.constant('look' as const),
      event: fc.record({
        paths: fc.oneof(
          fc.constant<string[]>([
            ...EVERYTHING,
            '/ages',
            '/confidentialityLimits',
            '/memberships',
            '/afterReport',
            '/dataGoesTo',
          ]),
          fc.uniqueArray(aPath, { minLength: 1, maxLength: 6 }),
        ),
        method: aMethod,
        outcome: fc.constantFrom<Outcome>(
          'confirmed',
          'confirmed',
          'confirmed',
          'confirmed-changed',
          'not-reached',
          'contradicted',
          'gone',
        ),
      }),
      linked: fc.boolean(),
      corrects: fc.boolean(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ is: fc.constant('edit' as const), doc: aDocument, linked: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      is: fc.constant('alarm' as const),
      alarm: fc.record({ path: aPath, kind: fc.constant('not-found' as const), unsafe: fc.boolean() }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('neighbour' as const), isSoleOption: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ is: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 120 }) }) },
);

type Life = {
  input: StandingInput;
  revisions: { revision: number; proposalId: string; doc: Entry }[];
  at: number;
  linked: string | undefined;
};

const newborn = (doc: Entry): Life => ({
  input: history({ entry: doc }),
  revisions: [{ revision: 1, proposalId: uuid(0x100), doc }],
  at: 0,
  linked: undefined,
});

function live(life: Life, step: Step): Life {
  const { input, revisions, at } = life;
  const revision = revisions.length;
  if (step.is === 'wait') return { ...life, at: at + step.days };
  if (step.is === 'alarm') return { ...life, input: { ...input, alarms: [...input.alarms, step.alarm] } };
  if (step.is === 'neighbour') return { ...life, input: { ...input, isSoleOption: step.isSoleOption } };
  if (step.is === 'look') {
    const proposalId = uuid(0x1000 + input.events.length);
    const changed = step.event.outcome === 'confirmed-changed';
    const event = look({
      ...step.event,
      on: at,
      revision,
      underSoleOption: input.isSoleOption,
      // No document ever says this: the one way in which an approved proposal confirms is tested above.
      ...(changed ? { observed: { [step.event.paths[0] ?? NAME]: ['seen'] }, proposalId } : {}),
      ...(step.corrects && input.events.length > 0 ? { supersedes: input.events.at(-1)!.id } : {}),
    });
    return {
      ...life,
      input: { ...input, events: [...input.events, event] },
      linked: changed && step.linked ? proposalId : life.linked,
    };
  }
  const next = [
    ...revisions,
    { revision: revision + 1, proposalId: (step.linked && life.linked) || uuid(0x100 + revision), doc: step.doc },
  ];
  return { ...life, revisions: next, input: { ...input, entry: step.doc, changes: factChanges(next) } };
}

/** `contradicted` says why there is no confidence; it is no less than none. */
const RANK: Record<Confidence, number> = { contradicted: 0, none: 0, low: 1, medium: 2, high: 3 };

describe('in any history', () => {
  it('confidence rises by what a person records, and never by time, edit, import, alarm or neighbours', () => {
    fc.assert(
      fc.property(aDocument, fc.array(aStep, { maxLength: 25 }), (doc, steps) => {
        let life = newborn(doc);
        for (const step of steps) {
          // A neighbour that goes shortens the cadence; when one comes, what that took away may come back, and no more.
          const before = standingOf(step.is === 'neighbour' ? { ...life.input, isSoleOption: false } : life.input);
          const was = { at: life.at, facts: before.facts, channels: before.channels };
          life = live(life, step);
          if (step.is === 'look') continue;
          const after = standingOf(life.input);
          const rank = (of: (typeof after.facts)[string], n: number) => RANK[confidenceAt(of, day(n))];
          for (const later of [0, 1, 50, 200]) {
            const then = was.at + later;
            const now = life.at + later;
            expect(rank(after, now)).toBeLessThanOrEqual(rank(before, then));
            for (const [path, fact] of Object.entries(after.facts)) {
              const old = was.facts[path];
              expect(rank(fact, now), path).toBeLessThanOrEqual(old ? rank(old, then) : RANK.none);
            }
          }
          if (
            step.is !== 'neighbour' &&
            isExpired(before, day(was.at)) &&
            liveChannels(life.input.entry).length > 0 &&
            step.is !== 'edit'
          )
            expect(isExpired(after, day(life.at))).toBe(true);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('confidence is what DOMAIN says, written down plainly', () => {
    fc.assert(
      fc.property(
        aDocument,
        fc.array(aStep, { maxLength: 20 }),
        fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 3, maxLength: 6 }),
        (doc, steps, days) => {
          const life = steps.reduce(live, newborn(doc));
          const standing = standingOf(life.input);
          for (const later of [0, ...days]) {
            const now = BIRTH + (life.at + later) * DAY + later; // Seldom just at a boundary.
            const at = new Date(now).toISOString();
            for (const [path, fact] of Object.entries(standing.facts))
              expect(confidenceAt(fact, at), path).toBe(plainConfidence(life, path, now));
            expect(confidenceAt(standing, at)).toBe(plainEntryConfidence(life, now));
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});

/** DOMAIN §3.6, line by line, at one moment. */
function plainConfidence({ input, revisions }: Life, path: string, now: number): Confidence {
  const { entry: current, events, alarms, isSoleOption } = input;
  const superseded = events.map((e) => e.supersedes);
  const changes = factChanges(revisions);
  const isBelow = (below: string, above: string) => below === above || below.startsWith(`${above}/`);
  const onPath = events
    .map((event, order) => ({ event, order }))
    .filter(({ event }) => event.outcome !== 'not-reached' && !superseded.includes(event.id))
    .filter(({ event }) => event.paths.some((p) => isBelow(path, p)))
    .sort((a, b) => Date.parse(b.event.performedAt) - Date.parse(a.event.performedAt) || b.order - a.order)
    .flatMap(({ event }) => {
      const later = changes.filter((c) => c.revision > event.revision && isBelow(path, c.path));
      const others = Object.keys(event.observed ?? {}).some((p) => coversPath(p, path));
      const applied = (at: string) => {
        const seen = Object.entries(event.observed ?? {}).filter(([p]) => coversPath(p, at));
        return seen.length > 0 && seen.every(([p, v]) => sameValue(factAt(current, p) ?? null, v ?? null));
      };
      if (event.outcome === 'confirmed-changed' && others) {
        if (later.length === 0) return [{ event, says: 'contradicted' }];
        const last = Math.max(...later.map((c) => c.revision));
        const mine = later.find((c) => c.revision === last)?.proposalId === event.proposalId;
        return mine && applied(path) ? [{ event, says: 'confirmed' }] : [];
      }
      const kept = later.every((c) => c.path !== path && c.proposalId === event.proposalId && applied(c.path));
      if (!kept) return [];
      return [
        { event, says: event.outcome === 'contradicted' || event.outcome === 'gone' ? 'contradicted' : 'confirmed' },
      ];
    });
  if (onPath[0]?.says === 'contradicted') return 'contradicted';
  const within = (share: number) =>
    onPath
      .filter(({ says }) => says === 'confirmed')
      .filter(({ event }) => {
        const { confirmDays } = cadenceOf(current, isSoleOption || event.underSoleOption);
        return now < Date.parse(event.performedAt) + share * confirmDays * DAY;
      })
      .map(({ event }) => METHODS[event.method].family);
  const families = within(1);
  const [p, s] = [families.some((f) => f !== 'source'), families.includes('source')];
  if (p && s) return alarms.some((a) => coversPath(a.path, path)) ? 'medium' : 'high';
  if (p || s) return 'medium';
  return within(1.5).length > 0 ? 'low' : 'none';
}

function plainEntryConfidence(life: Life, now: number): Confidence {
  const { entry: current, alarms } = life.input;
  const order: Confidence[] = ['contradicted', 'none', 'low', 'medium', 'high'];
  const lowest = (list: Confidence[]) => order.find((c) => list.includes(c)) ?? 'none';
  const channels = liveChannels(current).map(({ id }) =>
    lowest(channelFactsOf(current, id).map((path) => plainConfidence(life, path, now))),
  );
  const best = [...order].reverse().find((c) => channels.includes(c)) ?? 'none';
  const whole = lowest([...gateFactsOf(current).map((path) => plainConfidence(life, path, now)), best]);
  return whole === 'high' && alarms.length > 0 ? 'medium' : whole;
}
