import { nextAttemptAt } from '@waymark/domain';
import { putNextAttempt, type Writer } from '@waymark/store';

/**
 * Plans when somebody tries again after an attempt that reached nobody, in the transaction that records it.
 * @param attempt the one that failed, from 1
 * @returns when; null after the fourth, when a lead decides what becomes of the entry (DOMAIN §3.6)
 */
export async function planNextAttempt(
  tx: Writer,
  recordId: string,
  attempt: number,
  now: string,
): Promise<string | null> {
  const at = nextAttemptAt(attempt, now);
  await putNextAttempt(tx, recordId, attempt + 1, at);
  return at;
}
