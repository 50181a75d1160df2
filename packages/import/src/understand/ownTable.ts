import { contentHash, diffDocuments, Entry, Id, mergeDocuments, sameValue } from '@waymark/domain';
import { editedEntry, ENTRY_COLUMNS, ENTRY_HEADER, REVISION, type EditedEntry } from '../columns.ts';
import { isReportColumn } from '../report/reportColumns.ts';
import type { Source, SourceRow } from '../source.ts';
import type { Applied, Surroundings } from './applyRow.ts';
import type { Known } from './match/known.ts';
import { PLACEHOLDER } from './newEntry.ts';
import { note, type Note } from './note.ts';
import { readDocumentRow, type Refused, type RowReading } from './reading.ts';
import { refuseShape } from './refuseRow.ts';
import { problemOf, reject, type Rejection } from './rejection.ts';

/**
 * Whether a file is (a part of) our own table of entries, edited and brought back: each of its columns is one of ours, one of them is
 * the id, and what stands under it is mostly ids. Lists of partners have an "id" too, and count by their own numbers.
 */
export function isOwnTable({ header, rows }: Source): boolean {
  const names = header.map((name) => name.trim()).filter((name) => name !== '' && !isReportColumn(name));
  const at = header.findIndex((name) => name.trim() === 'id');
  if (at < 0 || names.length < 2 || !names.every((name) => ENTRY_HEADER.includes(name))) return false;
  const filled = rows.flatMap(({ cells }) => (cells[at]?.trim() ? [cells[at].trim()] : []));
  return filled.filter((id) => Id.safeParse(id).success).length * 2 >= filled.length;
}

/** Cells by column, as a spreadsheet gave them back. */
type Row = ReadonlyMap<string, string>;

function rowOf({ cells }: SourceRow, { header, reading }: Source): Row {
  // A workbook does not keep empty cells at the end of a row; in a text they are missing, which says nothing of them.
  const present = reading.format === 'delimited' ? header.slice(0, cells.length) : header;
  return new Map(
    present
      .map((name, at) => [name.trim(), (cells[at] ?? '').replaceAll('\r\n', '\n')] as const)
      .filter(([name]) => !isReportColumn(name)),
  );
}

/**
 * Reads one row of our own table. A row with an id is about that entry alone, whatever it resembles; one without is a document like any
 * other, compared with the directory.
 */
export function readOwnRow(row: SourceRow, source: Source, around: Surroundings): RowReading | Refused {
  const cells = rowOf(row, source);
  const base = {
    row: row.row,
    line: row.line,
    fingerprint: contentHash(Object.fromEntries([...cells].map(([name, text]) => [name, text.toWellFormed()]))),
    notes: formulaNotes(row, source.header),
    provenance: {},
  };
  const refused = refuseShape(row, source.header) ?? refuseLength(row, source.header);
  if (refused) return { ...base, rejection: refused };
  const id = cells.get('id')?.trim() ?? '';
  if (id === '') return asNew(row, cells, around, base);
  if (around.index.get(id) === undefined) return { ...base, rejection: reject('unknown-id', 'id', id) };
  return {
    ...base,
    known: nothingKnown(row.row),
    names: { id },
    applyTo: (entry) => applyCells(entry, cells, around),
    makeNew: () => {
      const made = asNew(row, cells, around, base);
      return 'rejection' in made ? made.rejection : made.makeNew();
    },
  };
}

function refuseLength({ cells }: SourceRow, header: readonly string[]): Rejection | null {
  const isShifted = cells.slice(header.length).some((cell) => cell.trim() !== '');
  return isShifted ? reject('cell-unreadable', undefined, 'The row has more cells than the table has columns.') : null;
}

/** It is found by its id and compared with nothing. */
const nothingKnown = (row: number): Known => ({
  id: `row:${row}`,
  label: '',
  names: [],
  organisations: [],
  kinds: [],
  areas: [],
  addresses: [],
  phones: [],
  shortCodes: [],
  emails: [],
});

/** What the cells make of nothing. */
function asNew(
  row: SourceRow,
  cells: Row,
  around: Surroundings,
  base: Omit<Refused, 'rejection'>,
): RowReading | Refused {
  const empty = { id: PLACEHOLDER, slug: '', channels: [] } as unknown as Entry; // Cells are laid on it before it is checked.
  const { doc, problems } = lay(cells, empty);
  if (problems.length > 0) return { ...base, rejection: unreadable(problems) };
  const { id: _id, slug: _slug, ...members } = doc as Record<string, unknown>;
  const slug = cells.get('slug')?.trim() ?? '';
  const read = readDocumentRow({ ...row, doc: slug === '' ? members : { ...members, slug } }, around);
  return { ...read, fingerprint: base.fingerprint, notes: [...base.notes, ...read.notes] };
}

/** Lays the cells of a row on an entry, but for those that only say which entry it is. */
function lay(cells: Row, entry: Entry): EditedEntry {
  const formerly = [entry.slug, ...(entry.slugHistory ?? [])];
  const said = [...cells].filter(
    ([name, text]) =>
      name !== 'id' && name !== REVISION && !(name === 'slug' && (entry.slug === '' || formerly.includes(text.trim()))),
  );
  return editedEntry(
    said.map(([name]) => name),
    said.map(([, text]) => text),
    entry,
  );
}

const unreadable = (problems: EditedEntry['problems']): Rejection =>
  reject('cell-unreadable', problems[0]?.column, problems.map(({ column, fix }) => `${column}: ${fix}`).join(' '));

/**
 * What the cells change. Where the table says which revision it was made of, and the entry has moved since, only cells that differ from
 * that revision were edited; they are merged with what became of the entry (DESIGN §4.5).
 */
function applyCells(entry: Entry, cells: Row, { revisionOf, earlier }: Surroundings): Applied {
  const none: Applied = { doc: entry, fields: [], notes: [] };
  const revision = Number(cells.get(REVISION)?.trim() || Number.NaN);
  const current = revisionOf?.(entry.id);
  const isOwn = cells.get('id')?.trim() === entry.id;
  const hasMoved = isOwn && current !== undefined && Number.isInteger(revision) && revision !== current;
  const before = hasMoved ? earlier?.(entry.id, revision) : entry;
  const { doc, changed, problems } = lay(cells, before ?? entry);
  if (problems.length > 0) return { ...none, rejection: unreadable(problems) };
  if (sameValue(doc, before ?? entry)) return none;
  if (before === undefined) return { ...none, conflicts: changed };
  const { merged, conflicts } = mergeDocuments(before, entry, doc);
  if (conflicts.length > 0) {
    const parsed = Entry.safeParse(merged);
    const moved = parsed.success && { doc: parsed.data, changes: diffDocuments(entry, parsed.data), conflicts };
    return { ...none, conflicts: conflicts.map(({ path }) => path), ...(moved ? { moved } : {}) };
  }
  if (sameValue(merged, entry)) return none;
  const parsed = Entry.safeParse(merged);
  if (!parsed.success)
    return {
      ...none,
      rejection: reject('document-invalid', changed.length === 1 ? changed[0] : undefined, problemOf(parsed.error)),
    };
  // A cell may be written otherwise and say the same, or say what somebody changed meanwhile.
  const fields = changed.filter((column) => isOther(column, parsed.data, entry));
  return { doc: parsed.data, fields, notes: fields.map((column) => edited(column, entry, cells)) };
}

const cellOf = (column: string, entry: Entry): string =>
  ENTRY_COLUMNS.find(({ name }) => name === column)?.toCell(entry) ?? '';

/** Channels move up where a column before them is empty, so that theirs say only together what changed. */
const isOther = (column: string, after: Entry, before: Entry): boolean =>
  column.startsWith('channel ')
    ? !sameValue(after.channels, before.channels)
    : cellOf(column, after) !== cellOf(column, before);

const edited = (column: string, entry: Entry, cells: Row): Note => ({
  column,
  ...note('cell-edited', cellOf(column, entry), cells.get(column)),
});

/** A spreadsheet computed these; a reviewer is to look at what they change. */
const formulaNotes = ({ cells, formulas = [] }: SourceRow, header: readonly string[]): Note[] =>
  formulas.map((at) => ({ column: (header[at] ?? '').trim(), ...note('formula-result', cells[at] ?? '') }));
