import {
  approvalsFor,
  recordStateRefusal,
  refuse,
  retirementRefusal,
  submitRefusal,
  type Actor,
  type Retirement,
} from '@waymark/domain';
import {
  addContributor,
  change,
  currentPolicy,
  findProposal,
  findRecord,
  orThrow,
  Problem,
  updateProposal,
  type Change,
  type Context,
  type ProposalRecord,
  type Reader,
} from '@waymark/store';
import { assess, type Assessment } from './assess.ts';
import { baseDocument, isObject } from './document.ts';
import { receiptOf, type Receipt } from './receipt.ts';
import { showProposal, type ProposalView } from './show.ts';

/**
 * Sends a draft to review, when its document is whole and its new facts are evidenced.
 * @param ifVersion version the submitter read, where one was read
 * @throws Problem not-found, not-permitted, not-a-draft, document-invalid, evidence-missing, nothing-changed, stale-base, stale-revision
 */
export async function submitProposal(ctx: Context, id: string, ifVersion?: number): Promise<ProposalView> {
  await submit(ctx, id, ifVersion);
  return showProposal(ctx, id);
}

/** `submitProposal` without showing the result. @throws as `submitProposal` */
export function submit(ctx: Context, id: string, ifVersion?: number): Promise<Receipt> {
  return change(ctx, 'proposal.write', (door) => submitIn(door, id, ifVersion));
}

/** `submit` as a part of a change that does more. Nothing was written when it throws. @throws as `submitProposal` */
export async function submitIn({ tx, actor, now, audit }: Change, id: string, ifVersion?: number): Promise<Receipt> {
  const proposal = await findProposal(tx, id);
  if (!proposal) throw new Problem(refuse('not-found'));
  if (ifVersion !== undefined && proposal.version !== ifVersion) throw new Problem(refuse('stale-revision'));
  const assessed = await assess(tx, proposal, await baseDocument(tx, proposal));
  await refuseUnready(tx, proposal, assessed, actor);
  const { version: policyVersion, policy } = await currentPolicy(tx);
  const saved = await updateProposal(tx, id, proposal.version, {
    state: 'in-review',
    risk: assessed.risk,
    requiredApprovals: approvalsFor(assessed.risk, policy),
    policyVersion,
    submittedAt: now,
    updatedAt: now,
  });
  if (!saved) throw new Problem(refuse('stale-revision'));
  await addContributor(tx, id, actor.id, 'submitter', now);
  await audit('proposal.submit', `proposal:${id}`, {
    version: saved.version,
    contentHash: proposal.contentHash,
    risk: assessed.risk,
    requiredApprovals: saved.requiredApprovals,
    policyVersion,
  });
  return receiptOf(saved);
}

/** Whether a draft may go to review, as it was judged. @throws Problem as `submitProposal` */
export async function refuseUnready(
  read: Reader,
  proposal: ProposalRecord,
  assessed: Assessment,
  actor: Actor,
): Promise<void> {
  const record = await findRecord(read, proposal.recordId);
  orThrow(
    submitRefusal({ state: proposal.state, conflictCount: proposal.conflicts.length }, actor, {
      kind: proposal.kind,
      problems: assessed.problems,
      changeCount: assessed.changes.length,
      unsupportedPaths: assessed.unsupportedPaths,
    }),
  );
  orThrow(recordStateRefusal(proposal.kind, record?.state));
  if (proposal.kind === 'retire') orThrow(retirementRefusal(retirementOf(proposal.doc)));
}

function retirementOf(doc: unknown): Retirement | undefined {
  return isObject(doc) ? (doc['retirement'] as Retirement | undefined) : undefined;
}
