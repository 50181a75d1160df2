/** How sure a reading is: applied · applied and flagged for the reviewer · left out until a person looked. */
export type Certainty = 'certain' | 'likely' | 'unclear';

const certain = (message: string) => ({ certainty: 'certain', message }) as const;
const likely = (message: string) => ({ certainty: 'likely', message }) as const;
const unclear = (message: string) => ({ certainty: 'unclear', message }) as const;

/**
 * Everything that is done to a value on its way from a cell to a field, or why it was left out: one closed list.
 * A value of an `unclear` note is never applied.
 */
export const NOTES = {
  // Text of any cell
  'bidi-controls-removed': certain('Hidden characters that turn the writing direction were removed.'),
  'invisible-removed': certain('Invisible characters were removed.'),
  composed: certain('Accents stored apart from their letters were joined with them (NFC).'),
  'html-removed': certain('HTML was removed; its text was kept.'),
  'formula-neutralised': certain('The cell holds a formula, which is not a value: it was left out.'),
  'formula-result': likely('A formula computed this value; it was read as it was last saved.'),
  'apostrophe-removed': certain('The apostrophe that protects a cell in spreadsheets was removed.'),
  'text-damaged': unclear('The text was damaged on its way here. Type it again.'),
  'text-too-long': unclear('The text is longer than its field allows. Shorten it.'),
  // Telephone numbers
  'phone-read': certain('Written as it is dialled; all digits are those of the cell.'),
  'phone-trunk-dropped': certain('The bracketed 0 is for callers inside the country and was left out.'),
  'phone-label-removed': likely('Words beside the number were left out. Check that they say nothing of it.'),
  'phone-several': certain('The cell holds several numbers; each became a channel of its own.'),
  'phone-letters': likely('Letters were turned into digits as on a telephone keypad. Check the number.'),
  'phone-national': likely('Known to work inside the country only. Check from where it can be called.'),
  'phone-home-only': likely(
    'As far as is known the number does not work from abroad, though it was written with a country code.',
  ),
  'phone-short-unknown': likely('This short number is not in the numbering plan known to us. Check it.'),
  'phone-other-country': likely('The country code is not that of the row. Check that the number belongs here.'),
  'phone-shared-cost': likely('Calls to this number cost more than usual. Check whether that is right for a hotline.'),
  'phone-check': likely('Read in the numbering plan of the country; check what the note of the plan says.'),
  'phone-country-tried': likely('The number fits the plan of only one of the countries of the row.'),
  'phone-spreadsheet': unclear(
    'A spreadsheet turned this number into a quantity and lost digits. Take it from the source.',
  ),
  'phone-premium': unclear('Premium-rate numbers are not for hotlines.'),
  'phone-refused': unclear('This is no telephone number that can be read in exactly one way.'),
  'phone-of-another': likely('Another entry of the same country has this number. Check whose it is.'),
  // Web addresses
  'url-scheme-added': likely('https:// was added. Check that the address opens.'),
  'url-https': likely('http:// became https://, as only encrypted addresses are kept. Check that it opens.'),
  'url-tracking-removed': certain('Parameters that follow readers around were removed.'),
  'url-fragment-removed': certain('The part after # was removed: it leads to a place inside the page.'),
  'url-canonical': certain('Written as browsers write it.'),
  'url-several': likely('The cell holds several addresses. Check which is which.'),
  'url-moved': certain('This is no web address; it was moved to the field where it belongs.'),
  'url-refused': unclear('This is no web address that everybody can open.'),
  'url-unsafe': unclear('Addresses of this kind are not safe to publish.'),
  'url-shortened': unclear('A shortened address hides where it leads. Use the address it leads to.'),
  'url-look-alike': unclear('The host name mixes alphabets and could pass for another one.'),
  'url-in-notes': likely(
    'The internal notes of the entry hold this address already, for a reason. Nothing was changed.',
  ),
  // E-mail
  'email-canonical': certain('Written as mail programs write it.'),
  'email-unmasked': likely('(at) and (dot) were read as @ and a dot. Check the address.'),
  'email-refused': unclear('This is no e-mail address.'),
  // Words of closed lists
  'country-read': certain('Read as a country.'),
  'country-default': likely('The row names no country; the one of the profile was taken.'),
  'country-unknown': unclear('No country is known by this name. Write its name in full or its code.'),
  'country-ambiguous': unclear('More than one country is meant by this. Write its name in full or its code.'),
  'language-read': certain('Read as a language.'),
  'language-unknown': unclear('No language is known by this name. Write its name in full or its code.'),
  'language-ambiguous': unclear('More than one language is meant by this. Write its name in full or its code.'),
  'kind-read': certain('Read as a kind.'),
  'kind-broad': likely('This word stands for several kinds; the usual one was taken.'),
  'kind-unknown': unclear('No kind is known by this name.'),
  'kind-missing': unclear('The row says no kind, and no constant of the profile does.'),
  'kind-differs': unclear('The entry is of another kind. It was left as it is.'),
  'answer-read': certain('Read as an answer.'),
  'answer-no-identity': likely('"No" to anonymous was read as: one has to say who one is. Check it.'),
  'answer-unknown': unclear('This is neither yes nor no nor unknown.'),
  'anonymity-differs': unclear('The entry says something else about anonymity. It was left as it is.'),
  'hours-read': certain('Read as hours of a week; the text was kept beside them.'),
  'hours-kept': likely('Kept as text: these hours cannot be read in exactly one way.'),
  'hours-zone': likely(
    'The country has several time zones. Choose the right one; until then the hours are kept as text.',
  ),
  'hours-without-channel': likely('There is no channel these hours could belong to. They were left out.'),
  'date-read': certain('Read as a date.'),
  'date-serial': likely('A spreadsheet kept this date as a number; it was counted back.'),
  'date-day-first': likely('Read with the day first, as dates with dots are written.'),
  'date-not-real': unclear('There is no such day.'),
  'date-ambiguous': unclear('Day and month can be told apart only when the profile says which comes first.'),
  'date-unknown': unclear('This is no date with day, month and year.'),
  // The row as a whole
  'organisation-from-host': likely('The row names no organisation; the one that holds the host was taken.'),
  'organisation-from-name': likely('The row names no organisation; one of the name of the entry is proposed.'),
  'organisation-new': likely('No organisation is known by this name; it would be a new one.'),
  'organisation-differs': unclear('The entry is run by another organisation. It was left as it is.'),
  'name-differs': likely('The entry is known by another name.'),
  'name-language': unclear('It is not known in which language this name is. It was left out.'),
  'area-added': likely('The entry does not serve this country so far.'),
  'values-kept': certain('The row does not name everything the entry holds. Nothing is taken away.'),
  'value-replaced': likely('The entry holds another value here. Check which is right.'),
  'value-added': likely('The entry does not hold this so far.'),
  'cell-edited': certain('The cell was edited; where it is empty now, the value is taken away.'),
  'notes-appended': certain('The text was added to the internal notes.'),
  // Since the last list of the same partner
  'list-said-before': certain(
    'The last list said so as well, and the directory does not: it was not taken, is still in review, or was changed since. Nothing was changed.',
  ),
  'list-preferred': likely(
    'List and directory were both changed since the last list. A person decided for what the list says.',
  ),
  'list-meant': likely('The directory alone does not tell which entry this is; the last list meant this one by it.'),
  'list-no-longer-says': unclear(
    'The last list gave this, and this one does not. Nothing was taken away. Check whether it still works.',
  ),
  'document-field-unknown': likely('This field is not known in our schema and was left out.'),
} as const satisfies Record<string, { certainty: Certainty; message: string }>;

export type NoteCode = keyof typeof NOTES;

/** What was done to one value. `column` is the header of its column, or the name of the field for constants and documents. */
export interface Note {
  column: string;
  code: NoteCode;
  from: string;
  to?: string;
  certainty: Certainty;
  message: string;
  /** One sentence more, where there is more to say. */
  detail?: string;
}

/** Makes a note; its certainty and message are those of the closed list. */
export function note(code: NoteCode, from: string, to?: string, detail?: string): Omit<Note, 'column'> {
  return {
    code,
    from,
    ...(to === undefined ? {} : { to }),
    ...NOTES[code],
    ...(detail === undefined || detail === '' ? {} : { detail }),
  };
}

/** What reading a cell gives: the values that may be applied, and what was done or left out. */
export interface Reading<T> {
  values: T[];
  notes: Omit<Note, 'column'>[];
}

const rank: Record<Certainty, number> = { certain: 0, likely: 1, unclear: 2 };

/** The least certain of all; certain when there is nothing to doubt. */
export const leastCertain = (all: Iterable<Certainty>): Certainty => {
  let least: Certainty = 'certain';
  for (const certainty of all) if (rank[certainty] > rank[least]) least = certainty;
  return least;
};
