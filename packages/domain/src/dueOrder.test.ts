import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDue, dueRank, type DueOrdered } from './dueOrder.ts';

const row = (overrides: Partial<DueOrdered> = {}): DueOrdered => ({
  recordId: 'a',
  riskClass: 'B',
  isSoleOption: false,
  openAlarms: 0,
  unsafe: false,
  dueAt: '2026-03-01T00:00:00.000Z',
  ...overrides,
});

const anyRow: fc.Arbitrary<DueOrdered> = fc
  .record({
    recordId: fc.uuid(),
    riskClass: fc.constantFrom('G', 'A', 'B', 'C', 'D'),
    isSoleOption: fc.boolean(),
    openAlarms: fc.nat({ max: 3 }),
    unsafe: fc.boolean(),
    dueAt: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }).map((d) => d.toISOString()),
  })
  .map((made) => ({ ...made, openAlarms: made.unsafe ? Math.max(1, made.openAlarms) : made.openAlarms }));

describe('the order of the queue', () => {
  it('is unsafe alarms, alarms, risk, sole options, the day it was due, the id', () => {
    const late = '2026-01-01T00:00:00.000Z';
    const inOrder = [
      row({ recordId: 'unsafe', riskClass: 'D', unsafe: true, openAlarms: 1 }),
      row({ recordId: 'alarm', riskClass: 'D', openAlarms: 2 }),
      row({ recordId: 'global', riskClass: 'G' }),
      row({ recordId: 'sole', riskClass: 'A', isSoleOption: true }),
      row({ recordId: 'class-a', riskClass: 'A', dueAt: late }),
      row({ recordId: 'b-late', dueAt: late }),
      row({ recordId: 'b1' }),
      row({ recordId: 'b2' }),
      row({ recordId: 'class-c', riskClass: 'C' }),
      row({ recordId: 'class-d', riskClass: 'D' }),
    ];
    expect([...inOrder].reverse().sort(compareDue)).toEqual(inOrder);
  });

  it('ranks an unsafe entry of the lowest class before any that is not', () => {
    fc.assert(
      fc.property(anyRow, anyRow, (a, b) => {
        if (a.unsafe && !b.unsafe) expect(dueRank(a)).toBeLessThan(dueRank(b));
      }),
    );
  });

  it('is total, and the same whatever order the rows came in', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyRow, { selector: (r) => r.recordId }), (rows) => {
        const sorted = [...rows].sort(compareDue);
        expect([...rows].reverse().sort(compareDue)).toEqual(sorted);
        for (const [i, next] of sorted.slice(1).entries()) expect(compareDue(sorted[i] ?? next, next)).toBeLessThan(0);
      }),
    );
  });
});
