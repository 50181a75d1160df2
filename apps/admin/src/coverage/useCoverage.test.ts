import { describe, expect, it } from 'vitest';
import { CSAM_ONLINE, type CoverageCell, type CoverageState } from '@waymark/domain';
import { cellOf, isAsked } from './useCoverage.ts';

const cell = (state: CoverageState, options = 1): CoverageCell => ({ state, options, verified: 0 });

describe('a cell for several needs in one', () => {
  it('says the best there is', () => {
    expect(cellOf({ cells: { 'csam-url': cell('stale'), 'csam-app': cell('sole') } }, CSAM_ONLINE).state).toBe('sole');
    expect(cellOf({ cells: { 'csam-p2p': cell('partial') } }, CSAM_ONLINE).state).toBe('partial');
  });

  it('says that there is none only when the need every list is about says so', () => {
    const none = cell('none-known', 0);
    expect(cellOf({ cells: { 'csam-url': none } }, CSAM_ONLINE).state).toBe('none-known');
    expect(cellOf({ cells: { 'csam-app': none } }, CSAM_ONLINE).state).toBe('not-researched');
    expect(cellOf({ cells: {} }, ['grooming']).state).toBe('not-researched');
  });
});

describe('what is asked of a cell', () => {
  it('counts a single option whether it is verified or stale', () => {
    expect(isAsked(cell('stale'), 'single')).toBe(true);
    expect(isAsked(cell('sole'), 'single')).toBe(true);
    expect(isAsked(cell('stale', 2), 'single')).toBe(false);
    expect(isAsked(cell('stale'), 'sole')).toBe(false);
  });
});
