import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formatHours, Hours, HOURS_ALWAYS, isOpenAt, parseHours, WEEKDAYS } from './hours.ts';

const berlin = 'Europe/Berlin';
const office: Hours = {
  kind: 'weekly',
  tz: berlin,
  weekly: [{ days: ['mo', 'tu', 'we', 'th', 'fr'], from: '09:00', to: '17:00' }],
};
const night: Hours = { kind: 'weekly', tz: berlin, weekly: [{ days: ['sa'], from: '22:00', to: '04:00' }] };

describe('Hours', () => {
  it.each([
    ['weekly without times', { kind: 'weekly', tz: berlin }, 'Add the times'],
    ['weekly without a time zone', { ...office, tz: undefined }, 'time zone'],
    ['always with times', { ...office, kind: 'always' }, 'Remove the times'],
    [
      'exceptions without a time zone',
      { kind: 'always', exceptions: [{ from: '2026-12-24', to: '2026-12-26', closed: true }] },
      'time zone',
    ],
    [
      'an exception that says nothing',
      { kind: 'always', tz: berlin, exceptions: [{ from: '2026-12-24', to: '2026-12-24' }] },
      'closed',
    ],
    [
      'an exception that ends before it starts',
      { kind: 'always', tz: berlin, exceptions: [{ from: '2026-12-24', to: '2026-12-23', closed: true }] },
      'last day',
    ],
    ['a time of 25 hours', { ...office, weekly: [{ days: ['mo'], from: '25:00', to: '26:00' }] }, '24 hours'],
  ])('refuses %s and says what to do', (_, hours, fix) => {
    const { error } = Hours.safeParse(hours);
    expect(error?.issues.map((issue) => issue.message).join()).toContain(fix);
  });

  it('becomes JSON Schema', () => {
    expect(JSON.stringify(z.toJSONSchema(Hours, { io: 'input' }))).toContain('by-arrangement');
  });
});

describe('isOpenAt', () => {
  it.each([
    ['always', HOURS_ALWAYS, '2026-11-22T03:00:00Z', true],
    ['unknown hours', { kind: 'unknown' } as const, '2026-11-22T12:00:00Z', 'unknown'],
    ['by arrangement', { kind: 'by-arrangement' } as const, '2026-11-22T12:00:00Z', 'unknown'],
    ['Monday 09:00 in winter', office, '2026-11-23T08:00:00Z', true],
    ['Monday 08:59 in winter', office, '2026-11-23T07:59:59Z', false],
    ['Monday 09:00 in summer', office, '2026-07-20T07:00:00Z', true],
    ['Monday 17:00, when it closes', office, '2026-11-23T16:00:00Z', false],
    ['Sunday', office, '2026-11-22T12:00:00Z', false],
    ['a moment with an offset', office, '2026-11-23T12:00:00+05:30', false],
    ['a moment without a zone', office, '2026-11-23T12:00:00', 'unknown'],
    ['not a moment', office, 'now', 'unknown'],
    ['Saturday 23:00', night, '2026-11-21T22:00:00Z', true],
    ['Sunday 03:59, still Saturday night', night, '2026-11-22T02:59:00Z', true],
    ['Sunday 04:00', night, '2026-11-22T03:00:00Z', false],
    ['Sunday 03:30, in the night the clock jumps from 2 to 3', night, '2026-03-29T01:30:00Z', true],
    ['Sunday 02:30 for the first time, in the night the clock goes back', night, '2026-10-25T00:30:00Z', true],
    ['Sunday 02:30 for the second time', night, '2026-10-25T01:30:00Z', true],
    ['Sunday 04:00 after the clock went back', night, '2026-10-25T03:00:00Z', false],
    ['a zone half an hour off', { ...office, tz: 'Asia/Kolkata' }, '2026-11-23T03:30:00Z', true],
    ['a zone the engine does not know', { ...office, tz: 'Mars/Olympus' }, '2026-11-23T12:00:00Z', 'unknown'],
  ])('knows %s', (_, hours, iso, open) => {
    expect(isOpenAt(hours, iso)).toBe(open);
  });

  it('lets an exception win over the week', () => {
    const hours: Hours = {
      ...office,
      exceptions: [
        { from: '2026-12-24', to: '2026-12-26', closed: true },
        { from: '2026-12-27', to: '2026-12-27', intervals: [{ from: '10:00', to: '12:00' }] },
      ],
    };
    expect(isOpenAt(hours, '2026-12-24T11:00:00Z')).toBe(false);
    expect(isOpenAt(hours, '2026-12-27T10:00:00Z')).toBe(true);
    expect(isOpenAt(hours, '2026-12-28T10:00:00Z')).toBe(true);
    expect(isOpenAt({ ...HOURS_ALWAYS, tz: berlin, exceptions: hours.exceptions }, '2026-12-24T11:00:00Z')).toBe(false);
  });

  it('says unknown on a holiday of which it knows nothing', () => {
    const noon = '2026-11-23T11:00:00Z';
    expect(isOpenAt(office, noon, { holiday: true })).toBe('unknown');
    expect(isOpenAt({ ...office, holidays: 'closed' }, noon, { holiday: true })).toBe(false);
    expect(isOpenAt({ ...office, holidays: 'open' }, noon, { holiday: true })).toBe(true);
  });

  it('is open at each minute of a year of 24-hour days', () => {
    const hours = parseHours('Mo-Su 00:00-24:00', berlin) ?? HOURS_ALWAYS;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 366 * 24 * 60 }), (minute) => {
        expect(isOpenAt(hours, new Date(Date.UTC(2026, 0, 1) + minute * 60_000).toISOString())).toBe(true);
      }),
    );
  });
});

describe('parseHours', () => {
  it.each([
    ['24/7', '24/7'],
    [' 24/7 ', '24/7'],
    ['24/7; PH off', '24/7; PH off'],
    ['Mo-Fr 9-17', 'Mo-Fr 09:00-17:00'],
    ['mo - fr 9:30 – 17', 'Mo-Fr 09:30-17:00'],
    ['Monday-Friday 08:00-24:00', 'Mo-Fr 08:00-24:00'],
    ['Mo-Fr 09:00-12:00,13:00-17:00; Sa 10-14', 'Mo-Fr 09:00-12:00,13:00-17:00; Sa 10:00-14:00'],
    ['Mo,We 9-12', 'Mo,We 09:00-12:00'],
    ['Sa-Mo 18-2', 'Mo,Sa,Su 18:00-02:00'],
    ['daily 8-20', 'Mo-Su 08:00-20:00'],
    ['Mo-Su 8-20; Su off', 'Mo-Sa 08:00-20:00'],
    ['Mo-Fr 9-17; Fr 9-14', 'Mo-Th 09:00-17:00; Fr 09:00-14:00'],
    ['Mo-Fr 9-17; PH off', 'Mo-Fr 09:00-17:00; PH off'],
    ['Sa 09:00-05:00', 'Sa 09:00-05:00'],
    ['by arrangement', 'by arrangement'],
    ['unknown', 'unknown'],
  ])('reads %s as %s', (text, canonical) => {
    const hours = parseHours(text, berlin);
    expect(hours && formatHours(hours)).toBe(canonical);
    expect(Hours.safeParse(hours).success).toBe(true);
  });

  it.each([
    ['', 'nothing'],
    ['9-17', 'no days'],
    ['Mo-Fr 9-5', 'morning or afternoon'],
    ['Mo-Fr 1-5', 'morning or afternoon'],
    ['Mo-Fr 9-5pm', 'am and pm'],
    ['Mo-Fr 9-12; Mo-Fr 13-17', 'replaced or added'],
    ['Mo-Fr 9-25', 'no such hour'],
    ['Mo-Fr 9-17 "phone"', 'a comment'],
    ['weekdays 9-17', 'an unknown word'],
    ['Mo-We-Fr 9-17', 'a list or a range'],
    ['PH off', 'no times at all'],
    ['Mo off', 'no times at all'],
    ['PH 10-14', 'times on holidays'],
  ])('gives up on %j: %s', (text) => {
    expect(parseHours(text, berlin)).toBeNull();
  });

  it('gives up on a time zone that does not exist', () => {
    expect(parseHours('Mo-Fr 9-17', 'CEST')).toBeNull();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => parseHours(text, berlin)).not.toThrow();
      }),
    );
  });

  it('reads back what formatHours wrote, for any week', () => {
    const hhmm = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((n) => n.map((i) => String(i).padStart(2, '0')).join(':'));
    const rule = fc.record({
      days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
      from: hhmm,
      to: hhmm,
    });
    fc.assert(
      fc.property(
        fc.array(rule, { minLength: 1, maxLength: 8 }),
        fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }),
        (weekly, at) => {
          const hours: Hours = { kind: 'weekly', tz: berlin, weekly };
          const text = formatHours(hours);
          const again = parseHours(text, berlin);
          expect(again && formatHours(again)).toBe(text);
          expect(again && isOpenAt(again, at.toISOString())).toBe(isOpenAt(hours, at.toISOString()));
        },
      ),
    );
  });
});
