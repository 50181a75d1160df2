import { z } from 'zod';
import { COVERAGE_FIX } from './coverage.ts';
import { ContentHash, Id, Instant } from './identity.ts';
import { Policy, Risk } from './policy.ts';
import type { DocumentProblem, RecordState } from './record.ts';
import { isPermitted, type Actor } from './role.ts';
import { plainText } from './text.ts';
import { refuse, type Refusal } from './refusal.ts';

/** What a proposal does to its record (DESIGN §2). `lift` shows a suspended record again. */
export const ProposalKind = z
  .enum(['create', 'update', 'retire', 'restore', 'merge', 'lift'])
  .meta({ id: 'ProposalKind' });
export type ProposalKind = z.infer<typeof ProposalKind>;

export const ProposalState = z
  .enum(['draft', 'in-review', 'changes-requested', 'applied', 'declined', 'withdrawn'])
  .meta({ id: 'ProposalState' });
export type ProposalState = z.infer<typeof ProposalState>;

export const OPEN_STATES: readonly ProposalState[] = ['draft', 'in-review', 'changes-requested'];

/** Everyone who touched a proposal's content; none of them may approve it (DESIGN §4.2). */
export const ContributorPart = z
  .enum(['author', 'co-editor', 'importer', 'acceptor', 'submitter', 'reverter'])
  .meta({ id: 'ContributorPart' });
export type ContributorPart = z.infer<typeof ContributorPart>;

export const Decision = z.enum(['approve', 'request-changes', 'decline']).meta({ id: 'Decision' });
export type Decision = z.infer<typeof Decision>;

/** A decision on a proposal, bound to the hash of the content the reviewer saw (DESIGN §4.3). */
export const Review = z
  .strictObject({
    id: Id,
    proposalId: Id,
    reviewerId: Id,
    reviewerName: z.string(),
    decision: Decision,
    contentHash: ContentHash,
    comment: z.string().nullable(),
    at: Instant,
    voidedAt: Instant.nullable().meta({ description: 'Set when an edit or a moved base made the decision void' }),
  })
  .meta({ id: 'Review' });
export type Review = z.infer<typeof Review>;

export const CommentText = plainText({ max: 2000, multiline: true }).refine((s) => s.length > 0, {
  error: 'Write a comment',
});

/** A remark on a proposal or one of its fields; never edited, only resolved. Never exported. */
export const Comment = z
  .strictObject({
    id: Id,
    proposalId: Id,
    path: z.string().nullable(),
    text: z.string(),
    authorId: Id,
    authorName: z.string(),
    at: Instant,
    resolvedAt: Instant.nullable(),
    resolvedBy: z.string().nullable(),
  })
  .meta({ id: 'Comment' });
export type Comment = z.infer<typeof Comment>;

/** What the rules need to know of a proposal. */
export type ProposalFacts = {
  state: ProposalState;
  contentHash: string;
  contributorIds: readonly string[];
  /** Approvals that still stand (not voided), of the current content. */
  approverIds: readonly string[];
  requiredApprovals: number;
  conflictCount: number;
};

/**
 * Whether a record in this state can take this kind of proposal.
 * @param state undefined when there is no such record
 */
export function recordStateRefusal(kind: ProposalKind, state: RecordState | undefined): Refusal | undefined {
  if (kind === 'create') return state === undefined ? undefined : refuse('record-exists');
  if (state === undefined) return refuse('not-found');
  if (kind === 'restore') return state === 'retired' ? undefined : refuse('record-not-retired');
  if (kind === 'lift') return state === 'suspended' ? undefined : refuse('record-not-suspended');
  if (kind === 'merge') return state === 'active' ? undefined : refuse('record-not-active');
  return state === 'retired' ? refuse('record-not-active') : undefined;
}

/** State of the record after a proposal of this kind was applied. */
export function stateAfter(kind: ProposalKind, state: RecordState | undefined): RecordState {
  if (kind === 'retire') return 'retired';
  return kind === 'update' && state !== undefined ? state : 'active';
}

/** Who may start a proposal. */
export function createRefusal(actor: Actor): Refusal | undefined {
  return isPermitted(actor, 'proposal.write') ? undefined : refuse('not-permitted');
}

/** Who may edit a proposal, and when: any curator while it is open. Editing makes a contributor. */
export function editRefusal(proposal: Pick<ProposalFacts, 'state'>, actor: Actor): Refusal | undefined {
  if (!isPermitted(actor, 'proposal.write')) return refuse('not-permitted');
  if (!OPEN_STATES.includes(proposal.state)) return refuse('proposal-closed');
  return undefined;
}

/** What a proposal must be to go to review. */
export function submitRefusal(
  proposal: Pick<ProposalFacts, 'state' | 'conflictCount'>,
  actor: Actor,
  content: {
    problems: readonly DocumentProblem[];
    changeCount: number;
    unsupportedPaths: readonly string[];
    kind: ProposalKind;
  },
): Refusal | undefined {
  if (!isPermitted(actor, 'proposal.write')) return refuse('not-permitted');
  if (!OPEN_STATES.includes(proposal.state)) return refuse('proposal-closed');
  if (proposal.state === 'in-review') return refuse('not-a-draft');
  if (content.problems.length > 0) return refuse('document-invalid', undefined, [...content.problems]);
  if (proposal.conflictCount > 0) return refuse('stale-base');
  if (content.changeCount === 0 && content.kind === 'update') return refuse('nothing-changed');
  if (content.unsupportedPaths.length > 0) {
    return refuse(
      'evidence-missing',
      'Add evidence from an official page, register or confirmation that supports the new value',
      content.unsupportedPaths.map((path) => ({
        path,
        message: path.startsWith('/coverage/') ? COVERAGE_FIX : 'No primary evidence supports this value',
      })),
    );
  }
  return undefined;
}

/** Who may take a proposal back. */
export function withdrawRefusal(
  proposal: Pick<ProposalFacts, 'state' | 'contributorIds'>,
  actor: Actor,
): Refusal | undefined {
  if (!isPermitted(actor, 'proposal.write')) return refuse('not-permitted');
  if (!OPEN_STATES.includes(proposal.state)) return refuse('proposal-closed');
  if (!proposal.contributorIds.includes(actor.id)) return refuse('not-a-contributor');
  return undefined;
}

/** Who may comment: everybody signed in with a role, also on closed proposals. */
export function commentRefusal(actor: Actor): Refusal | undefined {
  return isPermitted(actor, 'proposal.comment') ? undefined : refuse('not-permitted');
}

/**
 * Who may decide, and when (DESIGN §4.1–4.5). The order is the order in which a person can do something about it.
 * @param seenHash hash of the content the reviewer looked at; undefined asks "could this person review at all?"
 */
export function reviewRefusal(
  proposal: ProposalFacts,
  actor: Actor,
  review: { decision: Decision; seenHash?: string | undefined; comment?: string | undefined },
): Refusal | undefined {
  if (!isPermitted(actor, 'proposal.review')) return refuse('not-permitted');
  if (proposal.contributorIds.includes(actor.id)) return refuse('own-contribution');
  if (proposal.state !== 'in-review')
    return refuse(OPEN_STATES.includes(proposal.state) ? 'not-in-review' : 'proposal-closed');
  if (review.decision === 'approve' && proposal.conflictCount > 0) return refuse('stale-base');
  if (review.seenHash !== undefined && review.seenHash !== proposal.contentHash) return refuse('stale-content');
  if (review.decision === 'approve' && proposal.approverIds.includes(actor.id)) return refuse('already-approved');
  if (review.decision !== 'approve' && review.comment !== undefined && review.comment.trim() === '')
    return refuse('comment-required');
  return undefined;
}

/** Approvals still missing under a policy. */
export function approvalsMissing(proposal: Pick<ProposalFacts, 'approverIds' | 'requiredApprovals'>): number {
  return Math.max(0, proposal.requiredApprovals - new Set(proposal.approverIds).size);
}

/** How many approvals a risk takes under a policy; never zero. */
export function approvalsFor(risk: Risk, policy: Policy): number {
  return Math.max(1, policy.approvals[risk]);
}
