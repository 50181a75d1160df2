import type { Change, Effect, Entry, Organisation, RecordState, Refusal, UnitableType } from '@waymark/domain';
import type { Links, Page, References } from '../contract.ts';

/** One of two records that may be one, as a row shows it. */
export type DuplicateSide = {
  id: string;
  name: string;
  slug: string;
  state: RecordState;
  kind: string;
  updatedAt: string;
  organisationName: string | null;
  countries: string[];
  address: string | null;
};

export type Dismissal = { reason: string; by: string; byName: string; at: string };

export type DuplicateRow = {
  first: DuplicateSide;
  second: DuplicateSide;
  score: number | null;
  reasons: string[];
  dismissed: Dismissal | null;
};

export type DuplicateList = Page<DuplicateRow> & { state: 'ready' | 'working' | 'failed'; asOf: string | null };

export type PairSide = { id: string; slug: string; state: RecordState; revision: number; doc: Entry | Organisation };

export type DuplicatePair = {
  type: UnitableType;
  stays: PairSide;
  goes: PairSide;
  likely: { score: number; reasons: string[] } | null;
  dismissed: Dismissal | null;
  changes: Change[];
  united: Entry | Organisation;
  effects: Effect[];
  links: Links;
  references: References;
  proposalId: string | null;
  can: Record<'merge' | 'dismiss' | 'reopen', Refusal | null>;
};
