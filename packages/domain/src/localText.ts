import { z } from 'zod';
import { LanguageTag } from './language.ts';
import { plainText } from './text.ts';
import { Instant } from './identity.ts';

/** One language's version of a text. `machine` text is never published unreviewed for kinds of risk A (DOMAIN §3.4). */
export const Translation = z
  .strictObject({
    text: plainText({ max: 2000, multiline: true }),
    origin: z.enum(['official', 'curator', 'machine']).optional(),
    reviewedAt: Instant.optional(),
    sourceRevision: z.int().positive().optional(),
  })
  .meta({ id: 'Translation' });

/** Text in many languages, keyed by BCP 47 tag (DOMAIN's `L`). */
export const LocalText = z
  .record(LanguageTag, Translation)
  .meta({ id: 'LocalText', description: 'Text by BCP 47 language tag' });
export type LocalText = z.infer<typeof LocalText>;

/** `LocalText` that is not empty and whose versions have at most `max` characters each. */
export function localText(max: number) {
  return LocalText.refine((text) => Object.values(text).every((t) => [...t.text].length <= max), {
    error: `Shorten the text to ${max} characters or fewer`,
  });
}

/** `localText` with at least one language. */
export function requiredLocalText(max: number) {
  return localText(max).refine((text) => Object.keys(text).length > 0, {
    error: 'Give the text in at least one language',
  });
}

/**
 * Picks the version to show: the wanted language, then its base language, then the official one,
 * then English, then the first by tag. Returns an empty string for no text.
 */
export function pickText(text: LocalText | undefined, locale = 'en'): string {
  if (!text) return '';
  const base = locale.split('-')[0] ?? locale;
  const first = Object.keys(text).sort()[0];
  const official = Object.entries(text).find(([, t]) => t.origin === 'official')?.[0];
  for (const tag of [locale, base, official, 'en', first]) {
    const found = tag === undefined ? undefined : text[tag];
    if (found) return found.text;
  }
  return '';
}
