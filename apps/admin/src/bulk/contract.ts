import type { BulkAction, Change, Effect, RecordState, Refusal, SharedEvidence } from '@waymark/domain';

/** Which entries are meant: these, or all that a filter of the list finds. */
export type Selection = { ids: readonly string[] } | { filter: Record<string, unknown> };

export type BulkRequest = { selection: Selection; action: BulkAction; evidence?: SharedEvidence };

export const OUTCOMES = ['review', 'draft', 'done', 'unchanged', 'refused'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export type BulkRow = {
  recordId: string;
  name: string;
  slug: string | null;
  state: RecordState | null;
  revision: number;
  outcome: Outcome;
  refusal: Refusal | null;
  changes: Change[];
  /** As much of the document as names its channels. */
  outline: unknown;
  paths: string[];
  proposalId: string | null;
};

export type BulkPreview = {
  digest: string;
  counts: Record<Outcome, number>;
  reasons: { code: string; count: number }[];
  effects: Effect[];
  effectCount: number;
  rows: BulkRow[];
  total: number;
  page: number;
  perPage: number;
};

export type BulkReceipt = {
  batchId: string | null;
  results: Record<string, number>;
  refused: { recordId: string; name: string; refusal: Refusal }[];
};

/** What a dialog is opened for. */
export type ActionName = BulkAction['action'];
