import { isTree } from '@waymark/domain';
import type { Decision, RowOutcome } from '@waymark/import';
import type { RowAnswer, RowDecisionRecord } from '@waymark/store';

/**
 * What is to be remembered of rows that people said are new, once they were proposed: that they mean the entry that was made of them. Else
 * every later file that says the same would make it anew.
 * @param answers what became of the rows
 * @param decided what is remembered of them so far
 * @returns decisions that replace those, by who said so
 */
export function settledDecisions(
  outcomes: readonly Pick<RowOutcome, 'row' | 'fingerprint'>[],
  answers: readonly Pick<RowAnswer, 'row' | 'recordId' | 'state'>[],
  decided: readonly Pick<RowDecisionRecord, 'fingerprint' | 'decision' | 'decidedBy'>[],
): { fingerprint: string; decision: Decision; decidedBy: string }[] {
  const made = new Map(answers.flatMap(({ row, recordId, state }) => (recordId && state ? [[row, recordId]] : [])));
  const saidNew = new Map(
    decided
      .filter(({ decision }) => isTree(decision) && decision['action'] === 'new')
      .map(({ fingerprint, decidedBy }) => [fingerprint, decidedBy]),
  );
  return outcomes.flatMap(({ row, fingerprint }) => {
    const [id, decidedBy] = [made.get(row), saidNew.get(fingerprint)];
    return id === undefined || decidedBy === undefined
      ? []
      : [{ fingerprint, decision: { action: 'entry', id }, decidedBy } as const];
  });
}
