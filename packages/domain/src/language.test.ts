import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isRightToLeft, isSignLanguage, languageName, LANGUAGES, LanguageTag } from './language.ts';

describe('LanguageTag', () => {
  it.each([
    ['en', 'en'],
    ['EN-gb', 'en-GB'],
    ['pt_BR', 'pt-BR'],
    ['iw', 'he'],
    ['tl', 'fil'],
    ['sgn-GB', 'bfi'],
    ['sgn-DE', 'gsg'],
    ['zh-hant-tw', 'zh-Hant-TW'],
    ['es-419', 'es-419'],
    ['de-1996', 'de-1996'],
    ['ase', 'ase'],
  ])('stores %s as %s', (tag, canonical) => {
    expect(LanguageTag.parse(tag)).toBe(canonical);
  });

  it.each([
    'english',
    'xx',
    'und',
    'mul',
    'sgn',
    'gem',
    'en-ZZ',
    'en-x-mine',
    'en-u-nu-latn',
    '',
    'x',
    'en-',
    'eng lish',
    'qaa',
    7,
  ])('refuses %j', (tag) => {
    expect(LanguageTag.safeParse(tag).error?.issues).toHaveLength(1);
  });

  it.each([
    ['english', 'Use the code en instead of english.'],
    ['Arabic', 'Use the code ar instead of Arabic.'],
    ['sgn', 'Name the sign language'],
    ['xx', 'BCP 47'],
  ])('says what to do about %s: %s', (tag, fix) => {
    expect(LanguageTag.safeParse(tag).error?.issues[0]?.message).toContain(fix);
  });

  it('takes each language of its table as it is, or knows its newer code', () => {
    const changed = LANGUAGES.filter((tag) => LanguageTag.safeParse(tag).data !== tag);
    expect(changed.filter((tag) => !LanguageTag.safeParse(tag).success)).toEqual([]);
    expect(LANGUAGES.length).toBeGreaterThan(7800);
  });

  it('never throws and is idempotent', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'adefghnstzBEGR-_1') })),
        (tag) => {
          const once = LanguageTag.safeParse(tag);
          expect(once.success ? LanguageTag.parse(once.data) : undefined).toBe(once.data);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('becomes JSON Schema', () => {
    expect(() => z.toJSONSchema(LanguageTag, { io: 'input' })).not.toThrow();
  });
});

describe('languageName', () => {
  it.each([
    ['de', 'en', 'German'],
    ['de', 'de', 'Deutsch'],
    ['pt-BR', 'en', 'Brazilian Portuguese'],
    ['bfi', 'en', 'British Sign Language'],
    ['gsg', 'fr', 'German Sign Language'],
    ['toString', 'en', 'toString'],
    ['!', 'en', '!'],
  ])('%s in %s is %s', (tag, locale, name) => {
    expect(languageName(tag, locale)).toBe(name);
  });
});

it('isRightToLeft goes by script', () => {
  expect(['ar', 'he', 'fa', 'ur', 'dv', 'ckb', 'ks', 'uz-Arab', 'pa-PK'].filter((tag) => !isRightToLeft(tag))).toEqual(
    [],
  );
  expect(['en', 'hi', 'uz', 'ku', 'gsg', 'az', '!'].filter(isRightToLeft)).toEqual([]);
});

it('isSignLanguage tells signed from spoken', () => {
  expect([isSignLanguage('ase'), isSignLanguage('bfi'), isSignLanguage('en'), isSignLanguage('toString')]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});
