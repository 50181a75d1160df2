import { describe, expect, it } from 'vitest';
import { route } from '../route.ts';
import { RouteRequest } from '../routeRequest.ts';
import { Route } from './answer.ts';
import type { RoutableEntry } from './directory.ts';
import { ask, buildRoutable, DIRECTORY, form, line, NOW, serving, takes } from './testing.ts';

const hotline = (id: string, more: Partial<RoutableEntry> = {}) =>
  buildRoutable({ id, kind: 'hotline.web', serves: serving('QN'), accepts: takes(['csam-url']), ...more });

function steps(entries: readonly RoutableEntry[], request: Parameters<typeof ask>[0], now = NOW) {
  return route(ask(request), { entries, countries: [] }, now).steps;
}
const ids = (...found: Parameters<typeof steps>) => steps(...found).map(({ id }) => id);
const inQn = { need: 'csam-online', country: 'QN' } as const;

describe('who is responsible', () => {
  it.each([
    ['where the person is', 'reporter-located', { country: 'QN' }, true],
    [
      'where the person is, though it happened elsewhere',
      'reporter-located',
      { country: 'QM', incidentCountry: 'QN' },
      false,
    ],
    ['where the person lives', 'reporter-resident', { country: 'QM', residence: 'QN' }, true],
    [
      'where the person lives, who is only passing through',
      'reporter-resident',
      { country: 'QN', residence: 'QM' },
      false,
    ],
    ['where the person lives, who says nothing else', 'reporter-resident', { country: 'QN' }, true],
    ['where it happened', 'incident-located', { country: 'QM', incidentCountry: 'QN' }, true],
    ['where the child is, who is elsewhere', 'child-located', { country: 'QN', incidentCountry: 'QM' }, false],
    ['where content is hosted, which nobody said', 'content-hosted', { country: 'QN' }, false],
    ['any of these', 'any', { country: 'QM', residence: 'QS', incidentCountry: 'QN' }, true],
  ] as const)('%s', (_, basis, places, isShown) => {
    const entry = hotline('a', { serves: [{ area: 'QN', basis, strength: 'primary' }] });
    expect(ids([entry], { need: 'csam-online', ...places })).toEqual(isShown ? ['a'] : ['generic:police']);
  });

  it('is not who makes an exception, nor who serves another part of the country', () => {
    const world: RoutableEntry['serves'][number] = { area: '001', basis: 'any', strength: 'primary', except: ['QN'] };
    const portal = buildRoutable({ id: 'p', kind: 'portal.global', serves: [world], accepts: takes(['csam-url']) });
    expect(ids([portal], inQn)).toEqual(['generic:police']);
    expect(ids([portal], { need: 'csam-online', country: 'QM' })).toEqual(['p']);
    const part = hotline('part', { serves: serving('QN-AA') });
    expect(ids([part], inQn)).toEqual(['generic:police']);
    expect(steps([part], { ...inQn, subdivision: 'QN-AA' })).toMatchObject([
      { id: 'part', why: expect.arrayContaining(['your-area']) },
    ]);
  });

  it('may be a member of a group of states on that day, and not later', () => {
    const entry = hotline('a', { serves: serving('group:EU') });
    expect(ids([entry], { need: 'csam-online', country: 'GB' })).toEqual(['generic:police']);
    const before = hotline('a', {
      serves: serving('group:EU'),
      verification: { confidence: 'high', expiresAt: null },
    });
    expect(ids([before], { need: 'csam-online', country: 'GB' }, '2019-06-01T00:00:00.000Z')).toEqual(['a']);
  });
});

describe('the order inside a tier', () => {
  it('is narrower area, primary, unconditional, open, language, confidence, priority, id', () => {
    const closed = form({
      hours: { kind: 'weekly', tz: 'Etc/UTC', weekly: [{ days: ['mo'], from: '09:00', to: '10:00' }] },
    });
    const entries = [
      hotline('8'),
      hotline('7', { priority: 10 }),
      hotline('9', { verification: { confidence: 'medium', expiresAt: null }, priority: 1 }),
      hotline('a9', { channels: [form({ languages: [{ tag: 'fr' }] })] }),
      hotline('b', { channels: [closed] }),
      hotline('c', { accepts: takes(['csam-url'], 'conditional') }),
      hotline('d', { serves: [{ area: 'QN', basis: 'any', strength: 'accepts' }] }),
      hotline('z', { serves: serving('QN-AA'), priority: 99 }),
    ].map((entry, i) => ({ ...entry, slug: `s${i}` }));
    const asked = { ...inQn, subdivision: 'QN-AA', languages: ['de'] };
    expect(ids(entries, asked)).toEqual(['z', '7', '8', '9', 'a9', 'b', 'c', 'd']);
    const caveats = Object.fromEntries(steps(entries, asked).map((step) => [step.id, step.caveats]));
    expect(caveats).toMatchObject({ a9: ['language'], b: ['closed-now'], c: ['conditional'], 7: [] });
  });

  it('prefers who is anonymous when that is asked for, and says who may ask', () => {
    const entries = [
      hotline('a', { anonymity: { level: 'confidential' } }),
      hotline('b', { anonymity: { level: 'anonymous' } }),
      hotline('c', { anonymity: { level: 'identified' } }),
    ];
    const found = steps(entries, { ...inQn, anonymity: 'preferred' });
    expect(found.map(({ id, caveats }) => [id, caveats])).toEqual([
      ['b', []],
      ['a', ['may-ask-who-you-are']],
      ['c', ['identity-needed']],
    ]);
    expect(steps(entries, inQn).every(({ caveats }) => caveats.length === 0)).toBe(true);
  });

  it('keeps pairs together in every tier, also where one of them asks for a name', () => {
    const number = (id: string, more: Partial<RoutableEntry> = {}) =>
      buildRoutable({ id, kind: 'emergency', serves: serving('QN'), channels: [line('112', 'QN')], ...more });
    const numbers = [number('1', { pairedWith: ['3'] }), number('2'), number('3')];
    expect(ids(numbers, { ...inQn, danger: 'yes' })).toEqual(['1', '3', '2']);
    const named = hotline('c', { anonymity: { level: 'identified' }, pairedWith: ['a'] });
    expect(ids([hotline('a'), hotline('b'), named], { ...inQn, anonymity: 'preferred' })).toEqual(['a', 'c', 'b']);
  });

  it('says when the other half of a pair is missing', () => {
    const half = hotline('a', { pairedWith: ['b'] });
    expect(steps([half], inQn)).toMatchObject([{ id: 'a', caveats: ['partner-missing'] }]);
  });
});

describe('a channel', () => {
  it('whose own verification fails is left out, and the entry with it when none is left', () => {
    const doubtful = { verification: { confidence: 'contradicted', expiresAt: null } } as const;
    const two = hotline('a', { channels: [form(), line('116111', 'QN', doubtful)] });
    expect(steps([two], inQn)).toMatchObject([{ id: 'a', channels: ['web'] }]);
    const one = hotline('a', { channels: [line('116111', 'QN', doubtful)] });
    const found = route(ask(inQn), { entries: [one], countries: [] }, NOW);
    expect(found).toMatchObject({ steps: [{ id: 'generic:police' }], withheld: [{ id: 'a', reason: 'confidence' }] });
    // What the country has is not unknown because nobody verified it.
    expect(found.notes).not.toContain('coverage:not-researched');
  });

  it('asks for a phone of a country that the person has, or lives in', () => {
    const entry = hotline('a', { serves: serving('QN', 'QM'), channels: [form({ requires: ['otp:QN'] })] });
    expect(ids([entry], inQn)).toEqual(['a']);
    expect(ids([entry], { need: 'csam-online', country: 'QM' })).toEqual(['generic:police']);
    expect(ids([entry], { need: 'csam-online', country: 'QM', residence: 'QN' })).toEqual(['a']);
  });

  it('is one the person can use: somebody who cannot speak is shown no telephone, in danger neither', () => {
    const silent = { usable: ['sms', 'chat'] as const };
    const found = steps(DIRECTORY.entries, {
      need: 'child-help',
      country: 'US',
      danger: 'yes',
      usable: [...silent.usable],
    });
    expect(found[0]).toMatchObject({ id: 'generic:emergency', country: 'US' });
  });

  it('with an account is not anonymous, whatever is said of it', () => {
    const entry = hotline('a', { channels: [form({ anonymity: 'anonymous', requires: ['account'] })] });
    expect(ids([entry], { ...inQn, anonymity: 'required' })).toEqual(['generic:police']);
  });
});

describe('one kind of abuse material', () => {
  it('goes to who takes another and says nothing of it, under a caveat, but never to who says no', () => {
    expect(steps([hotline('a')], { need: 'livestream', country: 'QN' })).toMatchObject([
      { id: 'a', caveats: ['conditional'] },
    ]);
    const no = hotline('a', { accepts: { ...takes(['csam-url']), ...takes(['livestream'], 'no') } });
    expect(ids([no], { need: 'livestream', country: 'QN' })).toEqual(['generic:police']);
  });
});

describe('danger', () => {
  it('of a child elsewhere keeps the own number, with a caveat, and names the police over there', () => {
    const request = { need: 'contact-abuse', country: 'DE', incidentCountry: 'QM', danger: 'yes' } as const;
    expect(
      steps(
        DIRECTORY.entries.filter(({ id }) => id !== 'de-police-online'),
        request,
      ),
    ).toMatchObject([
      { id: 'de-112', caveats: ['child-is-elsewhere'] },
      { id: 'generic:police', country: 'QM' },
    ]);
  });

  it('puts the emergency number before the help line of a child', () => {
    const found = route(ask({ need: 'grooming', country: 'GB', danger: 'yes', reporter: 'child' }), DIRECTORY, NOW);
    expect(found).toMatchObject({ supportFirst: false, support: [{ id: 'gb-childline' }] });
    expect(found.steps[0]?.id).toBe('gb-999');
  });

  it('with an expired number means words, and says that it was withheld', () => {
    const entries = DIRECTORY.entries.map((entry) =>
      entry.id === 'de-112'
        ? { ...entry, verification: { confidence: 'high' as const, expiresAt: '2026-01-01T00:00:00.000Z' } }
        : entry,
    );
    const found = route(ask({ need: 'csam-online', country: 'DE', danger: 'yes' }), { entries, countries: [] }, NOW);
    expect(found.steps[0]?.id).toBe('generic:emergency');
    expect(found.withheld).toEqual([{ id: 'de-112', reason: 'expired' }]);
  });
});

describe('whom an entry is for', () => {
  it('is everybody but a child, when it does not say', () => {
    const entry = hotline('a', { audience: [] });
    expect(ids([entry], inQn)).toEqual(['a']);
    expect(ids([entry], { ...inQn, reporter: 'child' })).toEqual(['generic:police']);
  });

  it('is an adult who asks for a child, too, where a line is for children', () => {
    const line = buildRoutable({
      id: 'h',
      kind: 'child-helpline',
      serves: serving('QN'),
      accepts: takes(['child-help']),
      audience: ['child'],
    });
    expect(ids([line], { need: 'child-help', country: 'QN' })).toEqual(['h']);
    expect(ids([{ ...line, audience: ['parent'] }], { need: 'child-help', country: 'QN', reporter: 'child' })).toEqual([
      'generic:police',
    ]);
  });
});

describe('providers', () => {
  it('are sent to who has to take their report by law; elsewhere to who takes it, and to a lawyer', () => {
    const statutory = { kind: 'statutory', statutoryForProviders: true } as const;
    const more = { accepts: takes(['provider-report']), audience: ['provider' as const] };
    const asked = { need: 'provider-report', country: 'QN', reporter: 'provider' } as const;
    const voluntary = hotline('a', more);
    expect(steps([voluntary, hotline('b', { ...more, mandate: statutory })], asked)).toMatchObject([
      { id: 'b', why: ['national', 'statutory'] },
    ]);
    const found = route(ask(asked), { entries: [voluntary], countries: [] }, NOW);
    expect(found).toMatchObject({ steps: [{ id: 'a', why: ['national', 'voluntary'] }] });
    expect(found.notes).toContain('seek-legal-advice');
  });
});

describe('platforms', () => {
  it('are known by handle, id or the name of their menu, in any case; others are unknown', () => {
    for (const platform of ['ex-social', 'EX-Social', 'platform-ex-social', 'platform:ex-social']) {
      expect(ids(DIRECTORY.entries, { ...inQn, platform })).toContain('platform:ex-social');
    }
    const found = route(ask({ ...inQn, platform: 'nobody' }), DIRECTORY, NOW);
    expect(found.notes).toContain('platform-unknown');
    expect(route(ask({ ...inQn, need: 'child-help', platform: 'nobody' }), DIRECTORY, NOW).notes).not.toContain(
      'platform-unknown',
    );
  });
});

it('reads a request as people send it, fills in what they leave out, and refuses what it does not know', () => {
  expect(RouteRequest.parse({ need: 'grooming' })).toEqual(ask({ need: 'grooming' }));
  for (const wrong of [{}, { need: 'x' }, { need: 'grooming', note: 'x' }, { need: 'grooming', country: 'QN' }])
    expect(RouteRequest.safeParse(wrong).success).toBe(false);
});

it('answers in its own schema, also to data and moments nobody foresaw', () => {
  const odd = { ...hotline('a'), kind: 'something-new' } as unknown as RoutableEntry; // As a later version may publish it.
  for (const now of [NOW, 'yesterday', '']) {
    const found = route(ask(inQn), { entries: [odd, hotline('b')], countries: [] }, now);
    expect(Route.safeParse(found).success).toBe(true);
    expect(found.steps.map(({ id }) => id)).not.toContain('a');
  }
});
