import { URGENT_REASONS, type UrgentList } from '@waymark/domain/urgentRule';
import { ReaderProblem } from './problem.ts';
import { isSafeInt, isTree, listOf, treeOf } from './tuf/shape.ts';

export const WITHDRAWN = 'urgent/withdrawn.json';

/** What may not be shown for now, ahead of the next snapshot (SNAPSHOTS §4.5). The rule for it is `applyUrgent`. */
export type Withdrawals = UrgentList & { sequence: number };

/** Nothing is withdrawn. */
export const NO_WITHDRAWALS: Withdrawals = { sequence: 0, withdrawn: [] };

/**
 * Reads `urgent/withdrawn.json`. It can hide and mark, and nothing else: whatever else stands in it is passed over, and a reason of a
 * later vocabulary is `other`.
 * @throws ReaderProblem `malformed`, `schema-unknown`
 */
export function parseWithdrawals(bytes: Uint8Array): Withdrawals {
  const file = treeOf(jsonOf(bytes), 'withdrawals');
  if (file['schema'] !== '1') throw new ReaderProblem('schema-unknown', 'the list of withdrawals is of another schema');
  const sequence = file['sequence'];
  if (!isSafeInt(sequence) || sequence < 1) throw new ReaderProblem('malformed', 'withdrawals have no sequence');
  const withdrawn = listOf(file['withdrawn'], 'withdrawn').map((item) => {
    const { id, channels, reason, since } = treeOf(item, 'withdrawal');
    if (typeof id !== 'string') throw new ReaderProblem('malformed', 'a withdrawal names no entry');
    return {
      id,
      channels: channels === undefined ? undefined : listOf(channels, 'channels').map(String),
      reason: URGENT_REASONS.find((known) => known === reason) ?? 'other',
      since: typeof since === 'string' ? since : '',
    };
  });
  return { sequence, withdrawn };
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    const value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
    return isTree(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
