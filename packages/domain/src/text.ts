import { z } from 'zod';
import { lookAlikes } from './tables/lookAlikes.ts';

export type TextRefusal =
  | 'not-well-formed'
  | 'not-nfc'
  | 'bidi-control'
  | 'zero-width'
  | 'tag-character'
  | 'control-character'
  | 'combining-stack';

const fixes: Record<TextRefusal, string> = {
  'not-well-formed': 'A character was damaged on its way here. Type the text again.',
  'not-nfc': 'Some accents are stored apart from their letters. Save the text in Unicode form NFC.',
  'bidi-control':
    'Remove the hidden characters that turn the writing direction; type the text again instead of pasting it.',
  'zero-width': 'Remove the invisible characters; type the text again instead of pasting it.',
  'tag-character': 'Remove the invisible tag characters (they also hide in some flags); type the text again.',
  'control-character': 'Remove control characters and unneeded line breaks or tabs.',
  'combining-stack': 'Remove the accents piled on one letter.',
};

// U+FFFD is what is left of a character somebody's software lost.
const damaged = /[\p{Surrogate}\uFFFD]/u;
const bidiControl = /\p{Bidi_Control}/u;
const tagCharacter = /[\u{E0000}-\u{E007F}]/u;
const controlCharacter = /[\p{Cc}\p{Zl}\p{Zp}\p{Co}\p{Noncharacter_Code_Point}\uFFF9-\uFFFB]/u;
// Soft hyphen, grapheme joiner, fillers, variation selectors, ZWSP, BOM …: all that Unicode says to draw as nothing.
const invisible = /[\p{Default_Ignorable_Code_Point}\u2800]/u;
// Persian, Arabic, Indic and Southeast Asian spelling needs ZWNJ and ZWJ after a letter or vowel sign; Mongolian its selectors.
const legalJoiner =
  /(?<=(?=[\p{L}\p{M}])[\p{scx=Arab}\p{scx=Syrc}\p{scx=Nkoo}\p{scx=Adlm}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Mymr}\p{scx=Khmr}\p{scx=Tibt}])[\u200C\u200D](?![\u200C\u200D])/gu;
// Khmer, Lao, Thai and Burmese write no spaces; an invisible one tells where a line may break.
const legalSpace =
  /(?<=[\p{Script=Khmer}\p{Script=Lao}\p{Script=Thai}\p{Script=Myanmar}])\u200B(?=[\p{Script=Khmer}\p{Script=Lao}\p{Script=Thai}\p{Script=Myanmar}])/gu;
const legalMongolian = /(?<=\p{Script=Mongolian})[\u180B-\u180F]/gu;
// Burmese and Tibetan syllables stack more marks than other scripts do.
const markPile = /(?:(?![\p{Script=Myanmar}\p{Script=Tibetan}])\p{M}){5}|\p{M}{8}/u;

/** Why a text may not be stored, or null. A text that looks like another one must not be another one. */
export function textRefusal(s: string, { multiline = false } = {}): TextRefusal | null {
  if (damaged.test(s)) return 'not-well-formed';
  if (s.normalize('NFC') !== s) return 'not-nfc';
  if (bidiControl.test(s)) return 'bidi-control';
  if (tagCharacter.test(s)) return 'tag-character';
  if (controlCharacter.test(multiline ? s.replaceAll('\n', '') : s)) return 'control-character';
  if (invisible.test(s.replace(legalJoiner, '').replace(legalSpace, '').replace(legalMongolian, '')))
    return 'zero-width';
  if (markPile.test(s)) return 'combining-stack';
  return null;
}

export const textFix = (refusal: TextRefusal) => fixes[refusal];

/**
 * One line of text, or several. Trims and composes (NFC), then refuses what hides or misleads.
 * JSON Schema counts code points, as we do, so `maxLength` is written there by hand: zod's own `.max` counts UTF-16 units.
 */
export function plainText({ max, multiline = false }: { max: number; multiline?: boolean }) {
  return z
    .string({ error: 'Write a text here.' })
    .overwrite((s) => s.replace(/\r\n?/g, '\n').trim().normalize('NFC'))
    .superRefine((s, context) => {
      const length = [...s].length;
      const refusal = textRefusal(s, { multiline });
      if (length === 0) context.addIssue('Write something here, or leave the field out.');
      else if (length > max) context.addIssue(`Shorten the text to ${max} characters; it has ${length}.`);
      else if (refusal) context.addIssue({ code: 'custom', message: fixes[refusal], params: { refusal } });
    })
    .meta({ minLength: 1, maxLength: max });
}

// Unicode digits come in runs of ten from zero upwards, so a digit's value is its place in the run.
const digitValue = (digit: string) => {
  const at = digit.codePointAt(0) ?? 0;
  let start = at;
  while (/\p{Nd}/u.test(String.fromCodePoint(start - 1))) start -= 1;
  return String((at - start) % 10);
};

/** Turns the decimal digits of every script into 0–9 and leaves all else alone. */
export const mapDigits = (s: string) => s.replace(/[^ -~]/gu, (c) => (/\p{Nd}/u.test(c) ? digitValue(c) : c));

/**
 * What a hurried eye sees: two texts with one skeleton look alike (after UTS 39). Coarser than the standard on purpose, with
 * accents and case dropped and i, l, 1 made one, because a false alarm costs a reviewer a glance and a miss costs a child.
 */
export function skeleton(s: string): string {
  const bare = mapDigits(s.normalize('NFKD').replace(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, ''));
  const folded = [...bare].map((c) => lookAlikes.get(c) ?? lookAlikes.get(c.toLowerCase()) ?? c.toLowerCase()).join('');
  return folded
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[il1|!]/g, 'l')
    .replaceAll('0', 'o')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replace(/\p{Pd}/gu, '-')
    .replace(/\s+/g, ' ')
    .trim();
}

const scripts = (
  'Latin Cyrillic Greek Armenian Georgian Hebrew Arabic Syriac Thaana Nko Adlam Devanagari Bengali Gurmukhi Gujarati Oriya Tamil ' +
  'Telugu Kannada Malayalam Sinhala Thai Lao Tibetan Myanmar Khmer Ethiopic Cherokee Canadian_Aboriginal Mongolian Han Hiragana ' +
  'Katakana Bopomofo Hangul Coptic Lisu Tifinagh Vai'
)
  .split(' ')
  .map((name) => ({ name, has: new RegExp(`^\\p{scx=${name}}$`, 'u') }));

// UTS 39 "highly restrictive": Chinese, Japanese and Korean words mix scripts, and take Latin letters in as well.
const togetherByCustom = [
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Bopomofo'],
  ['Latin', 'Han', 'Hangul'],
];

/** True if one word is spelled with letters of scripts that no language puts in one word: `pаypal` with a Cyrillic а. */
export function isMixedScript(s: string): boolean {
  return (s.match(/[\p{L}\p{M}\p{Nd}\u200C\u200D]+/gu) ?? []).some((word) => {
    const letters = [...new Set(word.match(/\p{L}/gu))].map((c) =>
      scripts.filter((script) => script.has.test(c)).map((script) => script.name),
    );
    const fits = (allowed: readonly string[]) =>
      letters.every((of) => of.length === 0 || of.some((name) => allowed.includes(name)));
    return !(scripts.some((script) => fits([script.name])) || togetherByCustom.some(fits));
  });
}
