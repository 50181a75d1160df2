import { notesToLookAt, type ReportedOutcome, type RowOutcome } from '@waymark/import';

/**
 * What is kept of a row with its batch, for the report: what became of it and why, without the documents, which stand in the proposals,
 * and without the cells, which stand in the file alone.
 */
export type KeptOutcome = ReportedOutcome;

export function keptOutcome(outcome: RowOutcome): KeptOutcome {
  const slim = { ...outcome, notes: notesToLookAt(outcome), candidates: outcome.candidates.slice(0, 3) };
  if (slim.action === 'decide') {
    const { moved: _, ...rest } = slim;
    return rest;
  }
  if (slim.action === 'new') return { ...slim, draft: { slug: slim.draft.slug } };
  if (slim.action !== 'update') return slim;
  const { doc: _, ...rest } = slim;
  return rest;
}
