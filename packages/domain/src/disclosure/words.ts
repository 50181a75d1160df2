import { skeleton } from '../text.ts';
import { joinSpelled, reversed, spelledWords } from './readings.ts';
import { SENTENCES } from './sentences.ts';
import { SERVICES } from './services.ts';
import { TERMS } from './terms.ts';

const LEET: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '9': 'g',
  '@': 'a',
  $: 's',
  '€': 'e',
  '!': 'i',
};

/** What a word looks like in a hurry: look-alikes, signs for letters and repeated letters are one (`skeleton` of text.ts, and leet). */
function shape(text: string): string {
  const unleet = text
    .toLowerCase()
    .replace(/[\p{L}\d@$€!]+/gu, (word) =>
      /\p{L}/u.test(word) ? word.replace(/!+$/u, '').replace(/[013457893@$€!]/gu, (c) => LEET[c] ?? c) : word,
    );
  // Before as well, since two letters may look like one: rn like m.
  return once(skeleton(once(unleet.replace(/[|!]/gu, ' '))));
}
const once = (text: string): string => text.replace(/(\p{L})\1+/gu, '$1');

/** The terms in the same shape, as one pattern: `*` at an end leaves it open. */
function patternOf(terms: readonly string[]): RegExp {
  const parts = terms.map((term) => {
    const body = shape(term.replaceAll('*', '').normalize('NFKD').replace(/\p{M}/gu, '')).replaceAll(
      ' ',
      '[^\\p{L}\\d]{0,3}',
    );
    return `${term.startsWith('*') ? '' : '(?<![\\p{L}\\d])'}${body}${term.endsWith('*') ? '' : '(?![\\p{L}\\d])'}`;
  });
  return new RegExp(parts.join('|'), 'u');
}

const ALL = Object.values(TERMS).flat();
const TERM = patternOf(ALL);
/** Backwards and without its spaces many a text holds a short word by chance. */
const LONG_TERM = patternOf(ALL.filter((term) => term.replaceAll('*', '').length >= 4));
const LONG_INSIDE = patternOf(
  ALL.filter((term) => /^\*?.{8,}/u.test(term)).map((term) => `*${term.replaceAll('*', '')}*`),
);

/** The text without the names of services, which often hold such words: `child abuse hotline`, `Fachstelle gegen sexuelle Gewalt`. */
const withoutServices = (text: string): string => SERVICES.reduce((rest, service) => rest.replace(service, ' '), text);

/**
 * Does the text tell of abuse, or of somebody in danger?
 * @param text `plainReading` of what was written
 */
export function tellsOfAbuse(text: string): boolean {
  const said = withoutServices(text.toLowerCase());
  const apart = ' .-_*';
  const joined = said.replace(/(?<=\p{L})[.*_|/-](?=\p{L})/gu, '');
  const shapes = [said, joined, joinSpelled(said, apart), spelledWords(said, apart).join(' ')].map(shape);
  if (shapes.some((reading) => TERM.test(reading))) return true;
  if (LONG_TERM.test(shape(reversed(said)))) return true;
  if (LONG_INSIDE.test(shape(said).replace(/[^\p{L}\d]/gu, ''))) return true;
  const plain = said.replace(/['’`]/gu, ' ').replace(/[^\p{L}\d]+/gu, ' ');
  return SENTENCES.some((sentence) => sentence.test(plain));
}
