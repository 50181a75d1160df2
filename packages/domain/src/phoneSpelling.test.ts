import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findAddress, findPhone, spellingsOf } from './phoneSpelling.ts';
import type { PhoneNumber } from './phoneValue.ts';

const berlin: PhoneNumber = { kind: 'e164', digits: '4930123456' };
const childline: PhoneNumber = { kind: 'short', digits: '116111', country: 'DE' };
const emergency: PhoneNumber = { kind: 'short', digits: '112', country: 'DE' };
const freephone: PhoneNumber = { kind: 'national', digits: '08001110111', country: 'DE' };
const spelled: PhoneNumber = { kind: 'e164', digits: '18335915669', letters: '1-833-591-KNOW' };

const stands = (text: string, phone: PhoneNumber) => findPhone(text, phone).found;

describe('the published number stands on a page', () => {
  it.each([
    ['Call 030 123456 today', berlin],
    ['Tel.: (030) 12 34 56', berlin],
    ['+49 30 123456', berlin],
    ['+49 (0)30 / 123-456', berlin],
    ['0049 30 123 456', berlin],
    ['011 49 30 123456 from the United States', berlin],
    ['tel:+4930123456', berlin],
    ['٠٣٠ ١٢٣٤٥٦', berlin],
    ['＋４９ ３０ １２３４５６', berlin],
    ['\u2066+49\u00a030\u2011123456\u2069', berlin],
    ['030.123.456', berlin],
    ['Nummer gegen Kummer 116 111', childline],
    ['116 111 24/7', childline],
    ['Ruf 116-111 an!', childline],
    ['Ligne 116111, gratuit', childline],
    ['১১৬১১১', childline],
    ['116111 (free)', childline],
    ['116 000, 116 111, 116 123', childline],
    ['110 / 112', emergency],
    ['Im Notfall: 112', emergency],
    ['112 24 hours', emergency],
    ['请拨打112报警', emergency],
    ['0800 111 0 111', freephone],
    ['0800/1110111', freephone],
    ['+49 800 1110111', freephone],
    ['1-833-591-KNOW (5669)', spelled],
    ['833 591 know', spelled],
    ['(833) 591-5669', spelled],
    ['Call 1.833.591.5669', spelled],
    ['1098', { kind: 'short', digits: '1098', country: 'IN' }],
    ['8 (800) 200-01-22', { kind: 'e164', digits: '78002000122' }],
    ['06 80 123 456', { kind: 'e164', digits: '3680123456' }],
    ['065 41100', { kind: 'e164', digits: '3906541100' }],
  ] as [string, PhoneNumber][])('%s', (text, phone) => {
    expect(findPhone(text, phone)).toMatchObject({ found: true });
  });
});

describe('another number is not the published one', () => {
  it.each([
    ['', berlin],
    ['030 123457', berlin],
    ['1030 1234567', berlin],
    ['030 1234560', berlin],
    ['30 12\n34 56', berlin],
    ['(+43) 30 9 123456', berlin],
    ['+49 116111', childline],
    ['116 000', childline],
    ['030 116 111', childline],
    ['116 111 400', childline],
    ['4116111', childline],
    ['www.116111.example', childline],
    ['hilfe@116111.example', childline],
    ['A116111', childline],
    ['030 112-445', emergency],
    ['*112#', emergency],
    ['1,120 cases in 2012', emergency],
    ['11:2', emergency],
    ['1-833-591-KNEW', spelled],
    ['833 591 KNOWN', spelled],
  ] as [string, PhoneNumber][])('%s', (text, phone) => {
    expect(findPhone(text, phone)).toEqual({ found: false });
  });
});

it('never gives a short number a country code, and never repeats a spelling', () => {
  expect(spellingsOf(childline)).toEqual(['116111']);
  const spellings = spellingsOf(berlin);
  expect(new Set(spellings).size).toBe(spellings.length);
  expect(spellings).toContain('030123456');
  expect(spellings).toContain('49030123456');
});

it('says where, in hundredths, and nothing of the text', () => {
  const filler = 'No numbers on this part of the page. '.repeat(50);
  expect(findPhone(`${filler}116 111 ${filler}`, childline)).toEqual({ found: true, place: 49 });
  expect(findPhone(`116 111. ${filler}`, childline)).toEqual({ found: true, place: 0 });
  expect(findAddress(`${filler}Help@Example.org.`, 'help@example.org')).toEqual({ found: true, place: 99 });
});

it('tells addresses apart', () => {
  const stands = (text: string) => findAddress(text, 'help@example.org').found;
  expect(stands('Write to help@example.org, please')).toBe(true);
  expect(stands('mailto:help@example.org')).toBe(true);
  expect(stands('no-help@example.org')).toBe(false);
  expect(stands('help@example.org.evil.example')).toBe(false);
  expect(stands('help@example.orgs')).toBe(false);
});

const separator = fc.constantFrom(' ', '\u00a0', '-', '.', '/', ' – ', '', ') ', ' (');
const script = fc.constantFrom(0x30, 0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10);

it('finds any number however it is grouped, in the digits of any script, with words around it', () => {
  fc.assert(
    fc.property(
      fc.stringMatching(/^49[1-9][0-9]{7,9}$/),
      fc.array(separator, { minLength: 12, maxLength: 12 }),
      fc.nat({ max: 3 }),
      script,
      (digits, separators, form, zero) => {
        const local = digits.slice(2);
        const dialled = [`+${digits}`, `0${local}`, `0049${local}`, `+49 (0)${local}`][form] ?? '';
        const cut = dialled.indexOf(local);
        // No two brackets or dashes after one another: people put one separator between groups.
        const grouped = [...local].map((d, i) => (i > 0 && i % 3 === 0 ? (separators[i] ?? '') + d : d)).join('');
        const text = dialled.slice(0, cut) + grouped;
        const written = [...text].map((c) => (/\d/.test(c) ? String.fromCodePoint(zero + Number(c)) : c)).join('');
        expect(stands(`Phone: ${written}, day and night`, { kind: 'e164', digits })).toBe(true);
      },
    ),
    { numRuns: 2000 },
  );
});

it('does not find a number of which one digit is another', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^49[1-9][0-9]{8}$/), fc.integer({ min: 3, max: 10 }), (digits, at) => {
      const other = digits.slice(0, at) + String((Number(digits[at]) + 1) % 10) + digits.slice(at + 1);
      expect(stands(`+${other} or 0${other.slice(2)}`, { kind: 'e164', digits })).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

it('takes a page made to exhaust it', () => {
  const size = 256 * 1024;
  for (const piece of ['a', '1', '1 ', '112 ', 'a.', 'a@', '116111.a', '24 ', '1-', 'help@example.org', '.'])
    for (const phone of [childline, emergency, berlin, spelled]) {
      const text = piece.repeat(Math.ceil(size / piece.length));
      findPhone(text, phone);
      findAddress(text, 'help@example.org');
    }
});
