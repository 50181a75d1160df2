import { mapDigits, type Country, type PhoneNumber } from '@waymark/domain';
import { parsePhone, type ParsedPhone } from '@waymark/domain/phone';
import { note, type Note, type Reading } from '../note.ts';

type Notes = Omit<Note, 'column'>[];

// What a spreadsheet makes of a long number: 4.41E+11, 4,41E+11, and 116111.0, which a careless reader takes for 1161110.
const quantity = /^[+-]?\d+(?:[.,]\d+)?E[+-]?\d+$|^\d{3,}[.,]0{1,2}$/i;
// Words in front of a number and behind it; a letter that touches a digit is no word.
const labelBefore =
  /^(?:[\p{L}\p{M}.’'/-]+(?:\s+[\p{L}\p{M}.’'/-]+){0,3}\s*[:：]?\s+|[\p{L}\p{M} ]{2,30}[:：]\s*)(?=[+＋(（]?\p{Nd})/u;
const labelBehind =
  /(?<=\p{Nd})\s*(?:\([^()\p{Nd}]*\p{L}[^()\p{Nd}]*\)|\s[-–—]\s[^\p{Nd}]*\p{L}[^\p{Nd}]*|\s(?!ext|x\b)[\p{L}\p{M}][^\p{Nd}]*)$/iu;
// When it is answered, said beside the number.
const allDay = /\s*\(?\b24\s?(?:\/\s?7|h(?:ours|rs)?)\b\)?\s*$/i;
const extension = /\b(?:ext|extension|x)\b\.?/i;
const lettered = /^[\d+().\s-]*\d[\d().\s-]*(?:[A-Z]{1,2}-)?[A-Z]{3,}(?:[-\s]?[A-Z0-9]+)*$/;
// Several numbers in one cell; the slash only with spaces, since 030/123456 is one.
const between = /[;|\n•]|,|\s+\/\s+|\s+(?:or|and|oder|und|ou|et|o|y|e|of|en|или|и|veya|ve|أو|و)\s+/iu;

function withoutLabels(text: string): { bare: string; label?: string } {
  if (lettered.test(text)) return { bare: text };
  let bare = text.replace(allDay, '').replace(labelBefore, '');
  if (!extension.test(bare)) bare = bare.replace(labelBehind, '');
  return bare === text ? { bare } : { bare: bare.trim(), label: text };
}

/** Reads in the one plan it fits: of several countries of a row, a number without plus must fit exactly one. */
function parseIn(
  text: string,
  countries: readonly Country[],
  options: { vanity?: boolean; kind?: 'e164' } = {},
): { parsed: ParsedPhone; tried: boolean } {
  const [only] = countries;
  if (countries.length <= 1)
    return { parsed: parsePhone(text, { ...options, ...(only === undefined ? {} : { country: only }) }), tried: false };
  const plain = parsePhone(text, options);
  if (plain.ok || plain.reason !== 'needs-country') return { parsed: plain, tried: false };
  const fitting = countries.map((country) => parsePhone(text, { ...options, country })).filter((answer) => answer.ok);
  const [first] = fitting;
  return first !== undefined && fitting.length === 1 ? { parsed: first, tried: true } : { parsed: plain, tried: false };
}

function readOne(text: string, countries: readonly Country[]): { phone?: PhoneNumber; notes: Notes } {
  if (quantity.test(text.trim())) return { notes: [note('phone-spreadsheet', text)] };
  const { bare, label } = withoutLabels(text);
  const notes: Notes = [];
  const isVanity = lettered.test(bare);
  let { parsed, tried } = parseIn(bare, countries, isVanity ? { vanity: true } : {});
  // The digits stay those of the source; that the number may not work from abroad is for the reviewer to decide.
  if (!parsed.ok && parsed.reason === 'home-only') {
    parsed = parsePhone(bare, { kind: 'e164' });
    if (parsed.ok) notes.push(note('phone-home-only', text, `+${parsed.phone.digits}`));
  }
  if (!parsed.ok) return { notes: [note('phone-refused', text, undefined, parsed.fix)] };
  if (parsed.premium) return { notes: [note('phone-premium', text)] };
  const { phone } = parsed;
  const to = phone.kind === 'e164' ? `+${phone.digits}` : phone.digits;
  if (label !== undefined) notes.push(note('phone-label-removed', label, bare));
  if (isVanity) notes.push(note('phone-letters', text, to));
  if (/\(0\)/.test(bare) && bare.replace(/\D/g, '').length > phone.digits.length)
    notes.push(note('phone-trunk-dropped', text, to));
  else if (bare !== to) notes.push(note('phone-read', text, to));
  if (phone.kind === 'national') notes.push(note('phone-national', text, to));
  if (parsed.shared) notes.push(note('phone-shared-cost', text, to));
  if (tried) notes.push(note('phone-country-tried', text, to, phone.country));
  for (const said of parsed.notes) {
    if (said.startsWith('We do not know')) notes.push(note('phone-short-unknown', text, to, said));
    else if (said.includes('which is not that of')) notes.push(note('phone-other-country', text, to, said));
    else if (said.startsWith('The numbering plan')) notes.push(note('phone-check', text, to, said));
  }
  return { phone, notes };
}

/**
 * Reads the telephone numbers of a cell. A digit is never added, dropped or changed except where the note says so: exit codes
 * (0044), a bracketed (0), and letters on a keypad. What can be read in two ways is left out.
 * @param countries those of the row, in whose numbering plans a number without plus is read
 */
export function readPhones(input: string, countries: readonly Country[]): Reading<PhoneNumber> {
  const text = input.replace(/^tel:\s*/i, '').trim();
  if (quantity.test(text)) return { values: [], notes: [note('phone-spreadsheet', text)] };
  const whole = readOne(text, countries);
  const parts = text
    .split(between)
    .map((part) => part.trim())
    .filter((part) => /\p{Nd}/u.test(part));
  if (whole.phone !== undefined || parts.length < 2)
    return { values: whole.phone ? [whole.phone] : [], notes: whole.notes };
  const reading: Reading<PhoneNumber> = { values: [], notes: [] };
  for (const part of parts) {
    const { phone, notes } = readOne(part, countries);
    reading.notes.push(...notes);
    if (phone && !reading.values.some((known) => sameNumber(known, phone))) reading.values.push(phone);
  }
  if (reading.values.length > 1)
    reading.notes.push(note('phone-several', mapDigits(text), reading.values.map((phone) => phone.digits).join(', ')));
  return reading;
}

const sameNumber = (a: PhoneNumber, b: PhoneNumber): boolean =>
  a.kind === b.kind && a.digits === b.digits && a.country === b.country && a.extension === b.extension;
