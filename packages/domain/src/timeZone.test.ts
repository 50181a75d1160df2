import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { COUNTRIES } from './country.ts';
import { TIME_ZONES, TimeZone, timeZonesOf } from './timeZone.ts';

describe('TimeZone', () => {
  it.each([
    ['Europe/Berlin', 'Europe/Berlin'],
    ['UTC', 'UTC'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['Europe/Kiev', 'Europe/Kyiv'],
  ])('stores %s as %s', (zone, current) => {
    expect(TimeZone.parse(zone)).toBe(current);
  });

  it.each(['CET', 'EST', 'GMT+1', '+01:00', 'europe/berlin', 'Mars/Olympus', 'toString', ''])(
    'refuses %j and says what to use',
    (zone) => {
      expect(TimeZone.safeParse(zone).error?.issues[0]?.message).toContain('Europe/Berlin');
    },
  );

  it('lists zones that this engine can compute', () => {
    const unknown = TIME_ZONES.filter((timeZone) => {
      try {
        return !new Intl.DateTimeFormat('en', { timeZone });
      } catch {
        return true;
      }
    });
    expect(unknown).toEqual([]);
  });

  it('becomes JSON Schema', () => {
    expect(() => z.toJSONSchema(TimeZone, { io: 'input' })).not.toThrow();
  });
});

describe('timeZonesOf', () => {
  it('puts the most populous first', () => {
    expect(timeZonesOf('US')[0]).toBe('America/New_York');
    expect(timeZonesOf('XK')).toEqual(['Europe/Belgrade']);
  });

  it('knows each country where people live', () => {
    expect(COUNTRIES.filter((country) => timeZonesOf(country).length === 0)).toEqual(['BV', 'HM']);
  });
});
