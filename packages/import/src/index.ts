export type { Reading, Source, SourceRow } from './source.ts';
export { guessMapping, GUESS_REASONS, type Guess, type GuessReason } from './understand/guessMapping.ts';
export { IMPORT_FIELDS, ImportField } from './understand/importField.ts';
export { applyMapping, Mapping, MappingProfile, type AppliedProfile } from './understand/mapping.ts';
export { NOTES, type Certainty, type Note, type NoteCode } from './understand/note.ts';
