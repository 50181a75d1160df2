import { expect, it } from 'vitest';
import { nextAttemptAt } from './nextAttempt.ts';

// 2026-01-05 is a Monday.
it.each<[number, string, string | null]>([
  [1, '2026-01-05T09:30:00.000Z', '2026-01-06T09:30:00.000Z'],
  [1, '2026-01-09T09:30:00.000Z', '2026-01-12T09:30:00.000Z'],
  [1, '2026-01-10T09:30:00.000Z', '2026-01-12T09:30:00.000Z'],
  [2, '2026-01-05T09:30:00.000Z', '2026-01-08T09:30:00.000Z'],
  [2, '2026-01-08T09:30:00.000Z', '2026-01-12T09:30:00.000Z'],
  [3, '2026-01-05T09:30:00.000Z', '2026-01-12T09:30:00.000Z'],
  [3, '2026-01-31T23:00:00.000Z', '2026-02-09T23:00:00.000Z'],
  [4, '2026-01-05T09:30:00.000Z', null],
  [9, '2026-01-05T09:30:00.000Z', null],
])('after attempt %i on %s somebody tries again on %s', (attempt, now, expected) => {
  expect(nextAttemptAt(attempt, now)).toBe(expected);
});
