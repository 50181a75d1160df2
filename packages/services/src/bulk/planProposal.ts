import {
  changedEntry,
  diffDocuments,
  recordStateRefusal,
  refuse,
  retirementRefusal,
  submitRefusal,
  withSharedEvidence,
  type BulkAction,
  type DirectoryRecord,
  type Entry,
  type EntryChange,
  type Refusal,
  type Retirement,
  type SharedEvidence,
} from '@waymark/domain';
import { orThrow, Problem, recordReferences, type Reader } from '@waymark/store';
import { assess } from '../proposals/assess.ts';
import type { Planner, Step } from './plan.ts';

export type Proposing = EntryChange | Extract<BulkAction, { action: 'retire' }>;

/** The proposal an action makes of an entry, judged by the rules it will be submitted under. */
export async function planProposal(
  { read, actor }: Planner,
  action: Proposing,
  evidence: SharedEvidence | undefined,
  record: DirectoryRecord<'entry'>,
): Promise<Step> {
  const kind = action.action === 'retire' ? 'retire' : 'update';
  const stateRefusal = recordStateRefusal(kind, record.state);
  if (stateRefusal) return refused(stateRefusal);
  const changed =
    action.action === 'retire' ? retired(record.doc, action.retirement) : changedEntry(action, record.doc);
  if ('refusal' in changed) return refused(changed.refusal);
  const changes = diffDocuments(record.doc, changed.doc);
  const doc = evidence
    ? withSharedEvidence(
        changed.doc,
        evidence,
        changes.map(({ path }) => path),
      )
    : changed.doc;
  const assessed = await assess(
    read,
    {
      kind,
      recordType: 'entry',
      recordId: record.id,
      baseRevision: record.revision,
      mergedId: null,
      mergedRevision: null,
      doc,
    },
    record.doc,
  );
  if (assessed.problems.length > 0) return refused(refuse('document-invalid', undefined, assessed.problems), changes);
  const lacks = submitRefusal({ state: 'draft', conflictCount: 0 }, actor, {
    kind,
    problems: [],
    changeCount: changes.length,
    unsupportedPaths: assessed.unsupportedPaths,
  });
  return { row: { outcome: lacks ? 'draft' : 'review', refusal: lacks ?? null, changes }, doc };
}

const refused = (refusal: Refusal, changes: Step['row']['changes'] = []): Step => ({
  row: { outcome: 'refused', refusal, changes },
});

function retired(entry: Entry, retirement: Retirement): { doc: Entry } | { refusal: Refusal } {
  // Whoever others are sent to cannot leave with them.
  if (retirement.successors.includes(entry.id)) return { refusal: refuse('successor-not-active') };
  return { doc: { ...entry, retirement } };
}

/** @throws Problem successor-required, successor-not-active */
export async function refuseUnfitRetirement(read: Reader, retirement: Retirement): Promise<void> {
  orThrow(retirementRefusal(retirement));
  const known = await recordReferences(read, retirement.successors);
  const isActive = (id: string) => known[id]?.type === 'entry' && known[id].state === 'active';
  if (!retirement.successors.every(isActive)) throw new Problem(refuse('successor-not-active'));
}
