import type { ProposalState } from '@waymark/domain';

/** What a verb says it did, where nobody looks at the whole proposal: imports and bulk work. */
export type Receipt = { id: string; state: ProposalState; version: number; contentHash: string };

export function receiptOf({ id, state, version, contentHash }: Receipt): Receipt {
  return { id, state, version, contentHash };
}
