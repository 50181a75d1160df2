import type { SourceRow } from '../source.ts';
import { fold } from './fold.ts';
import type { ImportField } from './importField.ts';
import { reject, type Rejection, type RejectionCode } from './rejection.ts';
import { personWords } from './tables/personWords.ts';
import type { UnderstoodRow } from './understoodRow.ts';

const marker = /^(?:[#*=_~>-]|\/\/)\s*.*|.*[=_~*-]{3,}$/;

/** Rows that are no rows of the table: empty, headings, repeated headers, cells separated otherwise. */
export function refuseShape(row: SourceRow, header: readonly string[]): Rejection | null {
  const cells = row.cells.map((cell) => cell.trim());
  const filled = cells.filter((cell) => cell.replace(/\p{Default_Ignorable_Code_Point}/gu, '') !== '');
  const [only = ''] = filled;
  if (filled.length === 0) return reject('blank-row');
  if (filled.length > 1 && cells.every((cell, at) => fold(cell) === fold(header[at] ?? '')))
    return reject('header-row');
  if (filled.length > 1 || header.length < 2) return null;
  if (/^[^;]*(?:;[^;]*){2,}$|^[^\t]*(?:\t[^\t]*){2,}$|^[^|]*(?:\|[^|]*){2,}$|^[^,]*(?:,[^,]*){3,}$/s.test(only))
    return reject('wrong-delimiter-row');
  return marker.test(only) ? reject('section-marker') : null;
}

const personal = personWords.split('|').map(fold);
const hasWord = (text: string, words: readonly string[]): boolean =>
  words.some((word) => ` ${fold(text)} `.includes(` ${word} `));

/** The mailbox is called as the row is: jane.doe@… of Jane Doe. */
const isOwnMailbox = (name: string, email: string): boolean => {
  const words = fold(name.replace(/\(.*\)/, '')).split(' ');
  const local = fold(email.split('@')[0] ?? '').split(' ');
  return (
    words.length >= 2 &&
    words.length <= 3 &&
    local.length >= 2 &&
    local.every((part) => words.some((word) => word.startsWith(part)))
  );
};

/** Two signs are needed: a word that says so, and nothing of an organisation, or a mailbox of that very name. */
function isPersonal({ name = '', organisation, websites, reportLink, emails, remarks }: UnderstoodRow): boolean {
  const short = remarks.filter((text) => text.split(/\s+/).length <= 4);
  const said = hasWord(name, personal) || short.some((text) => hasWord(text, personal));
  const faceless = organisation === undefined && websites.length === 0 && reportLink === undefined;
  return (
    faceless &&
    (said || emails.some((email) => isOwnMailbox(name, email) && remarks.some((text) => hasWord(text, personal))))
  );
}

const contactFields = ['website', 'reportLink', 'chat', 'phone', 'sms', 'whatsapp', 'email'] as const;

const hasContact = (row: UnderstoodRow): boolean =>
  row.websites.length + row.phones.length + row.sms.length + row.whatsapp.length + row.emails.length > 0 ||
  row.reportLink !== undefined ||
  row.chat !== undefined;

const detailOf = (row: UnderstoodRow, prefix: string): string | undefined =>
  row.notes.find(({ code, certainty }) => certainty === 'unclear' && code.startsWith(prefix))?.detail;

/** What is wrong with the contacts of a row that has none left, by the first column that tried. */
function refuseContacts(row: UnderstoodRow): Rejection {
  const tried = (...fields: ImportField[]): string | undefined =>
    fields.map((field) => row.columns[field]).find((column) => column !== undefined);
  const url = tried('website', 'reportLink', 'chat');
  if (url !== undefined) {
    const isShortened = row.notes.some(({ code }) => code === 'url-shortened');
    return reject(isShortened ? 'shortened-or-opaque-url' : 'invalid-or-unsafe-url', url, detailOf(row, 'url'));
  }
  const phone = tried('phone', 'sms', 'whatsapp');
  if (phone !== undefined) return reject('invalid-phone-and-no-other-contact', phone, detailOf(row, 'phone'));
  return reject('invalid-email-and-no-other-contact', tried('email'), detailOf(row, 'email'));
}

function refuseCountry(row: UnderstoodRow): Rejection | null {
  if (row.areas.length > 0) return null;
  const column = row.columns.country;
  if (column === undefined) return reject('missing-country');
  const isAmbiguous = row.notes.some(({ code }) => code === 'country-ambiguous');
  const code: RejectionCode = isAmbiguous ? 'ambiguous-country' : 'unknown-country';
  return reject(code, column, detailOf(row, 'country'));
}

/** The first reason why what a row says makes no entry, or null. */
export function refuseRow(row: UnderstoodRow): Rejection | null {
  const nameColumn = row.columns.name;
  if (row.scripts.has('name')) return reject('script-in-name', nameColumn);
  if (row.formulas.has('name')) return reject('formula-in-name', nameColumn);
  if (row.name === undefined || !/[\p{L}\p{N}]/u.test(row.name)) return reject('missing-name', nameColumn);
  if (isPersonal(row)) return reject('personal-contact-not-organisation', nameColumn);
  if (!hasContact(row) && contactFields.every((field) => row.columns[field] === undefined))
    return reject('no-contact-point');
  const country = refuseCountry(row);
  if (country !== null) return country;
  return hasContact(row) ? null : refuseContacts(row);
}
