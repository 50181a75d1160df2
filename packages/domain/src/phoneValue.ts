import { z } from 'zod';
import { Country } from './country.ts';
import { diallingPlans } from './tables/diallingPlans.ts';
import { mapDigits, plainText } from './text.ts';

export { mapDigits };

const keypad = ['ABC', 'DEF', 'GHI', 'JKL', 'MNO', 'PQRS', 'TUV', 'WXYZ'];
const keyOf = new Map(keypad.flatMap((letters, i) => [...letters].map((letter) => [letter, String(i + 2)] as const)));

/** Digits of a number advertised in letters (833-591-KNOW), or null if something in it is on no key. */
export function vanityToDigits(letters: string): string | null {
  const keys = [
    ...mapDigits(letters)
      .toUpperCase()
      .replace(/[\s.()+\-‐‑–]/g, ''),
  ].map((c) => keyOf.get(c) ?? (/\d/.test(c) ? c : null));
  return keys.includes(null) ? null : keys.join('');
}

/** Do the letters spell the number, or, as a calling code or a 0 in front may be left out, the end of it? */
export const lettersSpell = (letters: string, digits: string): boolean => {
  const spelled = vanityToDigits(letters)?.replace(/^0+/, '');
  return spelled !== undefined && spelled.length > 0 && digits.endsWith(spelled);
};

const digitString = z.string({ error: 'Write the number in digits.' });

export const PhoneNumber = z
  .strictObject({
    kind: z.enum(['e164', 'short', 'national'], { error: 'Say which kind: e164, short or national.' }).meta({
      description:
        'e164: dialled from anywhere, with country code. short: dialled as it is (116111, 911). national: a full number that only works inside the country.',
    }),
    digits: digitString.regex(/^[0-9]{2,15}$/, 'Use 2 to 15 digits 0–9, nothing else. Leave out the plus sign.').meta({
      description:
        'What to dial, 0–9 only. For e164 with country code and without plus; for short and national exactly as dialled there.',
    }),
    country: Country.optional().meta({
      description:
        'Country whose numbering plan this is. Required for short and national; 116111 is another line in each country.',
    }),
    letters: plainText({ max: 30 })
      .optional()
      .meta({ description: 'How the number is advertised with letters, such as 833-591-KNOW.' }),
    extension: digitString
      .regex(/^[0-9]{1,7}$/, 'Use 1 to 7 digits for the extension.')
      .optional()
      .meta({ description: 'Digits to dial after the call is answered.' }),
    source: plainText({ max: 60 }).optional().meta({ description: 'The number as its source printed it.' }),
  })
  .superRefine((phone, context) => {
    const refuse = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
    if (phone.kind !== 'e164' && phone.country === undefined)
      refuse('country', 'Choose the country this number is dialled in: it means something else elsewhere.');
    if (phone.kind === 'e164' && !/^[1-9]\d{6,}$/.test(phone.digits))
      refuse(
        'digits',
        'Start with the country code, without 00 or a plus sign. A number that works in one country only is short or national.',
      );
    if (phone.kind === 'short' && phone.digits.length > 8)
      refuse(
        'digits',
        'A short number has up to 8 digits. Choose national for a full number that only works inside the country.',
      );
    if (phone.letters !== undefined && !lettersSpell(phone.letters, phone.digits))
      refuse('letters', 'These letters spell other digits. Correct the letters or the number.');
  })
  .meta({
    id: 'PhoneNumber',
    description:
      'A telephone number as it must be dialled. Never derived from another form: 116111 in Germany is not +49 116111.',
  });
export type PhoneNumber = z.infer<typeof PhoneNumber>;

/** What a dialler gets: with plus for e164, as it is for all else. An extension is dialled by hand. */
export const toDialString = (phone: PhoneNumber): string => (phone.kind === 'e164' ? `+${phone.digits}` : phone.digits);

const callingCode = /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/;

const inThrees = (digits: string): string => {
  const groups = digits.match(/\d{1,3}/g) ?? [];
  const last = groups.at(-1);
  // No digit stands alone at the end: 800 843 5678, not 800 843 567 8.
  return last?.length === 1 && groups.length > 1
    ? [...groups.slice(0, -2), `${groups.at(-2)}${last}`].join(' ')
    : groups.join(' ');
};

/** For people. Short and national numbers keep the grouping their source gave them, or none: nothing is invented. */
export function formatPhone(phone: PhoneNumber): string {
  const extension = phone.extension === undefined ? '' : ` ext. ${phone.extension}`;
  if (phone.kind === 'e164') {
    const code = callingCode.exec(phone.digits)?.[0] ?? '';
    return `+${code} ${inThrees(phone.digits.slice(code.length))}${extension}`;
  }
  const { source } = phone;
  const grouped =
    source !== undefined && /^\d+(?:[ -]\d+)*$/.test(source) && source.replace(/\D/g, '') === phone.digits;
  return (grouped ? source : phone.digits) + extension;
}

/**
 * Two phones with one key are the same line. A national number gets the key of its international form only where that is certain:
 * a trunk 0 is dropped, or the number is of the North American plan. A short number is never anything but itself, per country.
 */
export function phoneKey(phone: PhoneNumber): string {
  const { kind, digits, country = '' } = phone;
  const extension = phone.extension === undefined ? '' : `;${phone.extension}`;
  if (kind === 'e164') return `+${digits}${extension}`;
  const plan = kind === 'national' ? diallingPlans.get(country) : undefined;
  if (plan?.trunkZero && /^0[1-9]\d{5,}$/.test(digits)) return `+${plan.callingCode}${digits.slice(1)}${extension}`;
  if (plan?.callingCode === '1' && /^1?[2-9]\d{9}$/.test(digits)) return `+1${digits.slice(-10)}${extension}`;
  return `${country}:${digits}${extension}`;
}
