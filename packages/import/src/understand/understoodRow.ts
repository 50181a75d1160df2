import type { Hours, PhoneNumber } from '@waymark/domain';
import type { ImportField } from './importField.ts';
import type { KindReading } from './normalise/kind.ts';
import type { Note } from './note.ts';

/** What a row says, value by value. Absent and empty mean that it says nothing; nothing is never "no". */
export interface UnderstoodRow {
  row: number;
  line: number;
  /** Hash of what the row says in its mapped columns, wherever it stands in the file: decisions of people are kept by it. */
  fingerprint: string;
  id?: string;
  slug?: string;
  name?: string;
  /** Language of the name, if the profile says it. */
  nameLanguage?: string;
  otherNames: string[];
  organisation?: string;
  kind?: KindReading;
  areas: string[];
  websites: string[];
  reportLink?: string;
  chat?: string;
  phones: PhoneNumber[];
  sms: PhoneNumber[];
  whatsapp: PhoneNumber[];
  emails: string[];
  languages: string[];
  hours?: Hours;
  /** Whether one may stay anonymous. */
  anonymous?: 'yes' | 'no' | 'unknown';
  cost?: 'free' | 'standard';
  summary?: string;
  summaryLanguage?: string;
  remarks: string[];
  source?: string;
  lastChecked?: string;
  notes: Note[];
  /** Headers of the columns that say something about a field. */
  columns: Partial<Record<ImportField, string>>;
  /** Fields whose cell held a formula, or something that would run in a browser. */
  formulas: ReadonlySet<ImportField>;
  scripts: ReadonlySet<ImportField>;
}
