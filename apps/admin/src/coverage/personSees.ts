import { COUNTRIES, CSAM_ONLINE, countryName, isCountry, type Country, type RouteNeed } from '@waymark/domain';
import type { Words } from '../records/words.ts';
import { routingHref } from './routingAddress.ts';
import { ASKABLE, routeNeedName } from './askable.ts';

/** An offer of the command palette. `isWhole`: country and need were both named, or the question was spelled out. */
export type Offer = { id: string; name: string; href: string; isWhole: boolean };

/**
 * Reads a country, and a need if there is one, out of what somebody typed: "what does a person in Germany see with grooming", or
 * just "germany grooming". Names count in the reader's language and in English, codes in capitals.
 */
export function offersFor(text: string, words: Words): Offer[] {
  const { t, locale } = words;
  const typed = ` ${plain(text)} `;
  const found = countryIn(text, typed, locale);
  if (!found) return [];
  const need = needIn(typed.replace(` ${found.name} `, ' '), t);
  const country = countryName(found.country, locale);
  return [
    {
      id: 'person-sees',
      name: need
        ? t('coverage.see.commandNeed', { country, need: routeNeedName(need, t) })
        : t('coverage.see.command', { country }),
      href: routingHref({ country: found.country, need: need ?? 'csam-online' }),
      isWhole: need !== undefined,
    },
  ];
}

function countryIn(text: string, typed: string, locale: string): { country: Country; name: string } | undefined {
  let best: { country: Country; name: string } | undefined;
  for (const country of COUNTRIES) {
    if (!isCountry(country)) continue;
    for (const name of [countryName(country, locale), countryName(country, 'en')].map(plain)) {
      if (typed.includes(` ${name} `) && name.length > (best?.name.length ?? 0)) best = { country, name };
    }
  }
  if (best) return best;
  const code = text.split(/\s+/).find((word) => /^[A-Z]{2}$/.test(word));
  return code !== undefined && isCountry(code) ? { country: code, name: code.toLowerCase() } : undefined;
}

/** The need whose name shares the most letters with the words typed. */
function needIn(typed: string, t: Words['t']): RouteNeed | undefined {
  const words = typed.split(' ').filter((word) => word.length > 3);
  let best: { need: RouteNeed; letters: number } | undefined;
  for (const need of [...ASKABLE, ...CSAM_ONLINE]) {
    const name = ` ${plain(routeNeedName(need, t))} ${need.replaceAll('-', ' ')} `;
    const letters = words.filter((word) => name.includes(` ${word}`)).reduce((sum, word) => sum + word.length, 0);
    if (letters > (best?.letters ?? 0)) best = { need, letters };
  }
  return best?.need;
}

/** Small letters without accents and punctuation. */
function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
