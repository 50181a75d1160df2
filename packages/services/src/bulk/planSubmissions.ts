import { refuse, type DirectoryRecord } from '@waymark/domain';
import { openProposalsOf, type ProposalRecord } from '@waymark/store';
import { assess } from '../proposals/assess.ts';
import { baseDocument } from '../proposals/document.ts';
import { refuseUnready } from '../proposals/submit.ts';
import type { Planner, Step } from './plan.ts';
import { refusalOf } from './refusalOf.ts';

/** Each draft of an entry that waits for its submitting, judged as submitting it would. */
export async function planSubmissions(planner: Planner, { id }: DirectoryRecord<'entry'>): Promise<Step[]> {
  const open = await openProposalsOf(planner.read, id);
  const drafts = open.filter(({ recordId, state }) => recordId === id && state !== 'in-review');
  if (drafts.length === 0) return [{ row: { outcome: 'refused', refusal: refuse('no-draft') } }];
  const steps: Step[] = [];
  for (const draft of drafts) steps.push(await planSubmission(planner, draft));
  return steps;
}

async function planSubmission({ read, actor }: Planner, draft: ProposalRecord): Promise<Step> {
  const assessed = await assess(read, draft, await baseDocument(read, draft));
  const refusal = await refusalOf(refuseUnready(read, draft, assessed, actor));
  return {
    row: {
      outcome: refusal ? 'refused' : 'review',
      refusal: refusal ?? null,
      changes: assessed.changes,
      proposalId: draft.id,
    },
    version: draft.version,
  };
}
