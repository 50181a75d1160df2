import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isMixedScript, mapDigits, plainText, skeleton, textRefusal } from './text.ts';

describe('textRefusal', () => {
  it.each([
    ['half a surrogate pair', 'IWF\uD800', 'not-well-formed'],
    ['a lost character', 'Kinder\uFFFDhilfe', 'not-well-formed'],
    ['an accent apart from its letter', 'Te\u0301le\u0301phone', 'not-nfc'],
    ...[...'\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\u200E\u200F\u061C'].map((c) => [
      'a bidi control',
      `a${c}b`,
      'bidi-control',
    ]),
    ['a zero-width space', 'Child\u200Bline', 'zero-width'],
    ['a byte order mark', '\uFEFFChildline', 'zero-width'],
    ['a word joiner', 'Child\u2060line', 'zero-width'],
    ['a soft hyphen', 'Child\u00ADline', 'zero-width'],
    ['a joiner between Latin letters', 'Child\u200Dline', 'zero-width'],
    ['a non-joiner between Cyrillic letters', 'дет\u200Cи', 'zero-width'],
    ['two joiners in a row', 'می\u200C\u200Cشود', 'zero-width'],
    ['a variation selector', 'IWF\uFE0F', 'zero-width'],
    ['a Hangul filler', 'IWF\u3164', 'zero-width'],
    ['a blank Braille cell', 'IWF\u2800', 'zero-width'],
    ['tag characters', 'IWF\u{E0041}\u{E0042}', 'tag-character'],
    ['a control character', 'IWF\u0007', 'control-character'],
    ['a NUL', 'IWF\0', 'control-character'],
    ['a line separator', 'IWF\u2028', 'control-character'],
    ['a private-use character', 'IWF\uE000', 'control-character'],
    ['a newline in one line', 'a\nb', 'control-character'],
    ['accents piled up', 'Z\u0335\u0336\u0337\u0338\u0334algo', 'combining-stack'],
    ['Thai marks piled up', `ก${'\u0E47'.repeat(6)}`, 'combining-stack'],
  ])('refuses %s', (_, text, refusal) => {
    expect(textRefusal(text)).toBe(refusal);
  });

  it.each([
    'Childline – “free” help, 24/7 (0800 1111)',
    'Kinderschutz-Zentrum Zürich',
    'Đường dây nóng bảo vệ trẻ em 111',
    'Γραμμή SOS 1056',
    'Детский телефон доверия',
    'Թեժ գիծ',
    'ბავშვთა ცხელი ხაზი',
    'קו חם לילדים ולנוער',
    'خط نجدة الطفل',
    'صدای یارا: خط کمک کودکان می\u200Cشود',
    'بچوں کی ہیلپ لائن',
    'चाइल्डलाइन १०९८',
    'क्\u200Dष', // ZWJ for a half form
    'শিশু সহায়তা',
    'ਬਾਲ ਸਹਾਇਤਾ',
    'બાળ સહાય',
    'ଶିଶୁ ସହାୟତା',
    'குழந்தைகள் உதவி',
    'బాలల సహాయ',
    'ಮಕ್ಕಳ ಸಹಾಯವಾಣಿ',
    'അവന്\u200Dറെ ചൈൽഡ് ലൈൻ', // ZWJ for an old chillu
    'ශ්\u200Dරී ලංකා ළමා',
    'สายด่วนช่วยเหลือเด็กน้ำ',
    'ສາຍດ່ວນເດັກ',
    'བྱིས་པའི་རོགས་སྐྱོར་བསྒྲུབས',
    'ကလေးသူငယ်ကာကွယ်ရေး မြို့',
    'ខ្សែ\u200Bទូរស័ព្ទ\u200Bជំនួយ', // ZWSP between words
    'የሕፃናት የእርዳታ መስመር',
    'ᏣᎳᎩ',
    'ᓄᓇᕗᑦ',
    'ᠮᠣᠩᠭᠣᠯ',
    '儿童保护热线',
    'チャイルドライン 子ども',
    '아동 보호 전화',
    'ⵜⴰⵎⴰⵣⵉⵖⵜ',
    'Kamatipa‘a Hawaiʻi',
  ])('accepts %s', (text) => {
    expect(textRefusal(text)).toBeNull();
  });

  it('allows line breaks where there are several lines', () => {
    expect(textRefusal('a\nb', { multiline: true })).toBeNull();
    expect(textRefusal('a\tb', { multiline: true })).toBe('control-character');
  });
});

describe('plainText', () => {
  const Name = plainText({ max: 10 });

  it('trims and composes', () => {
    expect(Name.parse('  Te\u0301le\u0301 ')).toBe('Télé');
    expect(plainText({ max: 10, multiline: true }).parse('a\r\nb')).toBe('a\nb');
  });

  it('counts code points', () => {
    expect(Name.safeParse('𝒳'.repeat(10)).success).toBe(true);
    expect(Name.safeParse('𝒳'.repeat(11)).error?.issues[0]?.message).toBe(
      'Shorten the text to 10 characters; it has 11.',
    );
  });

  it.each(['', '   ', 'a\u202Eb', 'a\nb', 'a'.repeat(11)])('refuses %j with one message', (text) => {
    expect(Name.safeParse(text).error?.issues).toHaveLength(1);
  });

  it('becomes JSON Schema with its length', () => {
    expect(z.toJSONSchema(Name, { io: 'input' })).toMatchObject({ type: 'string', maxLength: 10 });
  });

  it('never throws, and gives what it accepts back unchanged', () => {
    const Any = plainText({ max: 100, multiline: true });
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const once = Any.safeParse(text);
        expect(once.success ? Any.parse(once.data) : undefined).toBe(once.data);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('mapDigits', () => {
  it.each([
    ['٠١٢٣٤٥٦٧٨٩', '0123456789'],
    ['۰۱۲۳۴۵۶۷۸۹', '0123456789'],
    ['०१२३४५६७८९', '0123456789'],
    ['০১২৩৪৫৬৭৮৯', '0123456789'],
    ['၀၁၂၃၄၅၆၇၈၉', '0123456789'],
    ['𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗𝟘𝟙𝟿', '0123456789019'],
    ['０１２３４５６７８９', '0123456789'],
    ['²①½Ⅷ一', '²①½Ⅷ一'],
  ])('%s → %s', (text, mapped) => {
    expect(mapDigits(text)).toBe(mapped);
  });
});

describe('skeleton', () => {
  it.each([
    ['аррӏе', 'apple'],
    ['Сhildline', 'Childline'],
    ['ΙWF', 'IWF'],
    ['lWF', 'IWF'],
    ['ＩＷＦ', 'IWF'],
    ['𝐈𝐖𝐅', 'IWF'],
    ['Chi1dline', 'childline'],
    ['N0spam', 'Nospam'],
    ['exarnple', 'example'],
    ['vvatch', 'watch'],
    ['Télé', 'Tele'],
    ['Child\u200Bline', 'Childline'],
    ['ᏟhᎥld', 'Child'],
    ['٠', '0'],
  ])('%s looks like %s', (one, other) => {
    expect(skeleton(one)).toBe(skeleton(other));
  });

  it.each([
    ['Childline', 'Kidsline'],
    ['116111', '116000'],
    ['помощь', 'help'],
    ['東京', '京都'],
  ])('%s does not look like %s', (one, other) => {
    expect(skeleton(one)).not.toBe(skeleton(other));
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (s) => {
        expect(skeleton(skeleton(s))).toBe(skeleton(s));
      }),
    );
  });

  it('sees through any swap of a letter for its look-alike', () => {
    const twins: Record<string, string> = {
      a: 'аɑ',
      c: 'сϲ',
      e: 'еҽ',
      i: 'іı1',
      o: 'оο0',
      p: 'рρ',
      s: 'ѕ',
      x: 'хχ',
      y: 'уү',
      h: 'һ',
      l: 'ӏ1',
      n: 'ո',
      d: 'ԁ',
      t: 'т',
    };
    const word = fc.string({ unit: fc.constantFrom(...Object.keys(twins)), minLength: 1 });
    fc.assert(
      fc.property(word, fc.array(fc.nat(), { minLength: 20, maxLength: 20 }), (real, picks) => {
        const fake = [...real].map((c, i) => [...c, ...(twins[c] ?? '')].at((picks[i % 20] ?? 0) % 2)).join('');
        expect(skeleton(fake)).toBe(skeleton(real));
      }),
    );
  });
});

describe('isMixedScript', () => {
  it.each(['pаypal', 'Сhildline', 'αpple', 'example.оrg online', 'ꓮpple'])(
    'sees two scripts in a word of %s',
    (text) => {
      expect(isMixedScript(text)).toBe(true);
    },
  );

  it.each([
    'Childline',
    'аррӏе',
    'IT-компания',
    'Telefon доверия',
    'チャイルドライン',
    '子どもSOS',
    'LINE상담',
    '한국어',
    'صدای یارا',
    '116 111',
    'Hawaiʻi',
    'ශ්\u200Dරී',
    '',
  ])('sees one script per word in %s', (text) => {
    expect(isMixedScript(text)).toBe(false);
  });
});
