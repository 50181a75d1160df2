import type { Entry } from '@waymark/domain';
import type { SourceRow } from '../source.ts';
import { applyDocument, newDocument, readDocument } from './document.ts';
import { applyRow, type Applied, type Surroundings } from './applyRow.ts';
import type { Mapping } from './mapping.ts';
import { rowToKnown, type Known } from './match/known.ts';
import { newEntry, type EntryDraft, type OrganisationGuess } from './newEntry.ts';
import type { Note } from './note.ts';
import type { Provenance } from './outcomeTypes.ts';
import { readRow } from './readRow.ts';
import { refuseRow, refuseShape } from './refuseRow.ts';
import type { Rejection } from './rejection.ts';

/** A row that was read, whatever its form: what it is compared by, what it changes, and what it would be as a new entry. */
export interface RowReading {
  row: number;
  line: number;
  fingerprint: string;
  notes: Note[];
  provenance: Provenance;
  known: Known;
  /** Id or handle of the entry it names by itself. */
  names?: { id?: string; slug?: string };
  applyTo: (entry: Entry) => Applied;
  makeNew: () => { draft: EntryDraft; organisation: OrganisationGuess; notes: Note[] } | Rejection;
}

export type Refused = Pick<RowReading, 'row' | 'line' | 'fingerprint' | 'notes' | 'provenance'> & {
  rejection: Rejection;
};

/** Reads one row of a file, of cells or with a document. */
export function readSourceRow(
  source: SourceRow,
  header: readonly string[],
  mapping: Mapping,
  around: Surroundings,
): RowReading | Refused {
  if (source.doc !== undefined) return readDocumentRow(source, around);
  const row = readRow(source, mapping);
  const provenance = {
    ...(row.source === undefined ? {} : { source: row.source }),
    ...(row.lastChecked === undefined ? {} : { checked: row.lastChecked }),
  };
  const base = { row: row.row, line: row.line, fingerprint: row.fingerprint, notes: row.notes, provenance };
  const rejection = refuseShape(source, header) ?? refuseRow(row);
  if (rejection) return { ...base, rejection };
  return {
    ...base,
    known: rowToKnown(row),
    ...(row.id === undefined && row.slug === undefined
      ? {}
      : {
          names: {
            ...(row.id === undefined ? {} : { id: row.id }),
            ...(row.slug === undefined ? {} : { slug: row.slug }),
          },
        }),
    applyTo: (entry) => applyRow(entry, row, around),
    makeNew: () => newEntry(row, around.organisations, around.language),
  };
}

/** Reads one row that is a document in our own schema. */
export function readDocumentRow(source: SourceRow, around: Surroundings): RowReading | Refused {
  const read = readDocument(source, around.organisations);
  const base = { row: source.row, line: source.line, fingerprint: read.fingerprint, notes: read.notes, provenance: {} };
  if ('rejection' in read) return { ...base, rejection: read.rejection };
  return {
    ...base,
    known: read.known,
    ...(read.names ? { names: read.names } : {}),
    applyTo: (entry) => applyDocument(entry, read),
    makeNew: () => newDocument(read, around.organisations, around.arriving ?? new Map()),
  };
}
