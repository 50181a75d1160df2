// Letters in every language, and the ladder they climb.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { courtesyRefusal, USUAL_DAYS_BETWEEN } from './cap.ts';
import { LADDER_ATTEMPTS, nextStep, nextStepAt } from './ladder.ts';
import { languageFor, LetterLanguage, LetterTemplate, writeLetter, type LetterFacts } from './templates.ts';

const facts: LetterFacts = {
  organisation: 'Helpers United',
  entries: ['Helpline One', 'Chat Two'],
  link: 'https://directory.example.org/owners/#abc',
  until: new Date('2026-12-24T00:00:00Z'),
  place: 'https://directory.example.org',
};
const all = LetterLanguage.options.flatMap((language) =>
  LetterTemplate.options.map((template) => [language, template] as const),
);

describe.each(all)('the letter in %s, %s', (language, template) => {
  const { subject, body } = writeLetter(language, template, facts);

  it('says who is asked, about what, and until when', () => {
    for (const word of ['Helpers United', '- Helpline One\n- Chat Two', facts.link, '2026'])
      expect(body).toContain(word);
    expect(subject).toContain('Helpers United');
    expect(subject + body).not.toMatch(/\{\{|\}\}|undefined|null/);
  });

  it('asks for no password, no report and no reply with material: it holds one link and no other way', () => {
    expect(body.match(/https?:\/\/\S+/g)).toEqual([facts.link, facts.place]);
    expect(body).not.toMatch(/<[a-z]/i);
  });

  it('lets no name add a line or fill in another place', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'\n\r\t\0\u2028\u202e{}link ') }), (name) => {
        const odd = writeLetter(language, template, { ...facts, organisation: name, entries: [`{{link}} ${name}`] });
        expect(odd.subject).not.toMatch(/[\n\r]/);
        expect(odd.body.split('\n')).toHaveLength(body.split('\n').length - 1);
        expect(odd.body.split(facts.link)).toHaveLength(2);
      }),
      { numRuns: 20 },
    );
  });
});

it('letters differ by language and step', () => {
  const bodies = all.map(([language, template]) => writeLetter(language, template, facts).body);
  expect(new Set(bodies).size).toBe(all.length);
});

it.each([
  [{ language: 'de-AT' }, { locatedIn: 'FR' }, 'de'],
  [{ language: 'sw' }, { locatedIn: 'FR' }, 'fr'],
  [{}, { locatedIn: 'EG' }, 'ar'],
  [{}, { locatedIn: 'AR' }, 'es'],
  [{}, { locatedIn: 'JP', names: { fr: { text: 'Aide', origin: 'official' } } }, 'fr'],
  [{}, { locatedIn: 'JP' }, 'en'],
  [{}, {}, 'en'],
] as const)('contact %o of an organisation %o is written to in %s', (contact, organisation, language) => {
  expect(languageFor({ names: { en: { text: 'Helpers' } }, ...organisation }, contact)).toBe(language);
});

describe('the ladder', () => {
  const [a, b, c] = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];

  it('asks again after 7, 14 and 14 days', () => {
    const days = [1, 2, 3, 4].map(
      (attempt) => (Date.parse(nextStepAt(attempt, '2026-01-01T00:00:00.000Z')) - Date.UTC(2026, 0, 1)) / 86_400_000,
    );
    expect(days).toEqual([7, 14, 14, 14]);
  });

  it.each([
    ['reminds the same contact', 1, 'a', [a, b, c], { attempt: 2, template: 'reminder', contact: a }],
    ['and once more', 2, 'a', [a, b, c], { attempt: 3, template: 'reminder', contact: a }],
    ['then asks the next', 3, 'a', [a, b, c], { attempt: 4, template: 'other-contact', contact: b }],
    ['or the one before', 3, 'c', [a, b, c], { attempt: 4, template: 'other-contact', contact: a }],
    ['and tells somebody new', 1, 'gone', [b], { attempt: 2, template: 'first', contact: b }],
  ] as const)('%s', (_, attempt, contactId, contacts, step) => {
    expect(nextStep(attempt, contactId, contacts)).toEqual({ do: 'write', ...step });
  });

  it.each([
    ['nobody else is there', 3, 'a', [a]],
    ['four letters went out', 4, 'b', [a, b, c]],
    ['no contact is left', 1, 'a', []],
  ] as const)('gives up when %s', (_, attempt, contactId, contacts) => {
    expect(nextStep(attempt, contactId, contacts)).toEqual({ do: 'give-up' });
  });

  it('ends after four letters, whoever comes and goes', () => {
    const people = fc.uniqueArray(
      fc.constantFrom('a', 'b', 'c', 'd').map((id) => ({ id })),
      { selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(fc.array(people, { minLength: 6, maxLength: 6 }), (rounds) => {
        let attempt = 1;
        let contactId = 'a';
        for (const contacts of rounds) {
          const step = nextStep(attempt, contactId, contacts);
          if (step.do === 'give-up') break;
          expect(step.attempt).toBe(attempt + 1);
          [attempt, contactId] = [step.attempt, step.contact.id];
        }
        expect(attempt).toBeLessThanOrEqual(LADDER_ATTEMPTS);
      }),
    );
  });
});

it('says how long an organisation is to be left in peace', () => {
  const day = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000).toISOString();
  const since = (lastContactAt: string | null, minDaysBetween = USUAL_DAYS_BETWEEN) => ({
    lastContactAt,
    minDaysBetween,
  });
  expect(courtesyRefusal(since(null), day(0))).toBeUndefined();
  expect(courtesyRefusal(since(day(0), 10), day(9))?.code).toBe('courtesy-cap');
  expect(courtesyRefusal(since(day(0), 10), day(10))).toBeUndefined();
  expect(courtesyRefusal(since(day(0)), day(29))?.detail).toContain('2026-01-31');
  expect(courtesyRefusal(since(day(0)), day(30))).toBeUndefined();
});
