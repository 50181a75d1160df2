import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY, DEMO_POLICY, type Policy } from './policy.ts';
import type { Standing } from './verification.ts';
import { withheldParts, withholding } from './withhold.ts';

const day = (n: number) => new Date(Date.parse('2026-01-01T00:00:00Z') + n * 86_400_000).toISOString();

const standing = (more: Partial<Standing> = {}): Standing => ({
  contradicted: false,
  highUntil: day(50),
  mediumUntil: day(100),
  lowUntil: day(150),
  lastConfirmedAt: day(0),
  families: ['live', 'source'],
  remindAt: day(75),
  dueAt: day(100),
  expiresAt: day(140),
  ...more,
});
const never = standing({ highUntil: null, mediumUntil: null, lowUntil: null, lastConfirmedAt: null, expiresAt: null });

describe('what the production policy withholds', () => {
  it.each<[string, number, Parameters<typeof withholding>[1], ReturnType<typeof withholding>]>([
    ['nothing while confidence is high', 10, standing(), undefined],
    ['nothing while confidence is medium', 60, standing(), undefined],
    ['what is low', 100, standing(), 'low-confidence'],
    ['what nobody confirmed', 1, never, 'low-confidence'],
    ['what expired', 140, standing(), 'expired'],
    ['what was contradicted', 1, standing({ contradicted: true }), 'contradicted'],
    ['what an alarm says may be unsafe', 1, { ...standing(), unsafe: true }, 'unsafe-alarm'],
    ['nothing for an alarm that is none of that', 1, { ...standing(), unsafe: false }, undefined],
  ])('%s', (_what, at, weighed, expected) => {
    expect(withholding(DEFAULT_POLICY, weighed, day(at))).toBe(expected);
  });
});

it('a demo withholds nothing', () => {
  for (const weighed of [never, standing({ contradicted: true }), { ...standing(), unsafe: true }])
    expect(withholding(DEMO_POLICY, weighed, day(200))).toBeUndefined();
});

it.each<[Policy['withhold']['below'], (string | undefined)[]]>([
  ['none', [undefined, undefined, undefined, undefined]],
  ['low', [undefined, undefined, undefined, 'low-confidence']],
  ['medium', [undefined, undefined, 'low-confidence', 'low-confidence']],
  ['high', [undefined, 'low-confidence', 'low-confidence', 'low-confidence']],
])('a policy of %s at least withholds what is below', (below, expected) => {
  const policy = { withhold: { below, expired: false, contradicted: false, unsafeAlarm: false } };
  expect([10, 60, 110, 160].map((n) => withholding(policy, standing(), day(n)))).toEqual(expected);
});

describe('the parts of an entry', () => {
  const parts = (channels: Record<string, Standing>, more = {}) =>
    withheldParts(DEFAULT_POLICY, { ...standing(), ...more, channels }, day(1));

  it('leave without a channel that may not', () => {
    expect(parts({ tel: standing(), web: never })).toEqual({ channels: { web: 'low-confidence' } });
  });

  it('stay inside when no channel may leave', () => {
    expect(parts({ tel: never, web: standing({ contradicted: true }) })).toEqual({
      whole: 'no-channel',
      channels: { tel: 'low-confidence', web: 'contradicted' },
    });
  });

  it('stay inside when the entry may not leave', () => {
    expect(parts({ tel: standing() }, { unsafe: true })).toEqual({ whole: 'unsafe-alarm', channels: {} });
  });
});
