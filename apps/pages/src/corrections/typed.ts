import type { CorrectedValue } from '@waymark/domain';

/** Blocks of ten digits begin with their zero (Unicode, chapter 4.6), so the value is the distance to it. */
function digitOf(digit: string): string {
  const at = digit.codePointAt(0) ?? 0;
  let zero = at;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((at - zero) % 10);
}

/**
 * A number as somebody typed it. Digits of any script count; a plus sign or 00 in front says that it has a country code, else it is
 * one of the country. Nothing is repaired.
 * @returns undefined when it is no number, or its country is not known
 */
export function typedNumber(text: string, country: string | undefined): CorrectedValue | undefined {
  const plain = text
    .trim()
    .replace(/\p{Nd}/gu, digitOf)
    .replace(/[\s().\u2010-\u2015\u200e\u200f\u202a-\u202e/-]/gu, '');
  const international = /^(?:\+|00)(\d{7,15})$/.exec(plain)?.[1];
  if (international !== undefined) return { type: 'phone', number: { kind: 'e164', digits: international } };
  if (!/^\d{2,15}$/.test(plain) || country === undefined) return undefined;
  return { type: 'phone', number: { kind: plain.length <= 6 ? 'short' : 'national', digits: plain, country } };
}

/** A site as somebody typed it; `https://` may be left out, a page behind it may not be there. */
export function typedSite(text: string): CorrectedValue | undefined {
  const written = text.trim();
  const whole = /^https?:/i.test(written) ? written.replace(/^http:/i, 'https:') : `https://${written}`;
  if (!URL.canParse(whole)) return undefined;
  const url = new URL(whole);
  const isBare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.port === '';
  return isBare && url.hostname.includes('.') ? { type: 'website', origin: url.origin } : undefined;
}
