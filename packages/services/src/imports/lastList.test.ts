import { expect, it } from 'vitest';
import type { RowAnswer } from '@waymark/store';
import { meaningsOf } from './lastList.ts';

const answer = (row: number, more: Partial<RowAnswer>): RowAnswer => ({
  row,
  recordId: null,
  result: 'submitted',
  refusal: null,
  detail: {},
  state: null,
  ...more,
});

it('knows what rows were taken to mean: those that were answered, and those that said the same as one of them', () => {
  const means = meaningsOf([
    answer(1, { recordId: 'one', state: 'declined' }),
    answer(2, { recordId: 'two', state: 'withdrawn' }),
    answer(3, { recordId: 'three', result: 'draft', state: 'draft' }),
    answer(4, { recordId: 'four', result: 'unchanged' }),
    answer(5, { recordId: 'five', result: 'undecided' }),
    answer(6, { result: 'rejected' }),
    answer(7, { result: 'unchanged', detail: { of: { row: 3 } } }),
    answer(8, { result: 'unchanged', detail: { of: { row: 2 } } }),
  ]);
  expect([...means]).toEqual([
    [1, 'one'],
    [3, 'three'],
    [4, 'four'],
    [7, 'three'],
  ]);
});
