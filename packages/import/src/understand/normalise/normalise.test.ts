import { formatHours } from '@waymark/domain';
import { describe, expect, it } from 'vitest';
import { readCell } from '../cell.ts';
import { readAnswer } from './answer.ts';
import { readAreas } from './country.ts';
import { dateOrderOf, readDate } from './date.ts';
import { readEmails } from './email.ts';
import { readHours } from './hours.ts';
import { readKind } from './kind.ts';
import { readLanguages } from './language.ts';
import { readPhones } from './phone.ts';
import { readUrls } from './url.ts';

const codes = (notes: readonly { code: string }[]) => notes.map(({ code }) => code);

describe('a cell', () => {
  it.each([
    ['\u200Fخط مساندة الطفل\u200E', 'خط مساندة الطفل', ['bidi-controls-removed']],
    ['Kinder\u200Bline', 'Kinderline', ['invisible-removed']],
    ['Po\u0301ljska', 'Póljska', ['composed']],
    ['<b>Help</b> &amp; advice', 'Help & advice', ['html-removed']],
    ['=HYPERLINK("http://example.org","x")', '', ['formula-neutralised']],
    ['@IMPORTXML("http://example.org","//a")', '', ['formula-neutralised']],
    ["+cmd|' /C calc'!A0", '', ['formula-neutralised']],
    ["'+49 30 1234567", '+49 30 1234567', ['apostrophe-removed']],
    ['+1-888-773-8368', '+1-888-773-8368', []],
    ['-', '', []],
    ['n/a', '', []],
    ['damaged \uFFFD', '', ['text-damaged']],
    // Persian spelling needs its zero-width non-joiner.
    ['می\u200Cخواهم', 'می\u200Cخواهم', []],
  ])('%j is read as %j', (raw, text, expected) => {
    const cell = readCell(raw);
    expect([cell.text, codes(cell.notes)]).toEqual([text, expected]);
  });
});

describe('telephone numbers', () => {
  it.each<[string, string[], string[]]>([
    ['116 111', ['DE'], ['short:116111']],
    ['1 3 2 5', ['FJ'], ['short:1325']],
    ['١١٦١١١', ['SA'], ['short:116111']],
    ['call 1098', ['PK'], ['short:1098']],
    ['0044 20 7946 0018', ['GB'], ['e164:442079460018']],
    ['+44 (0)20 7946 0018', ['GB'], ['e164:442079460018']],
    ['+44.8081.000900; +44 137 284 716 1', ['GB', 'IE'], ['e164:448081000900', 'e164:441372847161']],
    ['+1 800 843 5678 ext. 12', ['US'], ['e164:18008435678x12']],
    ['1-800-THE-LOST', ['US'], ['national:18008435678']],
    ['0800 1111', ['GB'], ['national:08001111']],
    ['116 111 (free) / 030 123456', ['DE'], ['short:116111', 'e164:4930123456']],
    ['+49 30 1234567 (24/7)', ['DE'], ['e164:49301234567']],
    // Nothing that can be read in two ways, and nothing a spreadsheet spoiled.
    ['0', ['MW'], []],
    ['+00 000', ['MW'], []],
    ['1.16E+05', ['MW'], []],
    ['4,41E+11', ['MW'], []],
    ['116111.0', ['PL'], []],
    ['----', ['MW'], []],
    ['123 456 7890 ext', ['MW'], []],
    ['O800 123456', ['DE'], []],
    ['8001111', ['GB'], []],
    ['116 111', [], []],
  ])('%s in %j is %j', (text, countries, expected) => {
    const { values, notes } = readPhones(text, countries);
    expect(values.map(({ kind, digits, extension }) => `${kind}:${digits}${extension ? `x${extension}` : ''}`)).toEqual(
      expected,
    );
    if (expected.length === 0) expect(notes.map(({ certainty }) => certainty)).toContain('unclear');
  });
});

describe('web addresses', () => {
  it.each([
    ['pointdecontact.net', ['https://pointdecontact.net/'], ['url-scheme-added']],
    ['http://www.kocsc.or.kr/', ['https://www.kocsc.or.kr/'], ['url-https']],
    ['https://a.org/?utm_source=x&id=7&fbclid=y', ['https://a.org/?id=7'], ['url-tracking-removed']],
    ['https://new.safernet.org.br/#kontakt', ['https://new.safernet.org.br/'], ['url-fragment-removed']],
    ['https://app.example.org/#/report', ['https://app.example.org/#/report'], []],
    ['HTTPS://STOPLINE.CZ/', ['https://stopline.cz/'], ['url-canonical']],
    ['https://münchen.de/x', ['https://xn--mnchen-3ya.de/x'], ['url-canonical']],
    ['file:///C:/Users/curator/list.xlsx', [], ['url-unsafe']],
    ['javascript:alert(1)', [], ['url-unsafe']],
    ['http://bit.ly/xxxxxxx', [], ['url-shortened']],
    ['http://localhost:8080/report', [], ['url-refused']],
    ['https://192.168.0.1/', [], ['url-refused']],
    ['https://user:secret@example.org/', [], ['url-refused']],
    ['https://аррӏе.com/', [], ['url-look-alike']],
    ['www', [], ['url-refused']],
  ])('%s', (text, values, expected) => {
    const reading = readUrls(text);
    expect([reading.values, codes(reading.notes)]).toEqual([values, expected]);
  });

  it('hands over what belongs to another field', () => {
    const reading = readUrls('mailto:help@example.org tel:116111');
    expect([reading.emails, reading.phones, reading.values]).toEqual([['mailto:help@example.org'], ['116111'], []]);
  });
});

describe('e-mail addresses', () => {
  it.each([
    ['Info@Example.ORG', ['Info@example.org']],
    ['mailto:a@example.org; b@example.org', ['a@example.org', 'b@example.org']],
    ['Help <help@example.org>', ['help@example.org']],
    ['info(at)example.org', ['info@example.org']],
    ['info(at)example', []],
  ])('%s', (text, values) => expect(readEmails(text).values).toEqual(values));
});

describe('countries', () => {
  it.each([
    ['GERMANY ', ['DE']],
    ['MEX', ['MX']],
    ['Éire', ['IE']],
    ['السعودية', ['SA']],
    ['대한민국', ['KR']],
    ['Pilipinas', ['PH']],
    ['UK / Ireland', ['GB', 'IE']],
    ['Bosnia and Herzegovina', ['BA']],
    ['Trinidad & Tobago', ['TT']],
    ['Korea, Republic of', ['KR']],
    ['Niger', ['NE']],
    ['Nigeria', ['NG']],
    ['Weltweit', ['001']],
    ['🇩🇪', ['DE']],
    ['Korea (N/S?)', []],
    ['Congo', []],
    ['Wakanda', []],
  ])('%s', (text, values) => {
    const reading = readAreas(text);
    expect(reading.values).toEqual(values);
    if (values.length === 0) expect(reading.notes.map(({ certainty }) => certainty)).toEqual(['unclear']);
  });
});

describe('languages', () => {
  it.each([
    ['German, français, italiano, EN', ['de', 'fr', 'it', 'en']],
    ['et + Englisch + русский', ['et', 'en', 'ru']],
    ['اردو + Englisch', ['ur', 'en']],
    ['日本語 + English', ['ja', 'en']],
    ['Castellano', ['es']],
    ['Chinese (Traditional)', ['zh-Hant']],
    ['Farsi and Dari', ['fa', 'fa-AF']],
    ['pt-BR', ['pt-BR']],
    ['BSL', ['bfi']],
    ['all languages', []],
  ])('%s', (text, values) => expect(readLanguages(text).values).toEqual(values));
});

describe('kinds and answers', () => {
  it.each([
    ['línea de denuncia', 'hotline.web'],
    ['Hotline (INHOPE)', 'hotline.web'],
    ['Polizei', 'law-enforcement.report'],
    ['خط مساندة الطفل', 'child-helpline'],
    ['Телефон доверия', 'child-helpline'],
    ['plateforme', 'platform-tool'],
    ['portal.national', 'portal.national'],
    ['spaceship', undefined],
  ])('%s is %s', (text, kind) => expect(readKind(text).values[0]?.[0]).toBe(kind));

  it.each([
    ['oui', 'yes'],
    ['JA', 'yes'],
    ['нет', 'no'],
    ['unbekannt', 'unknown'],
    ['perhaps', undefined],
  ])('%s is %s', (text, answer) => expect(readAnswer(text).values[0]).toBe(answer));
});

describe('hours', () => {
  it.each([
    ['24/7', 'DE', '24/7'],
    ['rund um die Uhr', 'DE', '24/7'],
    ['على مدار الساعة', 'SA', '24/7'],
    ['Mon-Thu 9am–9pm, Fri 9am–5pm, Sat closed', 'GB', 'Mo-Th 09:00-21:00; Fr 09:00-17:00'],
    ['Lundi au vendredi de 9h à 17h', 'FR', 'Mo-Fr 09:00-17:00'],
    ['lunes a viernes de 9:00 a 18:00', 'PE', 'Mo-Fr 09:00-18:00'],
    ['пн-пт 9:00-18:00', 'BG', 'Mo-Fr 09:00-18:00'],
    ['月曜日-金曜日 9:00-17:00', 'JP', 'Mo-Fr 09:00-17:00'],
    ['Daily 18:00-02:00', 'DE', 'Mo-Su 18:00-02:00'],
    ['Mo-Do 9-12 und 13-16 Uhr', 'DE', 'Mo-Th 09:00-12:00,13:00-16:00'],
    // Not certain: kept as text beside "unknown".
    ['Mon-Fri 9-5', 'DE', 'unknown'],
    ['Daily from 08:00', 'DE', 'unknown'],
    ['Office hours', 'DE', 'unknown'],
    ['Counselling chat: Mon, Wed, Fri 14:00-18:00', 'DE', 'unknown'],
    ['Mon-Fri 08:30-16:00 Central Time, except holidays', 'DE', 'unknown'],
    ['Mon-Fri 09:00-17:00', 'US', 'unknown'],
  ])('%s in %s is %s', (text, country, expected) => {
    const [hours] = readHours(text, [country]).values;
    expect(hours && [formatHours(hours), hours.sourceText]).toEqual([expected, text]);
  });

  it('takes the time zone of the profile where the country has several', () => {
    expect(readHours('Mon-Fri 09:00-17:00', ['US'], 'America/New_York').values[0]?.tz).toBe('America/New_York');
  });
});

describe('dates', () => {
  it.each([
    ['2025-11-03', '2025-11-03'],
    ['3 November 2025', '2025-11-03'],
    ['3 de noviembre de 2025', '2025-11-03'],
    ['3 ноября 2025', '2025-11-03'],
    ['2025年11月3日', '2025-11-03'],
    ['3.11.25', '2025-11-03'],
    ['45964', '2025-11-03'],
    ['13/02/2026', '2026-02-13'],
    ['2026-02-30', 'date-not-real'],
    ['03/11/2025', 'date-ambiguous'],
    ['Nov 2025', 'date-unknown'],
  ])('%s', (text, expected) => {
    const { values, notes } = readDate(text);
    expect(values[0] ?? notes[0]?.code).toBe(expected);
  });

  it('reads day and month in the order the profile says, which a column may give away', () => {
    expect(readDate('03/11/2025', 'mdy').values).toEqual(['2025-03-11']);
    expect(dateOrderOf(['03/11/2025', '25/11/2025'])).toBe('dmy');
    expect(dateOrderOf(['03/11/2025', '25/11/2025', '11/25/2025'])).toBeUndefined();
  });
});
