import { describe, expect, it } from 'vitest';
import { Correction } from '@waymark/domain';
import { typedNumber, typedSite } from './typed.ts';

describe('a value that somebody typed', () => {
  it.each([
    ['+49 (30) 987-654', undefined, { kind: 'e164', digits: '4930987654' }],
    ['0049 30 987654', 'DE', { kind: 'e164', digits: '4930987654' }],
    ['116 111', 'DE', { kind: 'short', digits: '116111', country: 'DE' }],
    ['٠٨٠٠ ١١١', 'SA', { kind: 'national', digits: '0800111', country: 'SA' }],
    ['\u202a0800 111 0 550\u202c', 'DE', { kind: 'national', digits: '08001110550', country: 'DE' }],
  ])('is the number %s', (text, country, number) => {
    const value = typedNumber(text, country);
    expect(value).toEqual({ type: 'phone', number });
    expect(Correction.safeParse({ entry: 'de-helpline', what: 'wrong-number', value }).success).toBe(true);
  });

  it.each([
    ['0800 HELP', 'DE'],
    ['116111', undefined],
    ['', 'DE'],
    ['1', 'DE'],
  ])('is no number: %s', (text, country) => expect(typedNumber(text, country)).toBeUndefined());

  it.each(['https://www.example.org', 'www.example.org', 'http://www.example.org/', ' WWW.example.org '])(
    'is the site %s',
    (text) => {
      const value = typedSite(text);
      expect(value).toEqual({ type: 'website', origin: 'https://www.example.org' });
      expect(Correction.safeParse({ entry: 'de-helpline', what: 'wrong-address', value }).success).toBe(true);
    },
  );

  it.each([
    'https://www.example.org/page',
    'www.example.org?x=1',
    'example',
    'ftp://example.org',
    'https://a@example.org',
  ])('is no site: %s', (text) => expect(typedSite(text)).toBeUndefined());
});
