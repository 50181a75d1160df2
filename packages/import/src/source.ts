/** Where a table came from, and how it had to be read. */
export interface Reading {
  format: 'delimited' | 'xlsx' | 'json' | 'ndjson' | 'hsds' | 'hsds-tabular';
  /** Of delimited text: the name of its encoding as the WHATWG Encoding Standard spells it. */
  encoding?: string;
  /** Of delimited text: the character between two cells. */
  delimiter?: string;
  /** Of a workbook: the sheet that was read. */
  sheet?: string;
}

/** One row as it stands in the file: nothing of it is understood yet. */
export interface SourceRow {
  /** Counted from 1, without the header. */
  row: number;
  /** Line of the file on which it begins, counted from 1; of a workbook the number of the row in its sheet. */
  line: number;
  /** Text of each cell, as many as the row has: it may be ragged. Empty for rows with a document. */
  cells: string[];
  /** From formats that say what their fields mean: (part of) an entry in our own schema, not yet checked. */
  doc?: unknown;
}

/** A file read whole. */
export interface Source {
  reading: Reading;
  /** Names of the columns as they stand in the file; empty for formats with documents. */
  header: string[];
  rows: SourceRow[];
}
