import { describe, expect, it } from 'vitest';
import de from '../i18n/de/index.ts';
import en from '../i18n/en/index.ts';
import type { Messages } from '../i18n/messages.ts';
import type { Words } from '../records/words.ts';
import { offersFor } from './personSees.ts';

/** Words of a language without the framework around them. */
function wordsIn(locale: string, messages: unknown): Words {
  const t = (key: string, filling: Record<string, unknown> = {}) => {
    const found = key
      .split('.')
      .reduce<unknown>((at, part) => (typeof at === 'object' ? (at as Messages)[part] : undefined), messages);
    const text = typeof found === 'string' ? found : key;
    return text.replace(/%\{(\w+)\}/g, (_, name: string) => String(filling[name]));
  };
  return { t, locale };
}
const english = wordsIn('en', en);
const german = wordsIn('de', de);
const hrefs = (text: string, words = english) => offersFor(text, words).map(({ href }) => href);

describe('a question typed into the palette', () => {
  it.each([
    ['germany grooming', '/coverage/routing?country=DE&need=grooming'],
    ['what does a person in Germany see with sextortion?', '/coverage/routing?country=DE&need=sextortion'],
    ['South Korea child help', '/coverage/routing?country=KR&need=child-help'],
    ['GB trafficking', '/coverage/routing?country=GB&need=trafficking'],
    ['cote d’ivoire missing child', '/coverage/routing?country=CI&need=missing-child'],
    ['Guinea-Bissau', '/coverage/routing?country=GW&need=csam-online'],
  ])('“%s” is understood', (text, href) => expect(hrefs(text)).toEqual([href]));

  it('counts in the language of the reader and in English', () => {
    expect(hrefs('österreich vermisstes kind', german)).toEqual(['/coverage/routing?country=AT&need=missing-child']);
    expect(hrefs('austria grooming', german)).toEqual(['/coverage/routing?country=AT&need=grooming']);
  });

  it('is none without a country: entries are looked for instead', () => {
    for (const text of ['', 'grooming', 'childline', 'in the us', 'Germanys']) expect(hrefs(text)).toEqual([]);
  });

  it('stands first only when country and need are both named', () => {
    expect(offersFor('germany', english)[0]).toMatchObject({
      isWhole: false,
      name: 'What does a person see in Germany?',
    });
    expect(offersFor('germany grooming', english)[0]).toMatchObject({ isWhole: true });
  });
});
