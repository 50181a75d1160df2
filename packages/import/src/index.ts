export {
  editedEntry,
  ENTRY_COLUMNS,
  ENTRY_HEADER,
  REVISION,
  toEntryRow,
  type EditedEntry,
  type EntryColumn,
} from './columns.ts';
export { COMMAND_LINE_LIMITS, UPLOAD_LIMITS, type Limits } from './read/limits.ts';
export type { Progress, ReadOptions } from './read/options.ts';
export { read, type ReadResult } from './read/read.ts';
export { readInWorker, type WorkerOptions } from './read/readInWorker.ts';
export { READ_REFUSALS, type Place, type ReadRefusal, type ReadRefusalCode } from './read/refusal.ts';
export { FIX_COLUMNS, isReportColumn, REPORT_COLUMNS } from './report/reportColumns.ts';
export { documentCells, reportTable, resultReport, subjectInWords, type ReportRow } from './report/resultReport.ts';
export {
  channelInWords,
  countOutcomes,
  noteInWords,
  notesToLookAt,
  OUTCOME_WORDS,
  reasonsInWords,
  type ReportedOutcome,
} from './report/words.ts';
export type { Reading, Source, SourceRow } from './source.ts';
export { startThread } from './thread.ts';
export { guessMapping, GUESS_REASONS, type Guess, type GuessReason } from './understand/guessMapping.ts';
export { IMPORT_FIELDS, ImportField } from './understand/importField.ts';
export { applyMapping, Mapping, MappingProfile, type AppliedProfile } from './understand/mapping.ts';
export { NOTES, type Certainty, type Note, type NoteCode } from './understand/note.ts';
export { writeCsv } from './write/csv.ts';
export { writeXlsx } from './write/xlsx.ts';
export type { Moved } from './understand/applyRow.ts';
export { ReadLastList, type Gone, type LastList } from './understand/lastList.ts';
export type { ListConflict } from './understand/listNews.ts';
export { readyDirectory, type ReadyDirectory } from './understand/readyDirectory.ts';
export { understand } from './understand/outcome.ts';
export {
  QUESTIONS,
  SINCE,
  type Decision,
  type Decisions,
  type Provenance,
  type Question,
  type RowOutcome,
  type Since,
} from './understand/outcomeTypes.ts';
export { REJECTIONS, type Rejection, type RejectionCode } from './understand/rejection.ts';
export {
  DUPLICATE_REASONS,
  likelyEntries,
  likelyOrganisations,
  pairKey,
  type DuplicateReason,
  type LikelyPair,
  type LikelyPairs,
} from './understand/match/duplicates.ts';
export { MATCH_REASONS, type Candidate, type MatchReason } from './understand/match/score.ts';
export type { Directory } from './understand/match/known.ts';
export { nameKey } from './understand/match/name.ts';
export { slugFor, type EntryDraft, type OrganisationGuess } from './understand/newEntry.ts';
export { writeXlsxInWorker } from './write/writeXlsxInWorker.ts';
