import { describe, expect, it } from 'vitest';
import { DEFAULT_CALENDAR, type DatedRole } from '@waymark/domain';
import { expiryOf, isTufDate, toTufDate } from './lifetime.ts';

const now = new Date('2026-03-01T12:00:00.987Z');

const withValid = (role: DatedRole, valid: number) => ({
  ...DEFAULT_CALENDAR,
  [role]: { ...DEFAULT_CALENDAR[role], valid },
});

describe('expiryOf', () => {
  it.each([
    ['root', '2027-03-01T12:00:00Z'],
    ['targets', '2026-06-29T12:00:00Z'],
    ['snapshotRole', '2026-03-31T12:00:00Z'],
    ['timestamp', '2026-03-04T12:00:00Z'],
  ] as const)('gives %s its default, without a fraction of a second', (role, expires) => {
    expect(expiryOf(role, now)).toBe(expires);
  });

  it('takes the edges of the allowed range and nothing beyond', () => {
    expect(expiryOf('timestamp', now, withValid('timestamp', 24))).toBe('2026-03-02T12:00:00Z');
    expect(expiryOf('timestamp', now, withValid('timestamp', 168))).toBe('2026-03-08T12:00:00Z');
    expect(() => expiryOf('timestamp', now, withValid('timestamp', 23))).toThrow('not allowed');
    expect(() => expiryOf('timestamp', now, withValid('timestamp', 169))).toThrow('not allowed');
    expect(() => expiryOf('root', now, withValid('root', Number.NaN))).toThrow('not allowed');
  });
});

describe('isTufDate', () => {
  it('knows the one form that all clients read', () => {
    expect(isTufDate(toTufDate(now))).toBe(true);
    const others = [
      'never',
      '2026-03-01',
      '2026-03-01T12:00:00.000Z',
      '2026-03-01T12:00:00+00:00',
      '2026-13-01T00:00:00Z',
    ];
    expect(others.filter(isTufDate)).toEqual([]);
  });
});
