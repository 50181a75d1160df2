import { describe, expect, it } from 'vitest';
import { coverageMatrix, coverageRefusals, knownCoverage, type CoverageState } from './coverage.ts';
import { diffDocuments } from './diff.ts';
import { approvalsFor, submitRefusal } from './proposal.ts';
import { DEFAULT_POLICY } from './policy.ts';
import { riskOf } from './risk.ts';
import type { RoutableCountry, RoutableEntry } from './route/directory.ts';
import { buildRoutable, fourSources, NOW, serving, takes } from './route/testing.ts';
import { Need } from './vocabulary.ts';

const hotline = (id: string, more: Partial<RoutableEntry> = {}) =>
  buildRoutable({ id, kind: 'hotline.web', serves: serving('QN'), accepts: takes(['csam-url']), ...more });
const unverified = { verification: { confidence: 'none', expiresAt: null } } as const;
const expired = { verification: { confidence: 'high', expiresAt: '2026-06-01T00:00:00.000Z' } } as const;

const profile = (coverage: RoutableCountry['coverage'], evidence = fourSources('csam-url')): RoutableCountry => ({
  country: 'QN',
  coverage,
  evidence,
});
const noneKnown = (checkedAt = '2026-05-01') => profile([{ need: 'csam-url', status: 'none-known', checkedAt }]);

function cell(entries: readonly RoutableEntry[], profiles: readonly RoutableCountry[] = []) {
  const [country] = coverageMatrix(entries, profiles, NOW).countries;
  return country?.cells['csam-url'] ?? { state: 'not-researched', options: 0, verified: 0 };
}

describe('a cell of the matrix', () => {
  const cases: [string, RoutableEntry[], RoutableCountry[], CoverageState][] = [
    ['several options, one of them verified', [hotline('a'), hotline('b', unverified)], [], 'verified'],
    ['one option, verified', [hotline('a')], [], 'sole'],
    ['one option that nobody verified does not look verified', [hotline('a', unverified)], [], 'stale'],
    ['one option that expired', [hotline('a', expired)], [], 'stale'],
    ['one option that may be unsafe', [hotline('a', { unsafe: true })], [], 'stale'],
    ['one option that is suspended is not the same as none', [hotline('a', { state: 'suspended' })], [], 'stale'],
    [
      'nobody verified, though the profile says covered',
      [hotline('a', unverified)],
      [profile([{ need: 'csam-url', status: 'covered', checkedAt: '2026-05-01' }])],
      'stale',
    ],
    ['only a part of the country', [hotline('a', { serves: serving('QN-AA') })], [], 'partial'],
    ['a part, and the whole by another', [hotline('a', { serves: serving('QN-AA') }), hotline('b')], [], 'verified'],
    [
      'the profile says partial',
      [hotline('a'), hotline('b')],
      [profile([{ need: 'csam-url', status: 'partial', checkedAt: '2026-05-01' }])],
      'partial',
    ],
    [
      'what serves the whole world covers no country',
      [hotline('a', { serves: serving('001') })],
      [noneKnown()],
      'none-known',
    ],
    ['a platform covers no country', [hotline('a', { kind: 'platform-tool' })], [], 'not-researched'],
    ['a network covers no country', [hotline('a', { kind: 'network' })], [], 'not-researched'],
    [
      'who closed covers no country',
      [hotline('a', { operational: { status: 'closed' } })],
      [noneKnown()],
      'none-known',
    ],
    ['who says no covers nothing', [hotline('a', { accepts: takes(['csam-url'], 'no') })], [], 'not-researched'],
    ['an entry wins over a profile that says none is known', [hotline('a')], [noneKnown()], 'sole'],
    ['none known, evidenced', [], [noneKnown()], 'none-known'],
    ['none known, 180 days ago', [], [noneKnown('2025-12-07')], 'none-known'],
    ['none known, 181 days ago', [], [noneKnown('2025-12-06')], 'not-researched'],
    [
      'none known, with three sources',
      [],
      [
        profile(
          [{ need: 'csam-url', status: 'none-known', checkedAt: '2026-05-01' }],
          fourSources('csam-url').slice(1),
        ),
      ],
      'not-researched',
    ],
    [
      'covered, but nothing is in the directory',
      [],
      [profile([{ need: 'csam-url', status: 'covered', checkedAt: '2026-05-01' }])],
      'not-researched',
    ],
  ];
  it.each(cases)('%s', (_, entries, profiles, state) => {
    expect(cell(entries, profiles).state).toBe(state);
  });

  it('counts active options, and those people are shown', () => {
    const entries = [
      hotline('a'),
      hotline('b', unverified),
      hotline('c', expired),
      hotline('d', { state: 'suspended' }),
    ];
    expect(cell(entries)).toEqual({ state: 'verified', options: 3, verified: 1 });
  });

  it('takes exceptions and regions at their word', () => {
    const region = buildRoutable({
      id: 'eu',
      kind: 'hotline.web',
      serves: [{ area: 'group:EU', basis: 'any', strength: 'primary', except: ['FR'] }],
      accepts: takes(['csam-url']),
    });
    const codes = coverageMatrix([region], [], NOW).countries.map(({ country }) => country);
    expect(codes).toContain('DE');
    expect(codes).not.toContain('FR');
    expect(codes).toHaveLength(26);
  });
});

describe('the one word for a country', () => {
  const line = (more: Partial<RoutableEntry> = {}) =>
    buildRoutable({
      id: 'line',
      kind: 'child-helpline',
      serves: serving('QN'),
      accepts: takes(['child-help']),
      ...more,
    });
  const bothNone = profile(
    [
      { need: 'csam-url', status: 'none-known', checkedAt: '2026-05-01' },
      { need: 'child-help', status: 'none-known', checkedAt: '2026-05-01' },
    ],
    fourSources('csam-url').map((e) => ({ ...e, supports: ['/coverage'] })),
  );
  const words: [string, RoutableEntry[], RoutableCountry[], CoverageState][] = [
    ['both core needs, several options', [hotline('a'), hotline('b'), line(), line({ id: 'line2' })], [], 'verified'],
    ['both core needs, one of them by a sole option', [hotline('a'), hotline('b'), line()], [], 'sole'],
    ['one core need only', [hotline('a')], [], 'partial'],
    ['one core need, the other known to have none', [line()], [noneKnown()], 'partial'],
    ['a core need that nobody verified', [hotline('a', unverified), line()], [], 'stale'],
    ['neither, known to have none', [], [bothNone], 'none-known'],
    ['neither, one of them known to have none', [], [noneKnown()], 'not-researched'],
    ['nothing but a profile', [], [profile([])], 'not-researched'],
    ['something else only, verified', [hotline('a', { accepts: takes(['trafficking']) })], [], 'partial'],
    [
      'something else only, unverified',
      [hotline('a', { accepts: takes(['trafficking']), ...unverified })],
      [],
      'stale',
    ],
  ];
  it.each(words)('%s', (_, entries, profiles, word) => {
    const { countries, totals } = coverageMatrix(entries, profiles, NOW);
    expect(countries.map(({ summary }) => summary)).toEqual([word]);
    expect(totals.countries[word]).toBe(1);
    expect(Object.values(totals.cells).reduce((a, b) => a + b, 0)).toBe(Need.options.length);
  });
});

describe('"none known"', () => {
  const said = (evidence: RoutableCountry['evidence']) =>
    profile([{ need: 'csam-url', status: 'none-known', checkedAt: '2026-05-01' }], evidence);
  const [first, second, third, fourth] = fourSources('csam-url');
  const three = [first, second, third].filter((e) => e !== undefined);

  it('stands on four primary sources that support it', () => {
    expect(coverageRefusals(said(fourSources('csam-url')))).toEqual([]);
    const lacking: Record<string, RoutableCountry['evidence']> = {
      none: [],
      three,
      'a fourth for another need': [...three, ...(fourth ? [{ ...fourth, supports: ['/coverage/grooming'] }] : [])],
      'a fourth that is news': [...three, ...(fourth ? [{ ...fourth, kind: 'news' as const }] : [])],
      'a fourth that was superseded': [...three, ...(fourth ? [{ ...fourth, supersededBy: 'x' }] : [])],
      'one page twice': [...three, ...(first ? [{ ...first, id: 'again' }] : [])],
      'a fourth that was old when it was said': [
        ...three,
        ...(fourth ? [{ ...fourth, capturedAt: '2025-01-01' }] : []),
      ],
    };
    for (const [what, evidence] of Object.entries(lacking)) {
      expect({ what, refused: coverageRefusals(said(evidence)).map(({ path }) => path) }).toEqual({
        what,
        refused: ['/coverage/csam-url'],
      });
    }
  });

  it('is asked for two approvals, and refused with the fix named', () => {
    const before = { country: 'QN', coverage: [] };
    const after = { ...before, coverage: [{ need: 'csam-url', status: 'none-known', checkedAt: '2026-05-01' }] };
    const risk = riskOf('update', diffDocuments(before, after), before, after);
    expect(approvalsFor(risk, DEFAULT_POLICY)).toBe(2);
    const refused = submitRefusal(
      { state: 'draft', conflictCount: 0 },
      { id: 'a', name: 'A', roles: ['curator'], status: 'active' },
      { kind: 'update', problems: [], changeCount: 1, unsupportedPaths: ['/coverage/csam-url'] },
    );
    expect(refused).toMatchObject({
      code: 'evidence-missing',
      errors: [{ path: '/coverage/csam-url', message: expect.stringContaining('four for "none known"') }],
    });
  });

  it('of links says it of all abuse material online, unless some of it is covered', () => {
    expect(knownCoverage(noneKnown(), 'csam-online', NOW)).toBe('none-known');
    const other = profile([
      { need: 'csam-url', status: 'none-known', checkedAt: '2026-05-01' },
      { need: 'livestream', status: 'covered', checkedAt: '2026-05-01' },
    ]);
    expect(knownCoverage(other, 'csam-online', NOW)).toBe('covered');
    const part = profile(
      [{ need: 'csam-p2p', status: 'none-known', checkedAt: '2026-05-01' }],
      fourSources('csam-p2p'),
    );
    expect(knownCoverage(part, 'csam-online', NOW)).toBe('not-researched');
  });
});
