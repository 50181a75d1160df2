import { Hours, mapDigits, parseHours, timeZonesOf, WEEKDAYS, type Country, type Weekday } from '@waymark/domain';
import { fold } from '../fold.ts';
import { note, type Reading } from '../note.ts';
import { hoursWords } from '../tables/hoursWords.ts';
import { NAME_LOCALES } from './nameIndex.ts';

type Token =
  | { is: 'days'; days: readonly Weekday[] }
  | { is: 'time'; time: string; half?: 'am' | 'pm' }
  | { is: 'dash' | 'comma' | 'end' | 'closed' | 'always' };

let days: ReadonlyMap<string, Weekday | null> | undefined;

/** Names of days in the languages of CLDR, long and short. A word that is another day in another language is no certain word. */
function dayNames(): ReadonlyMap<string, Weekday | null> {
  if (days) return days;
  const found = new Map<string, Weekday | null>();
  const add = (word: string, day: Weekday): void => {
    const key = fold(word);
    if (key === '' || /^\d+$/.test(key)) return;
    found.set(key, found.has(key) && found.get(key) !== day ? null : day);
  };
  for (const locale of NAME_LOCALES) {
    for (const weekday of ['long', 'short'] as const) {
      const format = new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' });
      // 1 January 2024 was a Monday.
      for (const [i, day] of WEEKDAYS.entries()) add(format.format(Date.UTC(2024, 0, 1 + i)), day);
    }
  }
  // The abbreviations of opening_hours, and the longer English ones, win over look-alikes of small languages.
  const english = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
  for (const [i, day] of WEEKDAYS.entries()) {
    const name = english[i] ?? '';
    for (const word of [name, name.slice(0, 3), `${name}s`]) found.set(word, day);
  }
  for (const [word, day] of [
    ['tues', 'tu'],
    ['weds', 'we'],
    ['thur', 'th'],
    ['thurs', 'th'],
  ] as const)
    found.set(word, day);
  return (days = found);
}

const wordsOf = (name: keyof typeof hoursWords): ReadonlySet<string> => new Set(hoursWords[name].split('|').map(fold));
const alwaysWords = wordsOf('always');
const toWords = wordsOf('to');
const phrases: readonly [ReadonlySet<string>, Token | 'skip'][] = [
  [wordsOf('daily'), { is: 'days', days: WEEKDAYS }],
  [wordsOf('workdays'), { is: 'days', days: WEEKDAYS.slice(0, 5) }],
  [wordsOf('weekend'), { is: 'days', days: WEEKDAYS.slice(5) }],
  [wordsOf('closed'), { is: 'closed' }],
  [alwaysWords, { is: 'always' }],
  [wordsOf('noon'), { is: 'time', time: '12:00', half: 'pm' }],
  [wordsOf('midnight'), { is: 'time', time: '24:00', half: 'pm' }],
  [toWords, { is: 'dash' }],
  [wordsOf('and'), { is: 'comma' }],
  [wordsOf('filler'), 'skip'],
];

const twelveHours = (hour: number, half: string): number => (hour % 12) + (half === 'pm' ? 12 : 0);

/** 9, 9:00, 9.30, 9h, 9h30, 9am, 9:30 p.m., 0900 — as hh:mm; null where it is no time. */
function toTime(text: string): Extract<Token, { is: 'time' }> | null {
  const [, hour = '', minute = '', half = ''] = /^(\d{1,2})(?:[:.h](\d{2})|h)?\s*([ap]m)?$/.exec(text) ?? [];
  if (hour === '') return null;
  const at = half === '' ? Number(hour) : twelveHours(Number(hour), half);
  if (Number(hour) > (half === '' ? 24 : 12) || (half !== '' && Number(hour) === 0) || Number(minute) > 59) return null;
  // A lone hour keeps its one digit: the domain refuses what may mean the afternoon.
  const written =
    half !== '' || minute !== '' ? `${String(at).padStart(2, '0')}:${minute || '00'}` : text.replace('h', '');
  return { is: 'time', time: written, ...(half === '' ? {} : { half: half as 'am' | 'pm' }) };
}

const lexeme =
  /\d{1,2}(?:[:.h]\d{2}|h\b)?\s*(?:[ap]\.?m\.?(?![\p{L}]))?|\p{L}[\p{L}\p{M}'’]*\.?|[-‐‑–—~〜]|[,;\n/&+|]|[^\s]/gu;

/** Words and signs of a text on hours; null as soon as one of them is not understood. */
function tokensOf(text: string): Token[] | null {
  const tokens: Token[] = [];
  const lexemes = text.match(lexeme) ?? [];
  for (let at = 0; at < lexemes.length; at += 1) {
    const raw = (lexemes[at] ?? '').trim();
    if (/^[-‐‑–—~〜]$/.test(raw)) tokens.push({ is: 'dash' });
    else if (raw === ',' || raw === '&' || raw === '+' || raw === '/') tokens.push({ is: 'comma' });
    else if (raw === ';' || raw === '\n' || raw === '|') tokens.push({ is: 'end' });
    else if (raw === ':' || raw === '.' || raw === '(' || raw === ')') continue;
    else {
      const [token, length] = phraseAt(lexemes, at, tokens.at(-1));
      const read =
        token ??
        (/^\d/.test(raw)
          ? toTime(
              raw
                .toLowerCase()
                .replace(/\.(?=m|$)/g, '')
                .replace(/\s+/g, ''),
            )
          : null);
      if (read === null) return null;
      if (read !== 'skip') tokens.push(read);
      at += length - 1;
    }
  }
  return tokens;
}

/** The longest phrase that begins here. */
function phraseAt(lexemes: readonly string[], at: number, before: Token | undefined): [Token | 'skip' | null, number] {
  for (let length = Math.min(4, lexemes.length - at); length > 0; length -= 1) {
    const phrase = fold(lexemes.slice(at, at + length).join(' '));
    // "to" is a short Thursday in Finnish; after a day or a time it is no day.
    if (toWords.has(phrase) && (before?.is === 'time' || before?.is === 'days')) return [{ is: 'dash' }, length];
    const day = length === 1 ? dayNames().get(phrase) : undefined;
    if (day) return [{ is: 'days', days: [day] }, 1];
    const found = phrases.find(([words]) => words.has(phrase));
    if (found) return [found[1], length];
  }
  return [null, 1];
}

const spanOf = (from: Weekday, to: Weekday): Weekday[] => {
  const start = WEEKDAYS.indexOf(from);
  const length = ((WEEKDAYS.indexOf(to) - start + 7) % 7) + 1;
  return Array.from({ length }, (_, i) => WEEKDAYS[(start + i) % 7] ?? from);
};

interface Rule {
  days: Weekday[];
  times: string[];
}

/**
 * Rules (days, then times) as the shorthand of the domain. A comma before a day begins the next rule when times were given. Null
 * where the order of things leaves a doubt.
 */
function toShorthand(tokens: readonly Token[]): string | null {
  const rules: Rule[] = [];
  let rule: Rule = { days: [], times: [] };
  const close = (): void => {
    if (rule.days.length > 0 || rule.times.length > 0) rules.push(rule);
    rule = { days: [], times: [] };
  };
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    const next = tokens[at + 1];
    const after = tokens[at + 2];
    if (token === undefined) return null;
    if (token.is === 'end') close();
    else if (token.is === 'comma') continue;
    else if (token.is === 'days') {
      if (rule.times.length > 0) close();
      if (next?.is === 'dash' && after?.is === 'days') {
        if (token.days.length !== 1 || after.days.length !== 1) return null;
        rule.days.push(...spanOf(token.days[0] ?? 'mo', after.days[0] ?? 'mo'));
        at += 2;
      } else rule.days.push(...token.days);
    } else if (token.is === 'time') {
      // 9-5pm: whether the first is before noon is not said.
      if (next?.is !== 'dash' || after?.is !== 'time' || (token.half === undefined) !== (after.half === undefined))
        return null;
      rule.times.push(`${token.time}-${after.time}`);
      at += 2;
    } else if (token.is === 'closed') rule.times.push('off');
    else if (token.is === 'always') rule.times.push('00:00-24:00');
    else return null;
  }
  close();
  if (rules.length === 0 || rules.some(({ times }) => times.length === 0)) return null;
  // Times without a day are those of every day only when nothing else is said.
  if (rules.some(({ days }) => days.length === 0)) return null;
  return rules.map(({ days, times }) => `${[...new Set(days)].join(',')} ${times.join(',')}`).join('; ');
}

const isAlways = (text: string): boolean => alwaysWords.has(fold(text)) || /^24\s*[/x×]\s*7$/i.test(text.trim());

const clocks = new Map<string, string>();

/** What the clocks of a zone show in each month of a year: Büsingen and Berlin are two zones with one clock. */
function clockOf(zone: string): string {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  const clock = Array.from({ length: 12 }, (_, month) => format.format(Date.UTC(2026, month, 15, 12))).join();
  clocks.set(zone, clock);
  return clock;
}

/** The zone the profile says, or that of the countries of a row when all their clocks show the same. */
function zoneOf(countries: readonly Country[], wanted?: string): string | undefined {
  if (wanted !== undefined) return wanted;
  const zones = countries.flatMap((country) => timeZonesOf(country));
  return new Set(zones.map(clockOf)).size === 1 ? zones[0] : undefined;
}

/**
 * Reads opening hours of many spellings and languages when there is exactly one way to read them; otherwise keeps the text beside
 * "unknown". Times past midnight run into the next day. Never derives hours from a text with words it does not know.
 */
export function readHours(text: string, countries: readonly Country[], timeZone?: string): Reading<Hours> {
  const source = [...text].slice(0, 500).join('');
  const kept = (code: 'hours-kept' | 'hours-zone'): Reading<Hours> => ({
    values: [{ kind: 'unknown', sourceText: source }],
    notes: [note(code, text)],
  });
  const plain = mapDigits(text).trim();
  if (isAlways(plain))
    return { values: [{ kind: 'always', sourceText: source }], notes: [note('hours-read', text, '24/7')] };
  const own = parseHours(plain, 'UTC');
  const tokens = own ? null : tokensOf(plain);
  const shorthand = own ? plain : tokens && toShorthand(tokens);
  if (shorthand === null) return kept('hours-kept');
  const trial = own ?? parseHours(shorthand, 'UTC');
  if (trial === null || trial.kind === 'unknown') return kept('hours-kept');
  const tz = zoneOf(countries, timeZone);
  if (trial.tz !== undefined && tz === undefined) return kept('hours-zone');
  const hours = Hours.safeParse({ ...trial, ...(trial.tz === undefined ? {} : { tz }), sourceText: source });
  return hours.success ? { values: [hours.data], notes: [note('hours-read', text, shorthand)] } : kept('hours-kept');
}
