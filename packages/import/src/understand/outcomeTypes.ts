import type { Change, Entry } from '@waymark/domain';
import type { Moved } from './applyRow.ts';
import type { ImportField } from './importField.ts';
import type { ListConflict } from './listNews.ts';
import type { Candidate } from './match/score.ts';
import type { EntryDraft, OrganisationGuess } from './newEntry.ts';
import type { Certainty, Note } from './note.ts';
import type { Rejection } from './rejection.ts';

/** Why a row needs a person: one closed list. */
export const QUESTIONS = {
  'which-entry': 'It may be one of these entries, or a new one.',
  'record-not-active': 'The entry it means is retired or suspended. Decide whether it is to come back.',
  'entry-moved': 'The entry was changed after the table was made, in the same place. Decide which of the two is right.',
  'rows-disagree': 'Another row of this file says something else about the same entry.',
  'same-as-row': 'Another row of this file is about the same service and says other things of it.',
  'list-and-curator-disagree':
    'The list and the directory were both changed since the last list, and now say different things. Decide which of the two is right.',
  'proposed-before':
    'The last list named this service as well, and it is not in the directory: its proposal is still in review, or was declined. Decide whether it is to be proposed anew.',
  'decision-outdated': 'Somebody decided on this row before, but what it was decided for is no longer there.',
} as const;
export type Question = keyof typeof QUESTIONS;

/** Where a row comes from by its own words; no evidence by itself. */
export interface Provenance {
  source?: string;
  /** Day on which the partner looked. */
  checked?: string;
}

interface Common {
  row: number;
  line: number;
  fingerprint: string;
  notes: Note[];
  /** The least certain of what is applied: likely is for the reviewer to look at, unclear for a person before anything is proposed. */
  certainty: Certainty;
  /** Entries it was compared with, best first. */
  candidates: Candidate[];
  provenance: Provenance;
  /** A person had decided on this row before. */
  overruled: boolean;
  /** How it stands to the last list of the same partner, where there is one. */
  since?: Since;
}

/** The partner added the row, changed it, or says the same as in the last list. */
export const SINCE = ['added', 'changed', 'same'] as const;
export type Since = (typeof SINCE)[number];

/** What becomes of one row: exactly one of five. */
export type RowOutcome = Common &
  (
    | { action: 'new'; draft: EntryDraft; organisation: OrganisationGuess }
    | { action: 'update'; of: string; fields: string[]; changes: Change[]; doc: Entry }
    | { action: 'duplicate'; of: string | { row: number } }
    | { action: 'reject'; rejection: Rejection }
    | {
        action: 'decide';
        question: Question;
        message: string;
        fields: string[];
        /** The entry it is about, where only what becomes of it is in question. */
        of?: string;
        /** Of an entry that moved: what the row proposes all the same. */
        moved?: Moved;
        /** Of a list and a directory that disagree: what each says, and what the last list said. */
        disagreements?: ListConflict[];
      }
  );

/** What a person said of a row, kept by its fingerprint. */
export type Decision = { action: 'entry'; id: string } | { action: 'new' } | { action: 'reject'; reason?: string };
export type Decisions = ReadonlyMap<string, Decision>;

export type { ImportField };
