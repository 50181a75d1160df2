import { z } from 'zod';
import { Country } from './country.ts';
import { disclosureOf } from './disclosure.ts';
import { Id, LocalId, Slug } from './identity.ts';
import { LanguageTag } from './language.ts';
import { PhoneNumber } from './phoneValue.ts';
import { refuse, type Refusal } from './refusal.ts';
import { textFix, textRefusal } from './text.ts';
import { EmailAddress, hostOf, parseWebUrl } from './url.ts';

/** What somebody outside says is wrong with an entry. */
export const CorrectionSubject = z
  .enum(['wrong-number', 'wrong-address', 'closed', 'hours', 'language', 'other'])
  .meta({ id: 'CorrectionSubject', description: 'What is wrong' });
export type CorrectionSubject = z.infer<typeof CorrectionSubject>;

/** As sent: only its length is looked at here. What it may hold is for the disclosure guard to say, before anything else does. */
const rawText = (max: number) =>
  z
    .string({ error: 'Write a text here.' })
    .refine((text) => [...text].length <= max, { error: `Shorten the text to ${max} characters.` })
    .meta({ maxLength: max });

/** A website by its origin: where a page is, is for staff to find (SECURITY M-03). */
const WebOrigin = z
  .string({ error: 'Write a web address here.' })
  .max(300)
  .overwrite((text) => originOf(text) ?? text)
  .refine((text) => originOf(text) !== null, {
    error: 'Write only https:// and the name of the site, such as https://www.example.org, without a page behind it.',
  })
  .meta({ id: 'WebOrigin', format: 'uri', pattern: '^https://[^/?#]+$', examples: ['https://www.example.org'] });

function originOf(text: string): string | null {
  const parsed = parseWebUrl(text);
  if (!parsed.ok || /[?#]/.test(text)) return null;
  const origin = `https://${parsed.host}`;
  return parsed.href === `${origin}/` ? origin : null;
}

/** The number alone: how it is advertised or was printed is text, and text belongs into the note. */
const PlainNumber = PhoneNumber.refine(
  ({ letters, extension, source }) => letters === undefined && extension === undefined && source === undefined,
  { error: 'Send the digits only.' },
);

export const CorrectedValue = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('phone'), number: PlainNumber }),
    z.strictObject({ type: z.literal('website'), origin: WebOrigin }),
    z.strictObject({ type: z.literal('hours'), text: rawText(80) }),
    z.strictObject({ type: z.literal('languages'), tags: z.array(LanguageTag).min(1).max(10) }),
  ])
  .meta({ id: 'CorrectedValue', description: 'What is right instead, typed by what is wrong' });
export type CorrectedValue = z.infer<typeof CorrectedValue>;

/** Which value belongs to what is wrong; the others are told in the note. */
export const VALUE_TYPE: Readonly<Partial<Record<CorrectionSubject, CorrectedValue['type']>>> = {
  'wrong-number': 'phone',
  'wrong-address': 'website',
  hours: 'hours',
  language: 'languages',
};

export const NOTE_LENGTH = 280;

/**
 * A correction from outside (DOMAIN §3.9, SECURITY M-03): structured, short, without files. It is never a draft: staff look for
 * themselves and type what they found.
 */
export const Correction = z
  .strictObject({
    entry: z.union([Id, Slug], { error: 'Name the entry.' }).meta({ description: 'Id or handle' }),
    channel: LocalId.optional().meta({ description: 'The channel it is about' }),
    what: CorrectionSubject,
    value: CorrectedValue.optional(),
    note: rawText(NOTE_LENGTH).optional(),
    contact: EmailAddress.max(100).optional().meta({ description: 'Where to ask back; deleted with the correction' }),
    country: Country.optional().meta({ description: 'Where the sender is: says where to report. Not kept' }),
  })
  .superRefine(({ what, value, note }, context) => {
    if (value && value.type !== VALUE_TYPE[what])
      context.addIssue({ code: 'custom', path: ['value'], message: 'This value does not belong to what is wrong.' });
    if (what === 'other' && !note?.trim())
      context.addIssue({ code: 'custom', path: ['note'], message: 'Say in a few words what is wrong.' });
  })
  .meta({ id: 'Correction', description: 'What somebody outside says is wrong with an entry' });
export type Correction = z.infer<typeof Correction>;

/**
 * Runs the disclosure guard over every text of a correction. To be asked before anything of it is written, logged or audited.
 * @param names of the entry and of who runs it
 */
export function isReport({ value, note, contact }: Correction, names: readonly string[] = []): boolean {
  const texts = [note, value?.type === 'hours' ? value.text : undefined, contact?.split('@')[0]];
  if (texts.some((text) => text !== undefined && disclosureOf(text, names) !== 'clean')) return true;
  // Sites of hotlines are called by what they are for; but a key or a digest is no name.
  const hosts = [value?.type === 'website' ? hostOf(value.origin) : null, contact?.split('@')[1]];
  return hosts.some((host) => {
    const found = disclosureOf((host ?? '').split('.').join(' '));
    return found !== 'clean' && found.reason === 'encoded';
  });
}

/** What is kept of a correction: texts on one line, without invisible characters. */
export type TidyCorrection = Omit<Correction, 'country'>;

/**
 * A correction as it may be kept, or why not. Only after `isReport` said no.
 * @returns fields at fault, by JSON pointer
 */
export function tidyCorrection(correction: Correction): TidyCorrection | Refusal {
  const { value, note, country: _, ...rest } = correction;
  const kept: TidyCorrection = { ...rest };
  const errors: NonNullable<Refusal['errors']> = [];
  const tidied = (text: string, path: string): string => {
    const line = tidyLine(text);
    const refusal = textRefusal(line);
    if (refusal) errors.push({ path, message: textFix(refusal) });
    return line;
  };
  const line = note === undefined ? '' : tidied(note, '/note');
  if (line !== '') kept.note = line;
  const hours = value?.type === 'hours' ? tidied(value.text, '/value/text') : undefined;
  if (value && hours !== '') kept.value = hours === undefined ? value : { type: 'hours', text: hours };
  return errors.length > 0 ? refuse('input-invalid', undefined, errors) : kept;
}

/** Marks of writing direction come with numbers that were copied from a telephone; nobody sees them, and nobody needs them. */
const tidyLine = (text: string): string =>
  text
    .replace(/\p{Bidi_Control}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim()
    .normalize('NFC');

/** The fact a correction speaks of, as alarms name it. */
export function correctedPath({ what, channel }: Pick<Correction, 'what' | 'channel'>): string {
  if (channel === undefined) return '/operational';
  const fact = { 'wrong-number': '/value', 'wrong-address': '/value', hours: '/hours', language: '/languages' };
  return `/channels/${channel}${what in fact ? fact[what as keyof typeof fact] : ''}`; // Just found to be a key.
}
