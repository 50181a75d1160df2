import type { ProposalState } from '@waymark/domain';

/** What a verb says it did, where nobody looks at the whole proposal: imports and bulk work. */
export type Receipt = { id: string; recordId: string; state: ProposalState; version: number; contentHash: string };

export function receiptOf({ id, recordId, state, version, contentHash }: Receipt): Receipt {
  return { id, recordId, state, version, contentHash };
}
