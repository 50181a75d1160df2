import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { areaName, countryName } from './areaName.ts';
import { Area, areaCountries, COUNTRIES, COUNTRIES_DATE, Country, dialCode, isCountry } from './country.ts';

describe('Country', () => {
  it('knows the 249 assigned codes and Kosovo', () => {
    expect(COUNTRIES).toHaveLength(250);
    expect(COUNTRIES_DATE).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(['DE', 'TW', 'PS', 'EH', 'XK', 'SS'].every(isCountry)).toBe(true);
  });

  it.each([
    ['UK', 'Use GB instead of UK.'],
    ['EL', 'Use GR instead of EL.'],
    ['de', 'Use DE instead of de.'],
    ['ZZ', 'ISO 3166-1'],
    ['Germany', 'ISO 3166-1'],
    [7, 'ISO 3166-1'],
  ])('refuses %s: %s', (code, fix) => {
    expect(Country.safeParse(code).error?.issues[0]?.message).toContain(fix);
  });

  it('becomes JSON Schema with the codes in it', () => {
    expect(JSON.stringify(z.toJSONSchema(Country, { io: 'input' }))).toContain('"XK"');
  });
});

describe('countryName', () => {
  it.each([
    ['DE', 'en', 'Germany'],
    ['DE', 'ar', 'ألمانيا'],
    ['XK', 'en', 'Kosovo'],
    ['HK', 'en-GB', 'Hong Kong'],
    ['PS', 'de', 'Palästina'],
    ['DE', 'qqq', 'Germany'],
  ])('%s in %s is %s', (code, locale, name) => {
    expect(countryName(code, locale)).toBe(name);
  });

  it('has a name for each country', () => {
    expect(COUNTRIES.filter((code) => countryName(code, 'en') === code)).toEqual([]);
  });
});

describe('Area', () => {
  it.each(['001', 'DE', 'US-CA', 'GB-ENG', 'FR-75', '150', '419', 'group:EU'])('accepts %s', (area) => {
    expect(Area.parse(area)).toBe(area);
    expect(areaName(area, 'en')).not.toBe('');
  });

  it.each(['EU', 'UK-LND', 'ZZ-A', '999', '830', 'group:NATO', 'group:toString', 'world', 'us-ca', '', '__proto__'])(
    'refuses %j',
    (area) => {
      expect(Area.safeParse(area).success).toBe(false);
    },
  );

  it('names the fix', () => {
    expect(Area.safeParse('EU').error?.issues[0]?.message).toBe('Use group:EU instead of EU.');
    expect(Area.safeParse('us-ca').error?.issues[0]?.message).toBe('Use US-CA instead of us-ca.');
  });

  it('matches the pattern it publishes', () => {
    const pattern = String(z.toJSONSchema(Area, { io: 'input' }).$defs?.['Area']?.['pattern']);
    for (const area of ['001', 'DE', 'US-CA', 'FR-75', '150', 'group:EU']) expect(area).toMatch(new RegExp(pattern));
  });
});

describe('areaCountries', () => {
  it('is the world for 001 and the country for a subdivision', () => {
    expect(areaCountries('001')).toBe('world');
    expect(areaCountries('DE')).toEqual(['DE']);
    expect(areaCountries('US-CA')).toEqual(['US']);
    expect(areaCountries('nowhere')).toEqual([]);
  });

  it('places Taiwan and Kosovo, which the UN table leaves out', () => {
    expect(areaCountries('030')).toContain('TW');
    expect(areaCountries('039')).toContain('XK');
  });

  it('knows the European Union of a given day', () => {
    expect(areaCountries('group:EU')).toHaveLength(27);
    expect(areaCountries('group:EU', '2020-01-31')).toContain('GB');
    expect(areaCountries('group:EU', '2020-02-01')).not.toContain('GB');
    expect(areaCountries('group:EU', '2013-06-30')).not.toContain('HR');
  });

  it('holds every country in exactly one continent', () => {
    const continents = ['002', '009', '019', '142', '150'].flatMap((area) => areaCountries(area));
    expect([...continents].sort()).toEqual([...COUNTRIES].sort());
  });
});

describe('areaName', () => {
  it.each([
    ['001', 'world'],
    ['150', 'Europe'],
    ['group:EU', 'European Union'],
    ['US-CA', 'United States (US-CA)'],
  ])('%s is %s', (area, name) => {
    expect(areaName(area, 'en')).toBe(name);
  });
});

it('dialCode knows the calling code', () => {
  expect([dialCode('DE'), dialCode('CA'), dialCode('XK'), dialCode('AQ')]).toEqual(['49', '1', '383', undefined]);
});
