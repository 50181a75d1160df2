/**
 * Every reason why a file is not read: one closed list. `status` is the HTTP status. Each refusal says the place, and what to do:
 * whoever sent the file is seldom who made it.
 */
export const READ_REFUSALS = {
  'file-empty': { status: 422, title: 'The file holds no rows' },
  'file-too-large': { status: 413, title: 'The file is too large' },
  'too-many-rows': { status: 413, title: 'The file has too many rows' },
  'too-many-columns': { status: 422, title: 'A row has too many columns' },
  'cell-too-long': { status: 422, title: 'A cell is too long' },
  'file-compressed': { status: 415, title: 'Compressed files are not taken' },
  'format-unknown': { status: 415, title: 'This is no format that can be read' },
  'archive-unsafe': { status: 422, title: 'The file is packed in a way that could do harm' },
  'encoding-invalid': { status: 422, title: 'The text is not in an encoding that can be read for certain' },
  'nul-byte': { status: 422, title: 'The text holds a NUL byte' },
  'quote-unclosed': { status: 422, title: 'A quotation mark is opened and never closed' },
  'workbook-broken': { status: 422, title: 'The workbook is damaged' },
  'sheet-unknown': { status: 422, title: 'The workbook has no such sheet' },
  'json-malformed': { status: 422, title: 'This is not valid JSON' },
  'document-unknown': { status: 422, title: 'This JSON holds no entries that are known here' },
  'package-broken': { status: 422, title: 'The package of tables is damaged' },
  'out-of-time': { status: 422, title: 'Reading the file took too long' },
  'out-of-memory': { status: 422, title: 'Reading the file took too much memory' },
  cancelled: { status: 409, title: 'Reading was cancelled' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ReadRefusalCode = keyof typeof READ_REFUSALS;

/** Where in a file something stands. All are counted from 1, but `byte`, which is an offset. */
export interface Place {
  byte?: number;
  line?: number;
  column?: number;
  sheet?: string;
  /** A file inside a package. */
  file?: string;
}

/** Why a file is not read. */
export interface ReadRefusal {
  code: ReadRefusalCode;
  /** What is wrong, where, and how to mend it: whole sentences. */
  detail: string;
  place?: Place;
}

/** Ends reading, wherever it is; `read` gives its refusal back, so no caller sees it thrown. */
export class ReadProblem extends Error {
  readonly refusal: ReadRefusal;

  constructor(code: ReadRefusalCode, detail: string, place?: Place) {
    super(detail);
    this.name = 'ReadProblem';
    this.refusal = { code, detail, ...(place === undefined ? {} : { place }) };
  }
}

/** `Line 7, column 3`; with the sheet or the file inside the package in front. */
export function placeText({ sheet, file, line, column, byte }: Place): string {
  const said = [
    sheet === undefined ? '' : `Sheet "${sheet}"`,
    file ?? '',
    line === undefined ? '' : `line ${line}`,
    column === undefined ? '' : `column ${column}`,
    byte === undefined ? '' : `byte ${byte}`,
  ];
  const text = said.filter(Boolean).join(', ');
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
