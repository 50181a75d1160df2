import type { z } from 'zod';

/** Why a row goes no further, and how to mend it: one closed list. */
export const REJECTIONS = {
  'blank-row': 'The row is empty. Nothing needs to be done.',
  'header-row': 'The row repeats the names of the columns. Nothing needs to be done.',
  'section-marker':
    'The row is a heading inside the table. Nothing needs to be done, or move it to a column of its own.',
  'wrong-delimiter-row':
    'The row separates its cells by another sign than the rest of the file. Write it with the same sign as the other rows.',
  'script-in-name': 'The name holds code that would run in a browser. Write the name as plain text.',
  'formula-in-name': 'The name is a formula. Write the name itself.',
  'missing-name': 'Write how the service is called.',
  'personal-contact-not-organisation':
    'This looks like the private contact of a person. Give the contact of the service; the directory holds no persons.',
  'no-contact-point': 'Give at least one way to reach the service: a web address, a number or an e-mail address.',
  'missing-country': 'Say for which country the service is, or give a constant for the whole file.',
  'ambiguous-country': 'More than one country is meant by this. Write its name in full or its code.',
  'unknown-country': 'No country is known by this name. Write its name in full or its code.',
  'invalid-phone-and-no-other-contact':
    'The number cannot be read in exactly one way, and there is no other contact. Take the number from its source.',
  'invalid-email-and-no-other-contact': 'The e-mail address is none, and there is no other contact. Correct it.',
  'invalid-or-unsafe-url':
    'The web address is none that everybody can safely open, and there is no other contact. Correct it.',
  'shortened-or-opaque-url': 'A shortened address hides where it leads. Give the address it leads to.',
  'missing-kind': 'Say of which kind the service is, or give a constant for the whole file.',
  'unknown-kind': 'No kind is known by this name. Use one of the kinds of the directory, or the code of one.',
  'document-invalid': 'The row does not make a whole entry. Mend what is named here.',
  'cell-unreadable':
    'A cell is not written as the export writes it. Mend it as said here, or put back what stood there.',
  'unknown-id': 'No entry has this id. Put back the id that stood there, or empty the cell for a new entry.',
  'looks-like-a-report':
    'A text of the row looks like a report of abuse, which may not be kept here. Report it where somebody can act on it; of a service, say it in other words.',
  'rejected-by-person': 'A person decided that this row is not taken.',
} as const;

export type RejectionCode = keyof typeof REJECTIONS;

/** Why a row is not taken, where it says so, and how to mend it. */
export interface Rejection {
  code: RejectionCode;
  /** Header of the column at fault, where one column is. */
  column?: string;
  message: string;
  detail?: string;
}

export const reject = (code: RejectionCode, column?: string, detail?: string): Rejection => ({
  code,
  ...(column === undefined ? {} : { column }),
  message: REJECTIONS[code],
  ...(detail === undefined || detail === '' ? {} : { detail }),
});

/** The first problems of a document in one line, for a person. */
export const problemOf = (error: z.ZodError): string =>
  error.issues
    .slice(0, 3)
    .map(({ path, message }) => `/${path.join('/')}: ${message}`)
    .join(' ');
