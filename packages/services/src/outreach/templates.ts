import { z } from 'zod';
import type { Organisation } from '@waymark/domain';
import { oneLine } from '../mail/enqueue.ts';
import ar from './templates/ar.ts';
import de from './templates/de.ts';
import en from './templates/en.ts';
import es from './templates/es.ts';
import fr from './templates/fr.ts';
import type { LetterTexts } from './templates/shape.ts';

const TEMPLATES: Record<LetterLanguage, LetterTexts> = { en, de, ar, es, fr };

/** Languages we can write to an organisation in. */
export const LetterLanguage = z.enum(['en', 'de', 'ar', 'es', 'fr']).meta({ id: 'LetterLanguage' });
export type LetterLanguage = z.infer<typeof LetterLanguage>;

export const LetterTemplate = z.enum(['first', 'reminder', 'other-contact']).meta({ id: 'LetterTemplate' });
export type LetterTemplate = z.infer<typeof LetterTemplate>;

type Contact = NonNullable<Organisation['contactsInternal']>[number];

/**
 * The language an organisation is written to in: what its contact reads, else what most people of its country do, else the
 * language of its own name, else English.
 */
export function languageFor(
  organisation: Pick<Organisation, 'locatedIn' | 'names'>,
  contact: Pick<Contact, 'language'>,
): LetterLanguage {
  const country = organisation.locatedIn;
  const wanted = [
    contact.language,
    country === undefined ? undefined : new Intl.Locale(`und-${country}`).maximize().language,
    Object.entries(organisation.names).find(([, name]) => name.origin === 'official')?.[0],
  ];
  for (const tag of wanted) {
    const language = LetterLanguage.safeParse(tag?.split('-')[0]).data;
    if (language !== undefined) return language;
  }
  return 'en';
}

export type LetterFacts = {
  organisation: string;
  entries: readonly string[];
  link: string;
  until: Date;
  /** Where the directory is, so that a careful reader can look by another way than the link. */
  place: string;
};

/** Fills a letter in. What comes from records stays on one line each, so that no name can add a line of its own. */
export function writeLetter(
  language: LetterLanguage,
  template: LetterTemplate,
  facts: LetterFacts,
): { subject: string; body: string } {
  const values: Record<string, string> = {
    organisation: oneLine(facts.organisation),
    entries: facts.entries.map((name) => `- ${oneLine(name)}`).join('\n'),
    link: facts.link,
    until: new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(facts.until),
    place: facts.place,
  };
  // One pass: what a value says in braces is text, not a place to fill in.
  const fill = (text: string) => text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '');
  const { subject, body } = TEMPLATES[language][template];
  return { subject: fill(subject), body: fill(body) };
}
