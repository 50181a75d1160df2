import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { COUNTRIES } from './country.ts';
import { formatPhoneNicely, isPremium, parsePhone, phoneCost, type PhoneReading } from './phone.ts';
import { formatPhone, mapDigits, phoneKey, PhoneNumber, toDialString, vanityToDigits } from './phoneValue.ts';

const read = (input: string, reading: PhoneReading = {}) => {
  const parsed = parsePhone(input, reading);
  return parsed.ok ? `${parsed.phone.kind} ${toDialString(parsed.phone)}` : parsed.reason;
};
const digitsIn = (s: string) => mapDigits(s).replace(/\D/g, '');

describe('parsePhone', () => {
  it.each([
    ['116111', 'DE'],
    ['116 111', 'PL'],
    ['116111', 'GB'],
    ['116000', 'FR'],
    ['116123', 'GB'],
    ['1098', 'IN'],
    ['1930', 'IN'],
    ['155260', 'IN'],
    ['1098', 'BD'],
    ['911', 'US'],
    ['988', 'US'],
    ['741741', 'US'],
    ['112', 'DE'],
    ['15', 'FR'],
    ['3919', 'FR'],
    ['143', 'CH'],
    ['147', 'CH'],
    ['13 11 14', 'AU'],
    ['113', 'TW'],
    ['000', 'AU'],
    ['15999', 'MY'],
    ['0116', 'KE'],
    ['12355', 'CN'],
    ['19696', 'IT'],
    ['201500', 'FO'],
  ])('leaves the short number %s of %s alone', (input, country) => {
    const parsed = parsePhone(input, { country });
    expect(parsed).toMatchObject({ ok: true, phone: { kind: 'short', digits: digitsIn(input), country } });
    expect(parsed.ok && [toDialString(parsed.phone), digitsIn(formatPhone(parsed.phone))]).toEqual([
      digitsIn(input),
      digitsIn(input),
    ]);
  });

  it.each([
    ['0800 1111', 'GB', 'national 08001111'],
    ['0808 800 5000', 'GB', 'national 08088005000'],
    ['0800 111 0 333', 'DE', 'national 08001110333'],
    ['0800/1110333', 'DE', 'national 08001110333'],
    ['1800 55 1800', 'AU', 'national 1800551800'],
    ['0 800 05 12 34', 'FR', 'national 0800051234'],
    ['800 12 12 12', 'PL', 'national 800121212'],
    ['8-800-2000-122', 'RU', 'national 88002000122'],
    ['0120-99-7777', 'JP', 'national 0120997777'],
    ['06 80 123 123', 'HU', 'national 0680123123'],
    ['018000918080', 'CO', 'national 018000918080'],
    ['1577-1391', 'KR', 'national 15771391'],
    ['1-800-843-5678', 'US', 'national 18008435678'],
    ['1-800-843-5678', 'CA', 'national 18008435678'],
    ['800-843-5678', 'US', 'national 8008435678'],
  ])('keeps %s of %s as dialled there: %s', (input, country, expected) => {
    expect(read(input, { country })).toBe(expected);
  });

  it.each([
    ['030 1234567', 'DE', 'e164 +49301234567'],
    ['020 7946 0000', 'GB', 'e164 +442079460000'],
    ['06 1234 5678', 'IT', 'e164 +390612345678'],
    ['202-555-0123', 'US', 'e164 +12025550123'],
    ['2755 1122', 'HK', 'e164 +85227551122'],
    ['+298 201500', undefined, 'e164 +298201500'],
    ['98765 43210', 'IN', 'e164 +919876543210'],
    ['+49 30 1234567', undefined, 'e164 +49301234567'],
    ['+49 (0)30 1234567', undefined, 'e164 +49301234567'],
    ['+49 30/1234567', 'DE', 'e164 +49301234567'],
    ['tel:+49301234567', undefined, 'e164 +49301234567'],
    ['0049 30 1234567', undefined, 'e164 +49301234567'],
    ['0049 30 1234567', 'FR', 'e164 +49301234567'],
    ['+1 (800) 843-5678', undefined, 'e164 +18008435678'],
    ['+800 1234 5678', undefined, 'e164 +80012345678'],
    ['+١ ٨٠٠ ٨٤٣ ٥٦٧٨', undefined, 'e164 +18008435678'],
    ['+१ ८०० ८४३ ५६७८', undefined, 'e164 +18008435678'],
    ['+𝟏 𝟖𝟎𝟎 𝟖𝟒𝟑 𝟓𝟔𝟕𝟖', undefined, 'e164 +18008435678'],
    ['＋１　８００　８４３　５６７８', undefined, 'e164 +18008435678'],
  ])('reads %s of %s as %s', (input, country, expected) => {
    expect(read(input, { country })).toBe(expected);
  });

  it.each([
    ['', 'DE', 'empty'],
    ['()', 'DE', 'no-digits'],
    ['0800 1111', undefined, 'needs-country'],
    ['8OO 1234', 'US', 'letters'],
    ['8оо 1234', 'US', 'letters'],
    ['1-833-591-KNOW', 'US', 'letters'],
    ['+1 8০0 843 5678', undefined, 'mixed-digits'],
    ['৪00 843 5678', 'US', 'mixed-digits'],
    ['0800\u200B1111', 'GB', 'hidden-characters'],
    ['\u202E1111 0080\u202C', 'GB', 'hidden-characters'],
    ['*100#', 'DE', 'characters'],
    ['²30', 'DE', 'characters'],
    ['①②③', 'DE', 'characters'],
    ['116111, 116000', 'DE', 'several-numbers'],
    ['116111/116000', 'DE', 'several-numbers'],
    ['030 1234567/8', 'DE', 'several-numbers'],
    ['112 110', 'DE', 'several-numbers'],
    ['+49 30 1234567 +49 30 7654321', undefined, 'several-numbers'],
    ['116111 or 112', 'DE', 'letters'],
    ['7', 'DE', 'too-short'],
    ['1234567890123456', 'DE', 'too-long'],
    ['+49116111', undefined, 'short-with-country-code'],
    ['+91 1098', undefined, 'short-with-country-code'],
    ['+1 911', undefined, 'short-with-country-code'],
    ['+43 1110', undefined, 'short-with-country-code'],
    ['+61 13 11 14', undefined, 'home-only'],
    ['+44 (0) 20 7946 0000 1', undefined, 'not-possible'],
    ['+44 020 7946 0000', undefined, 'ambiguous'],
    ['+999 12345678', undefined, 'not-possible'],
    ['30 1234567', 'DE', 'ambiguous'],
    ['49 30 1234567', 'DE', 'ambiguous'],
    ['555-1234', 'US', 'not-possible'],
    ['00 11 22 33 44', 'FR', 'not-possible'],
  ])('refuses %j of %s: %s', (input, country, reason) => {
    const parsed = parsePhone(input, { country });
    expect(parsed).toMatchObject({ ok: false, reason });
    expect(parsed.ok ? '' : parsed.fix).toMatch(/^[A-Z].*\.$/);
  });

  it('keeps declared letters and converts them with the keypad', () => {
    const parsed = parsePhone('1-833-591-KNOW', { country: 'US', vanity: true });
    expect(parsed).toMatchObject({
      ok: true,
      phone: { kind: 'national', digits: '18335915669', letters: '833-591-KNOW', source: '1-833-591-KNOW' },
    });
    expect(read('1-833-591-ЗНАЮ', { country: 'US', vanity: true })).toBe('letters');
  });

  it('keeps an extension apart from the digits', () => {
    expect(parsePhone('+49 30 1234567 ext. 12')).toMatchObject({
      ok: true,
      phone: { digits: '49301234567', extension: '12' },
    });
    expect(parsePhone('tel:+49301234567;ext=12')).toMatchObject({
      ok: true,
      phone: { digits: '49301234567', extension: '12' },
    });
  });

  it('stores a number no plan knows if a person says what it is', () => {
    expect(read('0800-100-10', { country: 'HU' })).toBe('not-possible');
    expect(read('0800-100-10', { country: 'HU', kind: 'national' })).toBe('national 080010010');
    expect(read('+49116111', { kind: 'e164' })).toBe('short-with-country-code');
    expect(read('131114', { country: 'AU', kind: 'national' })).toBe('national 131114');
  });

  it('notes a number whose country code is not that of the country', () => {
    const parsed = parsePhone('+49 30 1234567', { country: 'FR' });
    expect(parsed.ok && [parsed.phone.country, parsed.notes.length]).toEqual([undefined, 1]);
  });

  it.each([
    ['0900 1 234567', 'DE', 'premium'],
    ['1-900-555-1234', 'US', 'premium'],
    ['+1 900 555 1234', undefined, 'premium'],
    ['+979 1234 56789', undefined, 'premium'],
    ['0180 5 123456', 'DE', 'shared'],
    ['+808 1234 5678', undefined, 'shared'],
    ['13 11 14', 'AU', 'shared'],
    ['0800 1111', 'GB', null],
    ['116111', 'DE', null],
    ['+49 30 1234567', undefined, null],
  ])('sees what %s of %s costs: %s', (input, country, cost) => {
    const parsed = parsePhone(input, { country });
    expect(parsed.ok && [phoneCost(parsed.phone), isPremium(parsed.phone), parsed.premium, parsed.shared]).toEqual([
      cost,
      cost !== null,
      cost === 'premium',
      cost === 'shared',
    ]);
  });

  const country = fc.option(fc.constantFrom(...COUNTRIES), { nil: undefined });
  const anything = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: fc.constantFrom(...'0123456789+-()/ .xX٠١٥৪०O#*,;\u200E\u202E'), maxLength: 20 }),
    fc.string({ unit: fc.constantFrom(...'0123456789 '), maxLength: 16 }).map((s) => `+${s}`),
  );

  it('never throws, and what it accepts is valid, complete and shown as stored', () => {
    fc.assert(
      fc.property(anything, country, fc.boolean(), (input, of, vanity) => {
        const parsed = parsePhone(input, { country: of, vanity });
        if (!parsed.ok) return;
        const { phone } = parsed;
        expect(PhoneNumber.safeParse(phone)).toMatchObject({ success: true, data: phone });
        for (const shown of [formatPhone(phone), formatPhoneNicely(phone)])
          expect(digitsIn(shown)).toBe(phone.digits + (phone.extension ?? ''));
        expect(digitsIn(toDialString(phone))).toBe(phone.digits);
      }),
      { numRuns: 5000 },
    );
  });

  it('keeps each digit typed: none is added but a country code, none is lost but a prefix', () => {
    const typed = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: 14 });
    fc.assert(
      fc.property(typed, fc.constantFrom(...COUNTRIES), (input, of) => {
        const parsed = parsePhone(input, { country: of });
        if (!parsed.ok) return;
        const { kind, digits } = parsed.phone;
        // 00 and the trunk prefixes of the world: 0, 1, 8, and 06 in Hungary.
        const proper = kind === 'e164' ? input.replace(/^(00?|06|1|8)/, '') : input;
        expect(kind === 'e164' ? digits.slice(-proper.length) : digits).toBe(proper);
      }),
      { numRuns: 5000 },
    );
  });

  it('never makes anything but a short number of 3 to 6 digits', () => {
    const typed = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 3, maxLength: 6 });
    fc.assert(
      fc.property(typed, fc.constantFrom(...COUNTRIES), (input, of) => {
        const parsed = parsePhone(input, { country: of });
        expect(parsed.ok && [parsed.phone.kind, parsed.phone.digits]).toEqual(['short', input]);
      }),
      { numRuns: 5000 },
    );
  });
});

describe('PhoneNumber', () => {
  it.each([
    [{ kind: 'short', digits: '116111' }, 'Choose the country'],
    [{ kind: 'e164', digits: '0301234567' }, 'country code'],
    [{ kind: 'e164', digits: '116111' }, 'country code'],
    [{ kind: 'short', digits: '1161x1', country: 'DE' }, 'digits'],
    [{ kind: 'short', digits: '1234567890', country: 'DE' }, 'national'],
    [{ kind: 'national', digits: '18335915669', country: 'US', letters: '833-591-HELP' }, 'letters'],
    [{ kind: 'national', digits: '08001111', country: 'GB', source: '0800\u202E1111' }, 'direction'],
  ])('refuses %j and names the fix', (value, fix) => {
    expect(PhoneNumber.safeParse(value).error?.issues[0]?.message).toContain(fix);
  });

  it('becomes JSON Schema', () => {
    expect(z.toJSONSchema(PhoneNumber, { io: 'input' }).$defs?.['PhoneNumber']).toMatchObject({
      required: ['kind', 'digits'],
    });
  });
});

const key = (input: string, country?: string) => {
  const parsed = parsePhone(input, { country });
  return parsed.ok ? phoneKey(parsed.phone) : parsed.reason;
};

describe('phoneKey', () => {
  it('tells 116 111 in Germany from 116 111 in Poland', () => {
    expect(key('116111', 'DE')).not.toBe(key('116111', 'PL'));
  });

  it('knows one line in its national and its international form', () => {
    expect(key('0800 111 0 333', 'DE')).toBe(key('+49 800 1110333'));
    expect(key('1-800-843-5678', 'US')).toBe(key('800-843-5678', 'CA'));
    expect(key('1-800-843-5678', 'US')).toBe(key('+1 800 843 5678'));
  });

  it('does not equate what is not certain', () => {
    expect(key('13 11 14', 'AU')).toBe('AU:131114');
    expect(key('8-800-2000-122', 'RU')).toBe('RU:88002000122');
  });
});

describe('formatPhone', () => {
  it.each([
    [{ kind: 'e164', digits: '18008435678' }, '+1 800 843 5678'],
    [{ kind: 'e164', digits: '49301234567' }, '+49 301 234 567'],
    [{ kind: 'e164', digits: '35312345678', extension: '9' }, '+353 123 456 78 ext. 9'],
    [{ kind: 'short', digits: '116111', country: 'DE' }, '116111'],
    [{ kind: 'national', digits: '08001111', country: 'GB', source: '0800 1111' }, '0800 1111'],
    [{ kind: 'national', digits: '08001111', country: 'GB', source: 'Childline 0800 1111' }, '08001111'],
  ] as [PhoneNumber, string][])('shows %j as %s', (phone, shown) => {
    expect(formatPhone(phone)).toBe(shown);
  });

  it('groups as the country does, with the library', () => {
    expect(formatPhoneNicely({ kind: 'e164', digits: '49301234567' })).toBe('+49 30 1234567');
    expect(formatPhoneNicely({ kind: 'short', digits: '116000', country: 'PL' })).toBe('116000');
  });
});

describe('vanityToDigits', () => {
  it('spells with the keypad', () => {
    expect(vanityToDigits('833-591-KNOW')).toBe('8335915669');
    expect(vanityToDigits('abcdefghijklmnopqrstuvwxyz')).toBe('22233344455566677778889999');
    expect(vanityToDigits('KNÖW')).toBeNull();
  });
});
