/** Where a table came from, and how it had to be read. */
export interface Reading {
  format: 'delimited' | 'html' | 'xlsx' | 'json' | 'ndjson' | 'hsds' | 'hsds-tabular';
  /** Of text: the name of its encoding as the WHATWG Encoding Standard spells it. */
  encoding?: string;
  /** Of delimited text: the character between two cells. */
  delimiter?: string;
  /** Of a workbook: the sheet that was read. */
  sheet?: string;
  /** Of a workbook: every sheet, in its order, so that another can be chosen. */
  sheets?: string[];
  /** Records of other types that stand in the file and are no rows: how many of each. */
  passedOver?: Record<string, number>;
}

/** One row as it stands in the file: nothing of it is understood yet. */
export interface SourceRow {
  /** Counted from 1, without the header. */
  row: number;
  /** Line of the file on which it begins, counted from 1; of a workbook the number of the row in its sheet. */
  line: number;
  /** Text of each cell, as many as the row has: it may be ragged. Empty for rows with a document. */
  cells: string[];
  /** Places in `cells` that a formula computed: the text is the result that was last saved. Absent when there are none. */
  formulas?: number[];
  /** Of a workbook: the row was hidden. It is read all the same. */
  hidden?: true;
  /** From formats that say what their fields mean: (part of) an entry in our own schema, not yet checked. */
  doc?: unknown;
}

/** A file read whole. */
export interface Source {
  reading: Reading;
  /** Names of the columns as they stand in the file; empty for formats with documents. */
  header: string[];
  rows: SourceRow[];
  /** Organisations that stand in the file: (parts of) documents in our own schema, not yet checked, to which rows refer by id. */
  organisations?: unknown[];
}
