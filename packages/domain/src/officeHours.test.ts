import { describe, expect, it } from 'vitest';
import { COUNTRIES } from './country.ts';
import { countriesInOfficeTime, isLikelyToAnswer, isOfficeTime, officeZoneOf, wallTime } from './officeHours.ts';
import { isTimeZone } from './timeZone.ts';

const MONDAY_NOON_UTC = '2026-03-02T12:00:00.000Z';

describe('office time', () => {
  it.each([
    ['DE', MONDAY_NOON_UTC, true],
    ['KE', MONDAY_NOON_UTC, true],
    ['JP', MONDAY_NOON_UTC, false],
    ['US', MONDAY_NOON_UTC, false],
    ['US', '2026-03-02T14:30:00.000Z', true],
    ['DE', '2026-03-01T12:00:00.000Z', false], // A Sunday.
    ['DE', '2026-03-02T08:00:00.000Z', true], // Opens at nine.
    ['DE', '2026-03-02T16:00:00.000Z', false], // Closes at five.
    ['DE', '2026-07-06T07:00:00.000Z', true], // Nine, in summer.
    ['NZ', '2026-03-01T21:00:00.000Z', true], // Monday there already.
  ])('of %s at %s is %s', (country, at, open) => {
    expect(isOfficeTime(country, at)).toBe(open);
  });

  it('is nowhere known where nobody lives, or everywhere', () => {
    expect(isOfficeTime('BV', MONDAY_NOON_UTC)).toBeUndefined();
    expect(isOfficeTime('001', MONDAY_NOON_UTC)).toBeUndefined();
  });

  it('is counted where most people live', () => {
    expect(['AU', 'BR', 'CA', 'RU', 'UA', 'US', 'CN'].map(officeZoneOf)).toEqual([
      'Australia/Sydney',
      'America/Sao_Paulo',
      'America/Toronto',
      'Europe/Moscow',
      'Europe/Kyiv',
      'America/New_York',
      'Asia/Shanghai',
    ]);
    const zones = COUNTRIES.flatMap((country) => officeZoneOf(country) ?? []);
    expect(zones.filter((zone) => !isTimeZone(zone))).toEqual([]);
  });

  it('follows the sun', () => {
    const noon = countriesInOfficeTime(MONDAY_NOON_UTC);
    expect(noon).toEqual(expect.arrayContaining(['DE', 'KE', 'ZA']));
    expect(noon).not.toEqual(expect.arrayContaining(['JP']));
    expect(countriesInOfficeTime('2026-03-07T12:00:00.000Z')).toEqual([]); // A Saturday everywhere.
  });

  it('shows the clock there', () => {
    expect([wallTime('Africa/Nairobi', MONDAY_NOON_UTC), wallTime('Asia/Kolkata', MONDAY_NOON_UTC)]).toEqual([
      '15:00',
      '17:30',
    ]);
    expect(wallTime('Europe/London', '2026-03-02T00:05:00.000Z')).toBe('00:05');
  });
});

describe('a channel', () => {
  const evening = {
    kind: 'weekly',
    tz: 'Europe/Berlin',
    weekly: [{ days: ['mo'], from: '18:00', to: '22:00' }],
  } as const;
  const hours = { ...evening, weekly: evening.weekly.map(({ days, ...times }) => ({ days: [...days], ...times })) };

  it('answers by its own hours', () => {
    expect(isLikelyToAnswer({ hours: { kind: 'always' } }, 'JP', MONDAY_NOON_UTC)).toBe(true);
    expect(isLikelyToAnswer({ hours }, 'DE', MONDAY_NOON_UTC)).toBe(false);
    expect(isLikelyToAnswer({ hours }, 'DE', '2026-03-02T18:00:00.000Z')).toBe(true);
  });

  it('answers in office hours where its own are not known', () => {
    expect(isLikelyToAnswer({ hours: { kind: 'unknown' } }, 'DE', MONDAY_NOON_UTC)).toBe(true);
    expect(isLikelyToAnswer({}, 'JP', MONDAY_NOON_UTC)).toBe(false);
    expect(isLikelyToAnswer({}, undefined, MONDAY_NOON_UTC)).toBeUndefined();
  });
});
