import type { Gone, Guess, Limits, Mapping, ReadRefusal, Reading, RowOutcome } from '@waymark/import';
import type { ImportReading } from '@waymark/domain';

/** What a thread gets to do: look into a file that was sent, give its rows as they stand there, or say what the rows of a kept one would become. */
export type Work =
  | { look: Uint8Array; reading: ImportReading; limits: Limits }
  | { cells: Uint8Array; reading: ImportReading; limits: Limits }
  | { preview: { databaseFile: string; importId: string; limits: Limits } };

/** A file at first sight: enough to say what its columns mean. */
export interface Look {
  reading: Reading;
  header: string[];
  /** The first rows as they stand there. */
  sample: string[][];
  rowCount: number;
  guesses: Guess[];
  mapping: Mapping;
}

/** A row as it was sent, with what would become of it. */
export interface PreviewRow {
  outcome: RowOutcome;
  cells: string[];
  /** Of an update: the revision of the entry that it was compared with. */
  baseRevision?: number;
  /** Who decided on the row, where somebody did. */
  decidedBy?: string;
}

/** The list of the same partner that a file was held against, and the entries that only that one names. */
export interface SinceLast {
  id: string;
  name: string;
  committedAt: string;
  gone: Gone[];
}

export interface PreviewEnd {
  /** What it was made of: the import, the directory and the decisions as they were. */
  stamp: string;
  /** Hash of all outcomes: who commits says with it what they saw. */
  digest: string;
  since: SinceLast | undefined;
}

export type Message =
  | { looked: Look }
  | { header: string[] }
  | { cells: string[][] }
  | { refusal: ReadRefusal }
  | { progress: { done: number; total: number } }
  | { rows: PreviewRow[] }
  | { end: PreviewEnd };
