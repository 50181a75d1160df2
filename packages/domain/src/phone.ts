import { parsePhoneNumber, type ParsedPhoneNumber } from 'awesome-phonenumber';
import { countryName } from './areaName.ts';
import { type Country, dialCode } from './country.ts';
import { formatPhone, lettersSpell, mapDigits, type PhoneNumber, toDialString, vanityToDigits } from './phoneValue.ts';
import { diallingPlans } from './tables/diallingPlans.ts';
import { textRefusal } from './text.ts';

export type PhoneRefusal =
  | 'empty'
  | 'too-long'
  | 'hidden-characters'
  | 'several-numbers'
  | 'letters'
  | 'characters'
  | 'mixed-digits'
  | 'no-digits'
  | 'too-short'
  | 'needs-country'
  | 'ambiguous'
  | 'short-with-country-code'
  | 'home-only'
  | 'not-possible';

export type ParsedPhone =
  { ok: true; phone: PhoneNumber; notes: string[]; premium: boolean; shared: boolean } | Refused;

interface Refused {
  ok: false;
  reason: PhoneRefusal;
  fix: string;
}

export interface PhoneReading {
  /** Whose numbering plan a number without plus is read in. */
  country?: Country;
  /** The person says that the letters are part of the number. */
  vanity?: boolean;
  /** The person says which kind it is, after a refusal: numbering plans in libraries are incomplete, so they are no last word. */
  kind?: PhoneNumber['kind'];
}

const refuse = (reason: PhoneRefusal, fix: string) => ({ ok: false, reason, fix }) as const;

const digitsOf = (s: string | undefined) => (s ?? '').replace(/\D/g, '');

// Services of the whole world (ITU-T E.164.1), which the library does not know: code, then so many digits.
const worldService = /^(?:80[08]\d{8}|979\d{9})$/;

// What one may call from anywhere. All else (freephone, shared cost, company numbers) may end at the border, whatever its form.
const reachableTypes = new Set(['fixed-line', 'mobile', 'fixed-line-or-mobile', 'voip', 'pager', 'personal-number']);

interface Typed {
  /** Digits, 0–9, with what the person wrote in front of them gone. */
  digits: string;
  plus: boolean;
  /** Digits as they were grouped. */
  groups: string[];
  /** +49 (0)30 …: the bracketed 0 is for callers inside the country. */
  bracketedZero: boolean;
  letters?: string;
  extension?: string;
}

/** From what was typed to digits. Refuses what could be read in two ways, and never drops a character that carries meaning. */
function read(input: string, vanity: boolean): Typed | Refused {
  const text = input.trim();
  if (text === '') return refuse('empty', 'Write a telephone number.');
  if (text.length > 60) return refuse('too-long', 'Write one telephone number, without other text.');
  const ascii = mapDigits(text)
    .replace(/＋/g, '+')
    .replace(/（/g, '(')
    .replace(/）/g, ')')
    .replace(/^tel:\s*/i, '');
  const [, main = ascii, extension] =
    /^(.*\d.*?)\s*(?:;ext=|,?\s*(?:ext\.?|extension)\s*|\s+x\s*)(\d{1,7})$/i.exec(ascii) ?? [];
  if (/\d[^\d]*[,;|&\n][^\d]*\d/.test(main))
    return refuse('several-numbers', 'Write one number at a time; add a channel for each.');
  if (textRefusal(text) !== null)
    return refuse(
      'hidden-characters',
      'The number contains invisible characters. Type it by hand instead of pasting it.',
    );
  // A Bengali ৪ is a 4 and looks like an 8: beside European digits nobody can tell which was meant.
  const zeros = new Set((text.match(/\p{Nd}/gu) ?? []).map((c) => (c.codePointAt(0) ?? 0) - Number(mapDigits(c))));
  if (zeros.size > 1) return refuse('mixed-digits', 'The number mixes digits of two scripts. Type it by hand in 0–9.');

  const lettered = /\p{L}/u.test(main);
  if (lettered && !vanity)
    return refuse(
      'letters',
      'Use digits only (0 is not O, 1 is not l). If the number is advertised with letters, mark it as spelled with letters.',
    );
  if (lettered && vanityToDigits(main) === null)
    return refuse('letters', 'Use only the letters A to Z, as on a telephone keypad.');
  const numeric = main.replace(/[A-Za-z]+/g, (word) => vanityToDigits(word) ?? word);

  if (/[*#]/.test(numeric))
    return refuse('characters', 'Numbers with * or # cannot be stored; use the plain number if there is one.');
  if (!/^[\d+\p{Zs}\p{Pd}.()/]*$/u.test(numeric))
    return refuse('characters', 'Use digits, spaces, hyphens, brackets and a leading + only.');
  if (!/\d/.test(numeric)) return refuse('no-digits', 'Write the number in digits.');
  if (/.\+/.test(numeric)) return refuse('several-numbers', 'Write one number at a time; a + belongs in front of it.');
  // 030/1234567 is an area code and a line. 116111/116000 are two numbers, 1234567/8 is a range.
  const [area = '', line, ...more] = numeric.split('/');
  if (line !== undefined) {
    const oneNumber =
      /^[+0]/.test(area) && digitsOf(area).length <= 7 && /^\D*[1-9]/.test(line) && digitsOf(line).length >= 4;
    if (!oneNumber || more.length > 0)
      return refuse('several-numbers', 'Write one number at a time, with spaces instead of the slash.');
  }
  return {
    digits: digitsOf(numeric),
    plus: numeric.startsWith('+'),
    groups: numeric.match(/\d+/g) ?? [],
    bracketedZero: /^\+\d{1,3}\s*\(0\)/.test(numeric),
    ...(lettered ? { letters: main } : {}),
    ...(extension === undefined ? {} : { extension }),
  };
}

/** Is it, as far as is known, a number to be dialled without any code before it? */
const isKnownShort = (digits: string, country: Country): boolean =>
  Boolean(parsePhoneNumber(digits, { regionCode: country }).shortValid);

interface Found {
  phone: Pick<PhoneNumber, 'kind' | 'digits' | 'country'>;
  notes: string[];
}
type Answer = Found | Refused;

function readInternational(digits: string, { country, kind }: PhoneReading): Answer {
  if (digits.length > 15) return refuse('too-long', 'Write one number; it has at most 15 digits.');
  if (kind !== undefined && kind !== 'e164')
    return refuse('ambiguous', `Write the number without + and country code if it is a ${kind} number.`);
  if (worldService.test(digits)) return { phone: { kind: 'e164', digits }, notes: [] };

  const found = parsePhoneNumber(`+${digits}`);
  const code = String(found.countryCode ?? '');
  const local = digits.slice(code.length);
  if (code === '' || !digits.startsWith(code))
    return refuse('not-possible', 'Check the country code after the +: there is no such code.');
  if (digits.length < 7 || (!found.valid && (found.shortValid || local.length <= 5)))
    return refuse(
      'short-with-country-code',
      `Write ${local} alone and choose its country: short numbers have no country code.`,
    );
  if (found.valid && digitsOf(found.number.e164) !== digits)
    return refuse('ambiguous', `Leave out the 0 after +${code} if you mean ${found.number.international}.`);
  if (found.valid && !found.canBeInternationallyDialled && kind !== 'e164')
    return refuse(
      'home-only',
      `Write it without +${code}, as dialled inside the country, and choose the country: it does not work from abroad.`,
    );
  if (!found.valid && kind !== 'e164')
    return refuse(
      'not-possible',
      `Check the digits: as far as we know, no number of +${code} looks like this. If it is right, choose its kind yourself.`,
    );

  const notes = [];
  const inPlan = country !== undefined && dialCode(country) === code;
  if (country !== undefined && !inPlan)
    notes.push(`The number has the country code +${code}, which is not that of ${countryName(country, 'en')}.`);
  if (!found.valid) notes.push(`The numbering plan we know for +${code} has no such number.`);
  else if (!reachableTypes.has(found.type))
    notes.push('Numbers of this kind often do not work from abroad. Check from where it can be called.');
  return { phone: { kind: 'e164', digits, ...(inPlan ? { country } : {}) }, notes };
}

/** The digits of a national number as people dial it there, if what was typed is surely that. */
function isAsDialled(typed: string, country: Country, found: ParsedPhoneNumber & { valid: true }): boolean {
  const { national, significant } = found.number;
  if (String(found.countryCode) !== dialCode(country)) return false;
  if (typed === digitsOf(national)) return true;
  if (found.countryCode === 1) return typed === significant || typed === `1${significant}`;
  // A line in the same town may be written without area code, but is never as long as a mobile number.
  return found.type === 'mobile' && typed === significant && significant.length >= 9;
}

function readNational({ digits, groups }: Typed, country: Country, kind: PhoneReading['kind']): Answer {
  const where = countryName(country, 'en');
  if (kind === 'e164') return refuse('ambiguous', 'Write the number with + and country code.');
  if (kind !== undefined) {
    if (digits.length < 2 || digits.length > (kind === 'short' ? 8 : 15))
      return refuse('not-possible', 'Check how many digits the number has.');
    return { phone: { kind, digits, country }, notes: [] };
  }
  const found = parsePhoneNumber(digits, { regionCode: country });
  const reachable = found.valid && found.canBeInternationallyDialled && reachableTypes.has(found.type);

  if (digits.length <= 6) {
    if (digits.length < 3 && !found.shortValid)
      return refuse('too-short', `Check the number: ${digits} is not known as a short number of ${where}.`);
    const several =
      !found.shortValid && groups.length > 1 && groups.every((part) => part.length >= 2 && isKnownShort(part, country));
    if (several)
      return refuse(
        'several-numbers',
        `Write one number at a time: ${groups.join(' and ')} are numbers of their own in ${where}.`,
      );
    // Short even where whole numbers are that short (Faroes, Luxembourg): dialled as it is, it works there in either case.
    const notes = found.shortValid
      ? []
      : reachable
        ? [`Kept as dialled in ${where}. If it is a full number, write it as ${found.number.international}.`]
        : [`We do not know ${digits} as a short number of ${where}. A local number needs its area code.`];
    return { phone: { kind: 'short', digits, country }, notes };
  }
  if (!found.valid) {
    if (found.shortValid && digits.length <= 8) return { phone: { kind: 'short', digits, country }, notes: [] };
    return refuse(
      'not-possible',
      `Check the digits and the area code: as far as we know, ${where} has no such number. If it is right, choose its kind yourself.`,
    );
  }
  if (!isAsDialled(digits, country, found))
    return refuse(
      'ambiguous',
      `Write ${found.number.international} if that is the number, or exactly what one dials in ${where}.`,
    );
  if (!reachable)
    return {
      phone: { kind: 'national', digits, country },
      notes: [
        'Kept as dialled in the country. If its source says that it works from abroad, write it with + and country code.',
      ],
    };
  const e164 = digitsOf(found.number.e164);
  return {
    phone: { kind: 'e164', digits: e164, country },
    notes: [`Read as a number of ${where}: ${found.number.international}.`],
  };
}

/** 833-591-KNOW out of 1-833-591-KNOW: without the prefix that is said or not, as the caller needs it. */
function advertised(printed: string, digits: string): string {
  const bare = printed.replace(/^\+?1[\s.-]+(?=\d{3})/, '').trim();
  const starts = Array.from(bare, (_, i) => bare.slice(i)).filter((rest) => /^[A-Za-z0-9]/.test(rest));
  return starts.find((rest) => lettersSpell(rest, digits)) ?? bare;
}

/**
 * Reads what a person typed or a source printed. Never guesses and never repairs: a number it cannot read in exactly one way is refused
 * with the way out (SECURITY F13). Short numbers stay what they are.
 */
export function parsePhone(input: string, reading: PhoneReading = {}): ParsedPhone {
  const typed = read(input, reading.vanity ?? false);
  if ('ok' in typed) return typed;

  const answer = interpret(typed, reading);
  if ('ok' in answer) return answer;

  const source = input.trim().normalize('NFC');
  const phone: PhoneNumber = {
    ...answer.phone,
    ...(typed.letters === undefined ? {} : { letters: advertised(typed.letters, answer.phone.digits) }),
    ...(typed.extension === undefined ? {} : { extension: typed.extension }),
    ...(source === toDialString(answer.phone) ? {} : { source }),
  };
  const cost = phoneCost(phone);
  return { ok: true, phone, notes: answer.notes, premium: cost === 'premium', shared: cost === 'shared' };
}

function interpret(typed: Typed, reading: PhoneReading): Answer {
  const { country, kind } = reading;
  const { digits } = typed;
  if (typed.plus) {
    const [code = '', , ...rest] = typed.groups;
    const dropped =
      typed.bracketedZero && [...diallingPlans.values()].some((plan) => plan.callingCode === code && plan.trunkZero);
    return readInternational(dropped ? code + rest.join('') : digits, reading);
  }
  // 000 calls for help in Australia.
  if (digits.startsWith('00') && digits.length > 6 && kind === undefined) {
    const outside = digits.slice(2);
    const international = parsePhoneNumber(`+${outside}`);
    const national = country === undefined ? undefined : parsePhoneNumber(digits, { regionCode: country });
    // Japan and Korea have numbers of their own that begin with 00; there the two readings differ.
    if (national?.valid && digitsOf(national.number.e164) !== outside)
      return refuse('ambiguous', `Write + instead of 00 if you mean +${outside}.`);
    if (international.valid || worldService.test(outside)) return readInternational(outside, reading);
    return refuse('not-possible', 'Check the digits after 00: there is no such number.');
  }
  if (digits.length > 15) return refuse('too-long', 'Write one number; it has at most 15 digits.');
  if (country === undefined)
    return refuse('needs-country', 'Choose the country the number is dialled in, or start it with + and country code.');
  return readNational(typed, country, kind);
}

/** What a call costs beyond the usual, as far as the numbering plan tells: by type of the library, and the world services +979 and +808. */
export function phoneCost({ kind, digits, country }: PhoneNumber): 'premium' | 'shared' | null {
  if (kind === 'e164' && /^979\d{9}$/.test(digits)) return 'premium';
  if (kind === 'e164' && /^808\d{8}$/.test(digits)) return 'shared';
  const { type, valid } =
    kind === 'e164' ? parsePhoneNumber(`+${digits}`) : parsePhoneNumber(digits, { regionCode: country ?? '' });
  if (!valid) return null;
  return type === 'premium-rate' ? 'premium' : type === 'shared-cost' ? 'shared' : null;
}

/** Costs the caller more than a usual call: not for a hotline. */
export const isPremium = (phone: PhoneNumber): boolean => phoneCost(phone) !== null;

/** As `formatPhone`, with the grouping people know from their country. Never with other digits than those stored. */
export function formatPhoneNicely(phone: PhoneNumber): string {
  const plain = formatPhone(phone);
  if (phone.kind === 'short') return plain;
  const found =
    phone.kind === 'e164'
      ? parsePhoneNumber(`+${phone.digits}`)
      : parsePhoneNumber(phone.digits, { regionCode: phone.country ?? '' });
  const grouped = phone.kind === 'e164' ? found.number?.international : found.number?.national;
  if (!found.valid || grouped === undefined || digitsOf(grouped) !== phone.digits) return plain;
  return phone.extension === undefined ? grouped : `${grouped} ext. ${phone.extension}`;
}
