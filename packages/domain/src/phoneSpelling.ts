import type { PhoneNumber } from './phoneValue.ts';
import { diallingPlans } from './tables/diallingPlans.ts';
import { mapDigits } from './text.ts';

/** Whether a page shows a number or an address, and roughly where: so many hundredths of its text come before it. Never the text. */
export type Sighting = { found: true; place: number } | { found: false };

const callingCodes = new Set([...diallingPlans.values()].map((plan) => plan.callingCode));
const codesWithTrunkZero = new Set(
  [...diallingPlans.values()].filter((plan) => plan.trunkZero).map((plan) => plan.callingCode),
);
// What is dialled at home in front of a number, where that is not a 0.
const otherTrunks = new Map([
  ['1', ['1']],
  ['7', ['8']],
  ['36', ['06']],
  ['370', ['8', '0']],
  ['375', ['80', '8']],
  ['993', ['8']],
]);
/** How people abroad reach a country code; the plus sign needs none. */
const exitCodes = ['', '00', '011', '0011'];

const callingCodeOf = (digits: string): string =>
  [digits.slice(0, 3), digits.slice(0, 2), digits.slice(0, 1)].find((code) => callingCodes.has(code)) ?? '';

function internationalSpellings(code: string, local: string): string[] {
  const trunks = ['', ...(codesWithTrunkZero.has(code) ? ['0'] : []), ...(otherTrunks.get(code) ?? [])];
  return [
    ...exitCodes.map((exit) => `${exit}${code}${local}`),
    ...trunks.map((trunk) => `${trunk}${local}`),
    // +49 (0)30 …: the bracketed digits are for callers inside the country.
    ...trunks.flatMap((trunk) => exitCodes.map((exit) => `${exit}${code}${trunk}${local}`)),
  ];
}

/**
 * Every way to write the digits of a number that still means this number: with country code, with what is dialled at home
 * instead, or as it is. A short number is only itself: 116111 is nobody's +49 116111.
 * @returns strings of 0–9, without repetition
 */
export function spellingsOf(phone: Pick<PhoneNumber, 'kind' | 'digits' | 'country'>): string[] {
  const { kind, digits, country } = phone;
  if (kind === 'short') return [digits];
  if (kind === 'e164') {
    const code = callingCodeOf(digits);
    return code === '' ? [digits] : [...new Set(internationalSpellings(code, digits.slice(code.length)))];
  }
  const plan = diallingPlans.get(country ?? '');
  if (!plan) return [digits];
  const isNorthAmerican = plan.callingCode === '1' && /^1[2-9]\d{9}$/.test(digits);
  const local = (plan.trunkZero && /^0[1-9]/.test(digits)) || isNorthAmerican ? digits.slice(1) : digits;
  return [...new Set([digits, ...internationalSpellings(plan.callingCode, local)])];
}

/** Shorter than this, digits are found by chance inside others: their neighbours are looked at too. */
const TELLING = 7;

// Between two groups of one number: 030 / 123 456, 0800-111.0.111, (030) 123.
const withinNumber = /^[\p{Zs}\t\p{Pd}.()/·•]{0,4}$/u;
/** A dash or slash with spaces around it stands between two numbers as often as inside one. */
const betweenNumbers = /^[\p{Zs}\t]+[\p{Pd}/·•][\p{Zs}\t]+$/u;
const hidden = /[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/gu;
// Digits that are no number: opening hours and the names of hosts (116111.example). Bounded throughout: the page may be hostile.
const otherDigits =
  /\b(?:24|7)\s?[/x×]\s?7\b|\b\d{1,2}:\d{2}\b|(?<![\w.-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[a-z]{2,24}\b|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,253}/gi;

type Group = { digits: string; start: number; end: number };

/**
 * Looks for a number in the text of a page: digits of any script, grouped in any way, spelled in any way that means this number,
 * or in the letters it is advertised with (833-591-KNOW).
 * @param text text of the page; a line break separates what does not belong together
 */
export function findPhone(text: string, phone: PhoneNumber): Sighting {
  const plain = mapDigits(text.replace(hidden, '').replaceAll('＋', '+'));
  const readable = plain.replace(otherDigits, (other) => '\n'.repeat(other.length));
  const groups = [...readable.matchAll(/\d+/g)].map((match): Group => {
    return { digits: match[0], start: match.index, end: match.index + match[0].length };
  });
  const wanted = new Set(spellingsOf(phone));
  const longest = Math.max(...[...wanted].map((spelling) => spelling.length));
  for (const [first, group] of groups.entries()) {
    let digits = '';
    for (let last = first; last < groups.length; last += 1) {
      const next = groups[last];
      const before = groups[last - 1];
      if (!next || (last > first && before && !withinNumber.test(readable.slice(before.end, next.start)))) break;
      digits += next.digits;
      if (digits.length > longest) break;
      if (wanted.has(digits) && (digits.length >= TELLING || standsAlone(readable, groups, first, last)))
        return { found: true, place: placeOf(group.start, readable) };
    }
  }
  return phone.letters === undefined ? { found: false } : findLetters(plain, phone.letters, phone);
}

/** A short number is itself only where no other digits belong to it: not the end of 030 112, not the middle of 1-112-5. */
function standsAlone(text: string, groups: readonly Group[], first: number, last: number): boolean {
  const start = groups[first]?.start ?? 0;
  const end = groups[last]?.end ?? 0;
  // One sign on each side; the text may be long.
  const besides = text.slice(Math.max(0, start - 1), start) + text.slice(end, end + 1).replace(/[+#*]/, '');
  if (/[\p{Script=Latin}+#*_]/u.test(besides)) return false;
  const left = groups[first - 1];
  const right = groups[last + 1];
  const leftGap = left && text.slice(left.end, start);
  if (leftGap !== undefined && withinNumber.test(leftGap) && !betweenNumbers.test(leftGap)) return false;
  const rightGap = right && text.slice(end, right.start);
  if (right === undefined || rightGap === undefined || !withinNumber.test(rightGap) || betweenNumbers.test(rightGap))
    return true;
  // 112 24 hours: two digits after a space are no part of it as a rule.
  return /^\p{Zs}+$/u.test(rightGap) && right.digits.length < 3;
}

function findLetters(text: string, letters: string, { kind, digits }: PhoneNumber): Sighting {
  const signs = [...mapDigits(letters).toUpperCase()].filter((c) => /[A-Z0-9]/.test(c));
  // At home the country code in front of the letters may be left out.
  const code = kind === 'e164' ? callingCodeOf(digits) : '';
  if (signs.length === digits.length && signs.join('').startsWith(code)) signs.splice(0, code.length);
  if (signs.length < 4) return { found: false };
  const spelled = new RegExp(
    `(?<![\\p{L}])${signs.join('[\\p{Zs}\\t\\p{Pd}.()/·•]{0,3}')}(?![\\p{Script=Latin}\\d])`,
    'iu',
  );
  const match = spelled.exec(text);
  return match ? { found: true, place: placeOf(match.index, text) } : { found: false };
}

/** Looks for an address (mail, onion) in the text of a page, whatever its case. */
export function findAddress(text: string, address: string): Sighting {
  const plain = text.replace(hidden, '').toLowerCase();
  const wanted = address.toLowerCase();
  for (let at = plain.indexOf(wanted); at >= 0; at = plain.indexOf(wanted, at + 1)) {
    // other-help@example.org and help@example.org.evil.example are somebody else's.
    const end = at + wanted.length;
    const isWhole =
      !/[\w.+-]/.test(plain.slice(Math.max(0, at - 1), at)) && !/^(?:[\w-]|\.[\w-])/.test(plain.slice(end, end + 2));
    if (isWhole) return { found: true, place: placeOf(at, plain) };
  }
  return { found: false };
}

const placeOf = (index: number, text: string): number => Math.floor((index * 100) / Math.max(1, text.length));
