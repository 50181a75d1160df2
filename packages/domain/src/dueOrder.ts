import type { EntryStanding } from './verification.ts';
import type { RiskClass } from './vocabulary.ts';

/** What decides which check comes first. */
export type DueOrdered = Pick<EntryStanding, 'riskClass' | 'isSoleOption' | 'openAlarms' | 'unsafe' | 'dueAt'> & {
  recordId: string;
};

const CLASS_RANK: Record<RiskClass, number> = { G: 0, A: 2, B: 4, C: 6, D: 8 };

/**
 * How pressing a check is, the lowest first: what may be unsafe, what has an alarm, then by risk, a country's sole options
 * before others (issue "verification" §2). No clock in it, so that an index can hold it (store `DUE_RANK` says the same).
 */
export function dueRank({
  unsafe,
  openAlarms,
  riskClass,
  isSoleOption,
}: Omit<DueOrdered, 'dueAt' | 'recordId'>): number {
  const alarm = unsafe ? 0 : openAlarms > 0 ? 10 : 20;
  return alarm + CLASS_RANK[riskClass] + (isSoleOption ? 0 : 1);
}

/** Order of the queue of checks: by rank, then by the day they were due. Total: no two entries are equal. */
export function compareDue(a: DueOrdered, b: DueOrdered): number {
  return dueRank(a) - dueRank(b) || compareText(a.dueAt, b.dueAt) || compareText(a.recordId, b.recordId);
}

// Instants of ours are all written by `toISOString`, so they compare as text.
function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
