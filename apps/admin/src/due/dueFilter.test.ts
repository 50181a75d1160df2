import { describe, expect, it } from 'vitest';
import { checkHref, filterFrom, searchOf, toQuery, type DueFilter } from './dueFilter.ts';

const FILTERS: DueFilter[] = [
  {},
  { state: 'overdue', kind: 'hotline.web', country: 'KE', language: 'sw', q: 'line', isOpenNow: true, isMine: true },
  { isMine: true },
];

describe('the filter of the queue', () => {
  it.each(FILTERS)('survives the address: %j', (filter) => {
    expect(filterFrom(new URLSearchParams(searchOf(filter)))).toEqual(filter);
  });

  it('asks the server in its words', () => {
    expect(toQuery({ isOpenNow: true, isMine: true, state: 'soon' })).toEqual({
      officeHours: 'now',
      mine: true,
      state: 'soon',
    });
  });

  it('leaves out what an address says that no filter knows', () => {
    expect(filterFrom(new URLSearchParams('state=later&mine=yes&officeHours=never&x=1'))).toEqual({});
  });

  it('goes with the entry to its check', () => {
    expect(checkHref('7', { isMine: true })).toBe('/due/7?mine=true');
    expect(checkHref('7')).toBe('/due/7');
  });
});
