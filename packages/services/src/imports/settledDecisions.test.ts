import { expect, it } from 'vitest';
import { settledDecisions } from './settledDecisions.ts';

it('remembers of a row that was decided to be new which entry was made of it, and leaves every other decision', () => {
  const outcomes = ['a', 'b', 'c', 'd'].map((fingerprint, at) => ({ row: at + 1, fingerprint }));
  const answers = [
    { row: 1, recordId: 'made', state: 'in-review' },
    { row: 2, recordId: 'guessed', state: 'in-review' },
    { row: 3, recordId: 'old', state: 'draft' },
    { row: 4, recordId: null, state: null },
  ] as const;
  const decided = [
    { fingerprint: 'a', decision: { action: 'new' }, decidedBy: 'somebody' },
    { fingerprint: 'c', decision: { action: 'entry', id: 'old' }, decidedBy: 'somebody' },
    { fingerprint: 'd', decision: { action: 'new' }, decidedBy: 'somebody' },
  ];
  expect(settledDecisions(outcomes, answers, decided)).toEqual([
    { fingerprint: 'a', decision: { action: 'entry', id: 'made' }, decidedBy: 'somebody' },
  ]);
});
