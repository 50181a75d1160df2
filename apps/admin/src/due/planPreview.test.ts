import { describe, expect, it } from 'vitest';
import { planPreview } from './planPreview.ts';

describe('what a plan would mean', () => {
  it('shares everything evenly over the working days', () => {
    expect(planPreview({ due: 238, days: 90, people: 2, perDay: undefined })).toEqual({
      workingDays: 64,
      perPerson: 119,
      perDay: 2,
      left: 0,
    });
  });

  it('says how many do not fit when a day has a limit', () => {
    expect(planPreview({ due: 100, days: 7, people: 2, perDay: 4 })).toMatchObject({ perPerson: 20, left: 60 });
  });

  it('plans nothing for nobody, and has one working day at least', () => {
    expect(planPreview({ due: 5, days: 1, people: 0, perDay: undefined })).toMatchObject({ left: 5, workingDays: 1 });
    expect(planPreview({ due: 5, days: 1, people: 1, perDay: undefined })).toMatchObject({ perPerson: 5, left: 0 });
  });
});
