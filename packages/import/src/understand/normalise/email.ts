import { EmailAddress } from '@waymark/domain';
import { note, type Reading } from '../note.ts';

const masked = /\s*[([{]\s*(?:at|ät|arroba)\s*[)\]}]\s*/gi;
const maskedDot = /\s*[([{]\s*(?:dot|punkt|punto|point)\s*[)\]}]\s*/gi;

/** Reads one or several e-mail addresses out of a cell. */
export function readEmails(text: string): Reading<string> {
  const reading: Reading<string> = { values: [], notes: [] };
  for (const part of text.split(/[;,|\n]|\s+\/\s+/)) {
    if (part.trim() === '') continue;
    const plain = part
      .trim()
      .replace(/^.*<([^<>]+@[^<>]+)>$/, '$1')
      .replace(/^(?:e-?mail|mail|mailto)\s*:\s*/i, '')
      .replace(/\?.*$/, '');
    const bare = plain.replace(masked, '@').replace(maskedDot, '.');
    const parsed = EmailAddress.safeParse(bare);
    if (!parsed.success) {
      reading.notes.push(note('email-refused', part.trim()));
      continue;
    }
    if (!reading.values.includes(parsed.data)) reading.values.push(parsed.data);
    if (bare !== plain) reading.notes.push(note('email-unmasked', part.trim(), parsed.data));
    else if (parsed.data !== part.trim()) reading.notes.push(note('email-canonical', part.trim(), parsed.data));
  }
  return reading;
}
