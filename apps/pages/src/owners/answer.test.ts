// What the page of a listed organisation sends, checked against what the server takes.
import { describe, expect, it } from 'vitest';
import { Channel } from '@waymark/domain';
import { countChoices, emptyChoice, toAnswer } from './answer.ts';
import type { OwnEntry } from './facts.ts';
import { wordsIn } from './texts.ts';
import { inputTypeOf, shownValue, typedValue } from './value.ts';

const tel = Channel.parse({ id: 'tel', type: 'phone', value: { number: { kind: 'e164', digits: '4930123456' } } });
const short = Channel.parse({
  id: 'short',
  type: 'phone',
  value: { number: { kind: 'short', digits: '116111', country: 'DE' } },
  reach: { dialableFrom: ['DE'] },
});
const web = Channel.parse({ id: 'web', type: 'url', value: { href: 'https://help.example.org/form' } });
const mail = Channel.parse({ id: 'mail', type: 'email', value: { address: 'help@example.org' } });
const chat = Channel.parse({
  id: 'app',
  type: 'messaging',
  value: { service: 'whatsapp', handle: '+4930123', href: 'https://wa.example/4930123' },
});
const office = Channel.parse({
  id: 'office',
  type: 'in-person',
  value: { lines: ['Street 1'], city: 'Berlin', country: 'DE' },
});

const entry: OwnEntry = {
  id: '0190a000-0000-7000-8000-000000000001',
  revision: 3,
  kind: 'child-helpline',
  names: { en: { text: 'Helpline' } },
  audience: ['child'],
  serves: [],
  accepts: {},
  anonymity: { level: 'anonymous' },
  memberships: [],
  operational: { status: 'operating' },
  channels: [tel, web, office],
};

describe('a value that somebody wrote', () => {
  it.each([
    [tel, '+49 (30) 654-321', { kind: 'e164', digits: '4930654321' }],
    [tel, '0049 30 654321', { kind: 'e164', digits: '4930654321' }],
    [tel, '+٤٩٣٠٦٥٤٣٢١', { kind: 'e164', digits: '4930654321' }],
    [tel, '+४९३०६५४३२१', { kind: 'e164', digits: '4930654321' }],
    [short, '116 000', { kind: 'short', digits: '116000', country: 'DE' }],
    [short, '0800 111 0 111', { kind: 'national', digits: '08001110111', country: 'DE' }],
  ] as const)('number %#: %s', (channel, written, number) => {
    const value = typedValue(channel, written);
    expect(value).toEqual({ number });
    expect(Channel.safeParse({ ...channel, value }).success).toBe(true);
  });

  it('has the form of its channel', () => {
    for (const [channel, written] of [
      [web, ' https://new.example.org/form '],
      [mail, 'new@example.org'],
      [chat, '+4930999'],
    ] as const) {
      const value = typedValue(channel, written);
      const parsed = Channel.parse({ ...channel, value });
      expect(shownValue(parsed)).toBe(written.trim());
    }
  });

  it('is asked for by the right keyboard, and not at all where one line would not do', () => {
    expect([tel, web, mail, chat, office].map(inputTypeOf)).toEqual(['tel', 'url', 'email', 'text', undefined]);
  });
});

describe('the answer', () => {
  it('says nothing that was not said', () => {
    expect(toAnswer([entry], new Map([[entry.id, emptyChoice(entry)]]))).toEqual({ entries: [] });
  });

  it('names what is right, and what is wrong with the value that was given', () => {
    const choice = emptyChoice(entry);
    choice.channels['tel'] = { is: 'right', written: 'left over' };
    choice.channels['web'] = { is: 'wrong', written: 'https://new.example.org/' };
    choice.channels['office'] = { is: 'wrong', written: 'ignored' };
    choice.note = ' We moved. ';
    expect(toAnswer([entry], new Map([[entry.id, choice]]))).toEqual({
      entries: [
        {
          id: entry.id,
          revision: 3,
          facts: 'unsaid',
          channels: [
            { id: 'tel', is: 'right' },
            { id: 'web', is: 'wrong', value: { href: 'https://new.example.org/' } },
            { id: 'office', is: 'wrong' },
          ],
          note: 'We moved.',
        },
      ],
    });
    expect(countChoices([choice])).toEqual({ right: 1, wrong: 3 });
  });
});

it('has the same words and places to fill in, in every language', () => {
  const shape = (texts: object): string[] =>
    Object.entries(texts).flatMap(([key, text]) =>
      typeof text === 'string'
        ? [`${key} ${[...new Set(text.match(/\{\w+\}/g))].sort().join(' ')}`]
        : shape(text as object).map((line) => `${key}.${line}`),
    );
  for (const language of ['de', 'ar'] as const)
    expect(shape(wordsIn(language).texts)).toEqual(shape(wordsIn('en').texts));
});
