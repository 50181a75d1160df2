import type {
  BatchKind,
  BatchRowResult,
  Change,
  ProposalKind,
  ProposalState,
  RecordType,
  Refusal,
  Risk,
  StateCounts,
} from '@waymark/domain';
import type { Reference, References } from '../contract.ts';

/** Proposals that belong together, as the API says it. */
export type BatchListed = {
  id: string;
  kind: BatchKind;
  title: string;
  authorId: string;
  authorName: string;
  createdAt: string;
  undoes: string | null;
  results: Partial<Record<BatchRowResult, number>>;
  states: StateCounts;
};

export type RelatedBatch = { id: string; title: string; states: StateCounts };

export type BatchView = BatchListed & {
  request: unknown;
  source: { importId: string; name: string; sha256: string } | null;
  undone: RelatedBatch | null;
  undoneBy: RelatedBatch[];
  /** Records that came into the directory with it. */
  brought: number;
  can: Record<'withdraw' | 'undo', Refusal | null>;
};

export type RowProposal = {
  id: string;
  kind: ProposalKind;
  recordType: RecordType;
  recordName: string;
  state: ProposalState;
  risk: Risk;
  contentHash: string;
  version: number;
  requiredApprovals: number;
  approvals: number;
  conflictCount: number;
  changes: Change[];
  /** As much of the documents as names the channels and sources in them. */
  outline: unknown;
  references: References;
  can: Record<'approve' | 'requestChanges' | 'decline', Refusal | null>;
};

export type BatchRow = {
  position: number;
  row: number | null;
  recordId: string | null;
  /** The record it is about, where it is in the directory. */
  record: Reference | null;
  result: BatchRowResult;
  refusal: Refusal | null;
  detail: unknown;
  proposal: RowProposal | null;
};

/** One proposal that a decision or a sending would name, with the hash of the content that was seen. */
export type Selected = Pick<RowProposal, 'id' | 'kind' | 'recordType' | 'recordName' | 'contentHash'>;
