import { mapDigits } from '../text.ts';

/** Signs that stand for a full stop where somebody hides one. */
const ANY_DOT = /[˙．。｡․﹒·•∙・‧⋅⏺⚫⚪⬤●▪◾⬛◆]|\u{1F534}|\u{1F7E0}|\u{1F7E1}|\u{1F7E2}|\u{1F7E3}|\u{1F535}/gu;
const NAMED: Readonly<Record<string, string>> = {
  period: '.',
  commat: '@',
  colon: ':',
  sol: '/',
  amp: '&',
  dot: '.',
};
const fromCode = (digits: string, base: number): string => {
  const code = Number.parseInt(digits, base);
  return code > 0x1f && code < 0x110000 ? String.fromCodePoint(code) : ' ';
};

/** Letters in dark squares and circles, and small capitals, have no compatibility form in Unicode. */
const boxed = (c: string): string => String.fromCodePoint(0x61 + (((c.codePointAt(0) ?? 0) - 0x1f150) % 0x20));
const SMALL_CAPITALS = new Map(
  [...'ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ'].map((c, i) => [c, 'abcdefghijklmnopqrstuvwyz'.charAt(i)]),
);

/** Letters as flags. */
const flagged = (c: string): string => String.fromCodePoint((c.codePointAt(0) ?? 0) - 0x1f1e6 + 0x61);

/** The text with what was escaped written out: entities, percent signs, backslashes. */
function unescaped(text: string): string {
  return text
    .replace(/&#x([0-9a-f]{1,6});?/gi, (_, hex: string) => fromCode(hex, 16))
    .replace(/&#(\d{1,7});?/g, (_, digits: string) => fromCode(digits, 10))
    .replace(/&(period|commat|colon|sol|amp|dot);/gi, (whole, name: string) => NAMED[name.toLowerCase()] ?? whole)
    .replace(/(?:%|\\x|\\u00)([2-7][0-9a-f])/gi, (_, hex: string) => fromCode(hex, 16))
    .replaceAll('\\.', '.');
}

/**
 * What a person makes of a text whose letters were dressed up: nothing invisible, no accents, one form of each letter, digits 0–9.
 * Line breaks are spaces. The case stays.
 */
export function plainReading(text: string): string {
  const visible = text.replace(/[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\u2800]/gu, '');
  const letters = unescaped(visible)
    .replace(/[\u{1F1E6}-\u{1F1FF}]/gu, flagged)
    .replace(/[\u{1F150}-\u{1F169}\u{1F170}-\u{1F189}]/gu, boxed)
    .replace(/[\u1D00-\u1D22\u0262-\u029F\uA730-\uA7AF]/gu, (c) => SMALL_CAPITALS.get(c) ?? c)
    .replace(ANY_DOT, '.')
    .normalize('NFKD')
    .replace(/[\p{M}\u0640]/gu, '')
    .replace(ANY_DOT, '.');
  return mapDigits(letters).replace(/\s+/gu, ' ').trim();
}

/** A run of four or more single characters that one sign keeps apart: `s p e l l e d`, `s.p.e.l.l.e.d`. */
const runOf = (separators: string): RegExp => {
  const apart = `[${separators.replace(/[\]\\^-]/g, '\\$&')}]`;
  return new RegExp(`(?<!\\S)\\S(?:${apart}{1,2}\\S){3,}(?!\\S)`, 'gu');
};

/** Spelled words put together. @param separators signs that may stand between their letters */
export function joinSpelled(text: string, separators = ' '): string {
  return text.replace(runOf(separators), (run) => [...run].filter((c) => !separators.includes(c)).join(''));
}

/** The spelled words alone, each without its first or last sign too: a short word beside it looks like a letter more. */
export function spelledWords(text: string, separators = ' '): string[] {
  return (text.match(runOf(separators)) ?? [])
    .map((run) => joinSpelled(run, separators))
    .flatMap((word) => [word, word.slice(1), word.slice(0, -1)]);
}

const DOT_WORDS =
  'd[o0]t|punkt|punto|ponto|point|точка|نقطة|دوت|ドット|点|點|점|डॉट|จุด|נקודה|nokta|kropka|tecka|pont|punct|piste|τελεια|full stop|period';
const bare = (source: string): string => source.normalize('NFKD').replace(/\p{M}/gu, '');
const BRACKETED_DOT = new RegExp(`\\s*[\\[({<|*_/-]\\s*(?:\\.|${bare(DOT_WORDS)})\\s*[\\])}>|*_/-]\\s*`, 'giu');
const DOT_IN_CAPITALS = /(?<=[a-z\d])DOT(?=[a-z\d])/gu;
const SPOKEN_DOT = new RegExp(`(?<=\\S)\\s+(?:${bare(DOT_WORDS)})\\s+(?=\\S)`, 'giu');

/** Dots in brackets and other dress: nobody writes them so but to hide an address. */
export function undressDots(text: string): string {
  return text.replace(BRACKETED_DOT, '.').replace(DOT_IN_CAPITALS, '.');
}

/** Dots said in words, in several languages, and letters d o t. Some of these words are everyday ones, so judge what comes out strictly. */
export function spokenDots(text: string): string {
  return text.replace(/(?<=\S)\s+d[\s._-]{1,3}[o0][\s._-]{1,3}t\s+(?=\S)/giu, '.').replace(SPOKEN_DOT, '.');
}

/** Nothing between the parts of a split address: spaces, plus signs and quotes around dots gone, commas and their kin read as dots. Judge strictly. */
export function closeGaps(text: string): string {
  return text
    .replace(/["'“”„«»`+]/gu, '')
    .replace(/(?<=(?:^|[\s.-])\p{L})-(?=\p{L}(?:[\s.-]|$))/gu, '')
    .replace(/\s*\.[\s.]*/gu, '.')
    .replace(/(?<=[\p{L}\d])[,;:‚_](?=\p{L})/gu, '.');
}

export const reversed = (text: string): string => [...text].reverse().join('');

const UPSIDE_DOWN = new Map([...'ɐqɔpǝɟƃɥᴉɾʞɯudɹsʇnʌʍʎ˙'].map((c, i) => [c, 'abcdefghijkmnprstuvwy.'.charAt(i)]));
/** A text that stands on its head, from its end. */
export const turned = (text: string): string => reversed(text).replace(/./gu, (c) => UPSIDE_DOWN.get(c) ?? c);

/** ROT13, which leaves an address of Latin letters looking like one. */
export const rotated = (text: string): string =>
  text.replace(/[a-z]/gi, (c) => {
    const base = c <= 'Z' ? 65 : 97;
    return String.fromCharCode(((c.charCodeAt(0) - base + 13) % 26) + base);
  });
