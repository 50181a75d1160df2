import anyAscii from 'any-ascii';
import { fold } from '../fold.ts';
import { genericNameWords, nameNoise } from '../tables/genericNameWords.ts';

/** A name as it is compared: words in Latin letters, whatever its script, without what says nothing. */
export interface NameKey {
  /** Words in order of the alphabet; two names with one key are one name. */
  key: string;
  words: readonly string[];
  /** Words that not every second service has in its name. */
  telling: readonly string[];
  /** Letters in one piece, and its consonants: writing systems differ in which vowels they write. */
  letters: string;
  consonants: string;
  isLatin: boolean;
}

const generic: ReadonlySet<string> = new Set(genericNameWords.split(' '));
const noise: ReadonlySet<string> = new Set(nameNoise.split(' '));

const made = new Map<string, NameKey>();
const LIMIT = 50_000;

function makeKey(name: string): NameKey {
  const folded = fold(name.replace(/(\p{L})\.([a-z]{2,4})(?![\p{L}\p{N}])/giu, '$1'));
  const latin = anyAscii(folded).toLowerCase();
  const all = latin.replace(/'/g, '').match(/[a-z0-9]+/g) ?? [];
  // Numbers in a name are those of its lines, which are compared as numbers.
  const kept = all.filter((word) => !noise.has(word) && !/^\d+$/.test(word));
  const words = [...new Set(kept.length > 0 ? kept : all)];
  const letters = words.join('');
  return {
    key: [...words].sort().join(' '),
    words,
    telling: words.filter((word) => !generic.has(word) && word.length > 1),
    letters,
    consonants: letters.replace(/[aeiouyhw]/g, ''),
    isLatin: /^[\p{Script=Latin}\p{N}\s]*$/u.test(folded),
  };
}

/** The key of a name. Never throws; a name without letters has an empty key. */
export function nameKey(name: string): NameKey {
  const known = made.get(name);
  if (known) return known;
  // Names of one file and one directory; a long-lived server must not keep those of all files.
  if (made.size >= LIMIT) made.clear();
  const key = makeKey(name);
  made.set(name, key);
  return key;
}

/** Names that one text holds: "Internet Watch Foundation (IWF)" is also its part before the brackets, and IWF. */
export function namesIn(text: string): NameKey[] {
  const [, before = '', inside = '', after = ''] = /^(.*?)\(([^()]*)\)(.*)$/u.exec(text) ?? [];
  const parts = before.trim() === '' ? [text] : [text, `${before} ${after}`.trim(), inside];
  return parts.map(nameKey).filter(({ key, words }) => key !== '' && words.some((word) => word.length > 1));
}

const pairsOf = (text: string): Map<string, number> => {
  const pairs = new Map<string, number>();
  for (let at = 0; at + 1 < text.length; at += 1) {
    const pair = text.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
};

/** Dice's coefficient over pairs of letters: 1 for equal texts, 0 for texts without a common pair. */
function dice(a: string, b: string): number {
  if (a === b) return 1;
  if (a.length < 2 || b.length < 2) return 0;
  const left = pairsOf(a);
  let common = 0;
  for (const [pair, count] of pairsOf(b)) common += Math.min(count, left.get(pair) ?? 0);
  return (2 * common) / (a.length + b.length - 2);
}

const SPELLED = 0.85;
const ACROSS = 0.75;

/** Dice's coefficient where it reaches `least`, else 0; texts of very different length cannot, and are not looked into. */
function diceFrom(least: number, a: string, b: string, shortest: number): number {
  const short = Math.min(a.length, b.length);
  if (short < shortest || (2 * (short - 1)) / (a.length + b.length - 2) < least) return 0;
  const found = dice(a, b);
  return found >= least ? found : 0;
}

/** Words weigh more the more they tell. */
const weightOf = (word: string): number => (generic.has(word) ? 1 : 3);

function wordLikeness(a: NameKey, b: NameKey): number {
  const right = new Set(b.words);
  let common = 0;
  let all = 0;
  for (const word of a.words) {
    all += weightOf(word);
    if (right.has(word)) common += weightOf(word);
  }
  for (const word of b.words) if (!a.words.includes(word)) all += weightOf(word);
  return all === 0 ? 0 : common / all;
}

/** How alike two names are, from 0 to 1. Names in two scripts are compared by their consonants as well. */
export function likeness(a: NameKey, b: NameKey): number {
  if (a.key === b.key) return 1;
  const words = wordLikeness(a, b);
  // Spelled a little differently: Biztonságosinternet, Biztonsagos Internet. Short texts are alike by chance.
  const spelled = diceFrom(SPELLED, a.letters, b.letters, 8);
  const across = a.isLatin === b.isLatin ? 0 : diceFrom(ACROSS, a.consonants, b.consonants, 6);
  return Math.max(words, spelled, across);
}

/** The greatest likeness between two lists of names. */
export function bestLikeness(
  some: readonly NameKey[],
  others: readonly NameKey[],
): { likeness: number; isTelling: boolean } {
  let best = { likeness: 0, isTelling: false };
  for (const a of some) {
    for (const b of others) {
      const found = likeness(a, b);
      const isTelling = a.telling.length > 0 && b.telling.length > 0;
      if (found === 1 && isTelling) return { likeness: 1, isTelling };
      if (found > best.likeness || (found === best.likeness && isTelling)) best = { likeness: found, isTelling };
    }
  }
  return best;
}
