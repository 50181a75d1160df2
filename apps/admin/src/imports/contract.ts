import type { Change, Conflict, Evidence, OrganisationType, Refusal, RetireReason } from '@waymark/domain';

/** A file on its way into the directory, as the API answers it. */
export type ImportState = 'open' | 'committed' | 'discarded';
export type Certainty = 'certain' | 'likely' | 'unclear';

/** What a column can mean, and whether several columns of a file may mean it; the server refuses others. */
export const FIELDS = {
  name: { many: false },
  otherName: { many: true },
  organisation: { many: false },
  kind: { many: false },
  country: { many: true },
  website: { many: true },
  reportLink: { many: false },
  chat: { many: false },
  phone: { many: true },
  sms: { many: true },
  whatsapp: { many: true },
  email: { many: true },
  languages: { many: true },
  hours: { many: false },
  anonymous: { many: false },
  cost: { many: false },
  summary: { many: false },
  notes: { many: true },
  source: { many: false },
  lastChecked: { many: false },
  id: { many: false },
  slug: { many: false },
} as const;
export type Field = keyof typeof FIELDS;

export type DateOrder = 'dmy' | 'mdy' | 'ymd';

export type MappedColumn = { header: string; field: Field | null; language?: string };
export type Mapping = {
  columns: MappedColumn[];
  constants: Partial<Record<Field, string>>;
  options: { dateOrder?: DateOrder; country?: string; timeZone?: string; ownTable?: true; language?: string };
};

/** What one column is thought to mean, why, and how sure that is. */
export type Guess = {
  column: number;
  header: string;
  field: Field | null;
  certainty: Certainty;
  reason: string;
  message: string;
  samples: string[];
};

/** How a file was read. */
export type Reading = {
  format: 'delimited' | 'html' | 'xlsx' | 'json' | 'ndjson' | 'hsds' | 'hsds-tabular';
  encoding?: string;
  delimiter?: string;
  sheet?: string;
  sheets?: string[];
};

export const ACTIONS = ['decide', 'new', 'update', 'duplicate', 'reject'] as const;
export type Action = (typeof ACTIONS)[number];

/** Counts of rows nobody has computed yet. */
export const NO_ROWS: Record<Action, number> = { decide: 0, new: 0, update: 0, duplicate: 0, reject: 0 };

export type Preview = {
  state: 'none' | 'working' | 'ready' | 'failed';
  /** Rows compared so far, and how many there are; 0 while the file is being read. */
  done: number;
  total: number;
  counts: Record<Action, number> | null;
  /** Rows with something that a person should look at. */
  toLookAt: number;
  /** Rows that a commit would propose, and those it would leave out until a person decided. */
  toPropose: number;
  undecided: number;
  digest: string | null;
  /** Something changed since it was made. */
  isOutdated: boolean;
  refusal: Refusal | null;
  /** How the rows stand to the last list of the same partner, where there is one. */
  since: SinceLast | null;
};

export type Since = 'added' | 'changed' | 'same';

/** The list of the same partner that was taken before, and how many rows stand how to it. */
export type SinceLast = { id: string; name: string; committedAt: string; gone: number } & Record<Since, number>;

/** An entry that only the last list named, in this row of it. */
export type GoneEntry = { id: string; name: string; slug: string | null; row: number };

export type Profile = { id: string; name: string };

export type ImportRow = {
  id: string;
  name: string;
  size: number;
  sha256: string;
  state: ImportState;
  version: number;
  authorId: string;
  authorName: string;
  createdAt: string;
  updatedAt: string;
  batchId: string | null;
  profile: Profile | null;
};

export type ImportView = ImportRow & {
  /** How the file was read; null when it cannot be. */
  reading: Reading | null;
  /** What somebody chose of it. */
  chosen: { sheet?: string; delimiter?: string };
  header: string[];
  sample: string[][];
  rowCount: number;
  guess: Guess[];
  mapping: Mapping;
  /** Columns that the profile does not know, and those of it that the file does not have. */
  profileGaps: { unknown: string[]; missing: string[] } | null;
  refusal: Refusal | null;
  preview: Preview;
  can: Record<'map' | 'decide' | 'commit' | 'discard', Refusal | null>;
};

/** What was done to a value on its way from a cell to a field, or why it was left out. */
export type Note = {
  column: string;
  code: string;
  from: string;
  to?: string;
  certainty: Certainty;
  message: string;
  detail?: string;
};

export type Candidate = {
  id: string;
  name: string;
  slug: string | null;
  score: number;
  verdict: 'same' | 'maybe';
  reasons: { code: string; message: string }[];
};

export type Decision = { action: 'entry'; id: string } | { action: 'new' } | { action: 'reject'; reason?: string };

/** One row of the file and what becomes of it. */
export type Outcome = {
  row: number;
  line: number;
  fingerprint: string;
  action: Action;
  certainty: Certainty;
  cells: string[];
  notes: Note[];
  candidates: Candidate[];
  /** The entry it is about, or `row:12` of the same file. */
  of: string | null;
  ofName: string | null;
  /** Who runs a new entry; without id it would be a new organisation too. */
  organisation: { id: string | null; name: string } | null;
  fields: string[];
  changes: Change[];
  question: { code: string; message: string } | null;
  rejection: { code: string; message: string; column?: string; detail?: string } | null;
  /** A person decided on this row. */
  overruled: boolean;
  since: Since | null;
  /** Where the last list, this list and the directory all say something else. */
  disagreements: Conflict[];
};

/** Who says so, as one source for all rows. */
export type Attestation = Pick<Evidence, 'kind' | 'title' | 'publisher' | 'url' | 'capturedAt' | 'publishedAt'>;

export type CommitRequest = {
  digest: string;
  title: string;
  evidence: Attestation;
  /** What new organisations are, where there are any. */
  organisationType?: OrganisationType;
  /** Of the entries that are gone from the list: those to retire. */
  retire?: { id: string; reason: RetireReason }[];
};
