import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDue } from './dueOrder.ts';
import { planDue, workingDays, type Plan, type PlanPerson, type PlanRow, type PlanSettings } from './plan.ts';

const START = '2026-03-02'; // A Monday.

function rows(count: number, overrides: (i: number) => Partial<PlanRow> = () => ({})): PlanRow[] {
  return Array.from({ length: count }, (_, i) => ({
    recordId: `r${String(i).padStart(4, '0')}`,
    riskClass: (['D', 'C', 'B', 'A', 'G'] as const)[i % 5] ?? 'D',
    isSoleOption: false,
    openAlarms: 0,
    unsafe: false,
    dueAt: '2026-01-01T00:00:00.000Z',
    languages: [],
    ...overrides(i),
  }));
}

const ada = { userId: 'ada' };
const ben = { userId: 'ben' };

/** How many checks each person has on each working day. */
function loadsOf({ planned }: Plan, people: readonly PlanPerson[], days: readonly string[]): number[] {
  return people.flatMap(({ userId }) =>
    days.map((day) => planned.filter((check) => check.userId === userId && check.day === day).length),
  );
}

const spanOf = (loads: readonly number[]) => Math.max(...loads) - Math.min(...loads);

const settings: fc.Arbitrary<PlanSettings> = fc.record(
  {
    days: fc.integer({ min: 1, max: 120 }),
    perDay: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
    start: fc.integer({ min: 0, max: 400 }).map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10)),
  },
  { requiredKeys: ['days', 'start'] },
);
const LANGUAGES = ['en', 'de', 'ar', 'es'];
const people = fc.uniqueArray(
  fc.record({ userId: fc.uuid(), languages: fc.option(fc.subarray(LANGUAGES), { nil: undefined }) }),
  { minLength: 1, maxLength: 5, selector: (p) => p.userId },
);
const someRows = fc
  .array(fc.record({ risk: fc.nat({ max: 4 }), languages: fc.subarray(LANGUAGES), sole: fc.boolean() }), {
    maxLength: 200,
  })
  .map((made) =>
    rows(made.length, (i) => ({
      riskClass: (['G', 'A', 'B', 'C', 'D'] as const)[made[i]?.risk ?? 0] ?? 'D',
      languages: made[i]?.languages ?? [],
      isSoleOption: made[i]?.sole ?? false,
    })),
  );

describe('working days', () => {
  it('are Monday to Friday, without holidays', () => {
    expect(workingDays({ start: '2026-04-02', days: 7, holidays: ['2026-04-03', '2026-04-06'] })).toEqual([
      '2026-04-02',
      '2026-04-07',
      '2026-04-08',
    ]);
  });
});

describe('a plan', () => {
  it('spreads 238 checks over 90 days and two people, one or two each a day', () => {
    const plan = planDue(rows(238), [ada, ben], { days: 90, start: START });
    const days = workingDays({ days: 90, start: START });
    expect(days).toHaveLength(65);
    expect(plan.left).toEqual([]);
    expect(new Set(loadsOf(plan, [ada, ben], days))).toEqual(new Set([1, 2]));
    expect(plan.planned.filter(({ userId }) => userId === 'ada')).toHaveLength(119);
  });

  it('gives what one of them can read to that one, within the same week and share', () => {
    const inTurn = rows(20, (i) => ({ riskClass: 'A', languages: i % 2 === 0 ? ['de'] : ['es'] }));
    const readers = [
      { userId: 'ada', languages: ['de'] },
      { userId: 'ben', languages: ['es'] },
    ];
    const { planned } = planDue(inTurn, readers, { days: 5, start: START });
    for (const { recordId, userId } of planned) {
      const row = inTurn.find((r) => r.recordId === recordId);
      expect(row?.languages).toEqual([userId === 'ada' ? 'de' : 'es']);
    }
  });

  it('does not give one person everything because nobody else reads it', () => {
    const german = rows(20, () => ({ languages: ['de'] }));
    const { planned } = planDue(german, [{ userId: 'ada', languages: ['de'] }, ben], { days: 10, start: START });
    expect(planned.filter(({ userId }) => userId === 'ben')).toHaveLength(10);
  });

  it('leaves the least pressing when a day takes no more', () => {
    const { planned, left } = planDue(rows(30), [ada], { days: 7, perDay: 3, start: START });
    expect(planned).toHaveLength(15);
    const ranked = rows(30).sort(compareDue);
    expect(left).toEqual(ranked.slice(15).map(({ recordId }) => recordId));
  });

  it('plans nothing on a weekend, and nothing without people', () => {
    expect(planDue(rows(3), [ada], { days: 2, start: '2026-03-07' })).toMatchObject({ planned: [] });
    const { left, planned } = planDue(rows(3), [], { days: 30, start: START });
    expect([planned, left.length]).toEqual([[], 3]);
  });

  it('plans each check once, on a working day, in fair shares, the most pressing weeks first', () => {
    fc.assert(
      fc.property(someRows, people, settings, (all, who, how) => {
        const plan = planDue(all, who, how);
        const days = workingDays(how);
        const ids = plan.planned.map(({ recordId }) => recordId);
        expect([...ids, ...plan.left].sort()).toEqual(all.map(({ recordId }) => recordId).sort());
        expect(plan.planned.every(({ day }) => days.includes(day))).toBe(true);
        if (days.length === 0) return;
        const loads = loadsOf(plan, who, days);
        expect(spanOf(loads)).toBeLessThanOrEqual(1);
        expect(Math.max(...loads)).toBeLessThanOrEqual(how.perDay ?? Infinity);
        const shares = who.map(({ userId }) => plan.planned.filter((check) => check.userId === userId).length);
        expect(spanOf(shares)).toBeLessThanOrEqual(1);
        // A person's own days never go back to something more pressing.
        const place = new Map([...all].sort(compareDue).map(({ recordId }, i) => [recordId, i]));
        for (const { userId } of who) {
          const own = plan.planned.filter((check) => check.userId === userId).map((check) => place.get(check.recordId));
          expect(own).toEqual([...own].sort((a, b) => (a ?? 0) - (b ?? 0)));
        }
        // Nor does anybody do on an earlier Monday-to-Friday what is less pressing than somebody's of a later one.
        const weekOf = (day: string) => Math.floor((Date.parse(day) / 86_400_000 + 3) / 7);
        const lastOf = new Map<number, number>();
        const firstOf = new Map<number, number>();
        for (const { recordId, day } of plan.planned) {
          const [week, at] = [weekOf(day), place.get(recordId) ?? 0];
          lastOf.set(week, Math.max(lastOf.get(week) ?? -1, at));
          firstOf.set(week, Math.min(firstOf.get(week) ?? Infinity, at));
        }
        const weeks = [...lastOf.keys()].sort((a, b) => a - b);
        for (const [i, week] of weeks.slice(1).entries())
          expect(firstOf.get(week)).toBeGreaterThan(lastOf.get(weeks[i] ?? week) ?? -1);
      }),
      { numRuns: 300 },
    );
  });

  it('is the same for the same input, whatever order the rows came in', () => {
    fc.assert(
      fc.property(someRows, people, settings, (all, who, how) => {
        expect(planDue([...all].reverse(), who, how)).toEqual(planDue(all, who, how));
      }),
    );
  });
});
