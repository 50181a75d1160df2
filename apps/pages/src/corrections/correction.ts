import { disclosureOf, VALUE_TYPE, type CorrectedValue } from '@waymark/domain';
import type { Form } from './state.ts';
import type { Texts } from './texts.ts';
import { typedNumber, typedSite } from './typed.ts';

export const NOTE_LENGTH = 280;

/** A field at fault, and the sentence that says why. */
type Fault = { field: string; text: string };

/** What was typed as the server takes it, or the field at fault. */
export function toCorrection(form: Form, country: string, texts: Texts): { correction: object } | Fault {
  const { entry, what } = form;
  if (!entry) return { field: 'entry', text: texts.error.entry };
  if (!what) return { field: 'what', text: texts.error.what };
  const note = form.note.trim();
  if ([...note].length > NOTE_LENGTH) return { field: 'note', text: texts.error.noteLong };
  if (what === 'other' && note === '') return { field: 'note', text: texts.error.note };
  const contact = form.contact.trim();
  if (contact !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(contact))
    return { field: 'contact', text: texts.error.contact };
  const value = typedValue(VALUE_TYPE[what], form);
  if (value === 'wrong')
    return { field: 'value', text: VALUE_TYPE[what] === 'phone' ? texts.error.phone : texts.error.website };
  return {
    correction: {
      entry: entry.slug,
      what,
      ...(form.channel === '' ? {} : { channel: form.channel }),
      ...(value === undefined ? {} : { value }),
      ...(note === '' ? {} : { note }),
      ...(contact === '' ? {} : { contact }),
      ...(country === '' ? {} : { country }),
    },
  };
}

function typedValue(type: CorrectedValue['type'] | undefined, form: Form): CorrectedValue | undefined | 'wrong' {
  const written = form.value.trim();
  if (type === undefined || written === '') return undefined;
  if (type === 'hours') return { type, text: written };
  if (type === 'languages') return { type, tags: [written] };
  return (type === 'phone' ? typedNumber(written, form.dialledIn || undefined) : typedSite(written)) ?? 'wrong';
}

/** The guard runs here first: what looks like a report does not even leave the browser. The server runs it again. */
export function looksLikeReport({ entry, what, value, note }: Form): boolean {
  const names = entry ? Object.values(entry.names).map(({ text }) => text) : [];
  const hours = what === 'hours' ? value : '';
  return [note, hours].some((text) => disclosureOf(text, names) !== 'clean');
}
