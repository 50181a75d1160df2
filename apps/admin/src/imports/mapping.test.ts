import { describe, expect, it } from 'vitest';
import type { Mapping } from './contract.ts';
import { missingOf, withConstant, withField, withLanguage, withOption } from './mapping.ts';

const mapping: Mapping = {
  columns: [
    { header: 'Name', field: 'name' },
    { header: 'Phone 1', field: 'phone' },
    { header: 'Phone 2', field: null },
  ],
  constants: {},
  options: {},
};

describe('what the columns of a file mean', () => {
  it('takes a field from the column that had it, and says so, when only one may', () => {
    const { mapping: next, freed } = withField(mapping, 2, 'name');
    expect(next.columns.map(({ field }) => field)).toEqual([null, 'phone', 'name']);
    expect(freed).toBe('Name');
  });

  it('lets several columns fill a field that takes several', () => {
    const { mapping: next, freed } = withField(mapping, 2, 'phone');
    expect(next.columns.map(({ field }) => field)).toEqual(['name', 'phone', 'phone']);
    expect(freed).toBeUndefined();
  });

  it('forgets what is taken back', () => {
    const said = withOption(withConstant(withLanguage(mapping, 0, 'de'), 'kind', 'hotline.web'), 'dateOrder', 'dmy');
    expect(said).toMatchObject({ constants: { kind: 'hotline.web' }, options: { dateOrder: 'dmy' } });
    expect(
      withOption(withConstant(withLanguage(said, 0, undefined), 'kind', undefined), 'dateOrder', undefined),
    ).toEqual(mapping);
  });

  it('names what every row lacks', () => {
    expect(missingOf(mapping)).toEqual(['country', 'kind']);
    expect(missingOf(withOption(withConstant(mapping, 'kind', 'hotline.web'), 'country', 'DE'))).toEqual([]);
    expect(missingOf(withOption(mapping, 'ownTable', true))).toEqual([]);
  });
});
