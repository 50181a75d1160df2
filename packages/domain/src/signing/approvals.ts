import { z } from 'zod';
import { AuditLeaf } from '../auditEvent.ts';
import { ContentHash, Id } from '../identity.ts';
import { Policy } from '../policy.ts';
import { ProposalKind } from '../proposal.ts';
import { RecordState, RecordType } from '../record.ts';

/** The path in a bundle: a line each, of the shapes below, records and suspensions sorted by id, of one id the record first. */
export const APPROVALS_FILE = 'approvals.ndjson';

const Proof = z.array(ContentHash).max(64);

/** One event of the audit log with its inclusion proof against the head that the manifest carries (RFC 9162 §2.1.3). */
export const ProvenEvent = z
  .strictObject({
    leaf: AuditLeaf,
    said: z
      .strictObject({ payload: z.unknown(), salt: z.string() })
      .optional()
      .meta({ description: 'Opens the commitment, where the words of the event matter' }),
    proof: Proof,
  })
  .meta({ id: 'ProvenEvent' });
export type ProvenEvent = z.infer<typeof ProvenEvent>;

/** The first line: which snapshot, and that the log only grew since the heads others may know (RFC 9162 §2.1.4). */
export const ApprovalsHead = z.strictObject({
  kind: z.literal('waymark-approvals'),
  format: z.literal(1),
  sequence: z.int().positive(),
  head: z.strictObject({ size: z.int().min(0), root: ContentHash }),
  grown: z.array(z.strictObject({ size: z.int().positive(), root: ContentHash, proof: Proof })),
});
export type ApprovalsHead = z.infer<typeof ApprovalsHead>;

/** A policy that was in force when something below was approved. */
export const PolicyLine = z.strictObject({ kind: z.literal('policy'), version: z.int().positive(), policy: Policy });
export type PolicyLine = z.infer<typeof PolicyLine>;

/** One approved revision: the whole document, what was proposed, and the events that made it part of the directory. */
export const ProvenRevision = z.strictObject({
  revision: z.int().positive(),
  state: RecordState,
  doc: z.unknown(),
  proposal: z.strictObject({
    id: Id,
    kind: ProposalKind,
    recordType: RecordType,
    recordId: Id,
    baseRevision: z.int().min(0),
    mergedId: Id.nullable(),
    mergedRevision: z.int().nullable(),
  }),
  proposed: z
    .unknown()
    .optional()
    .meta({ description: 'The document of the proposal, where it is not the one of the revision word for word' }),
  applied: ProvenEvent,
  approvals: z.array(ProvenEvent),
  contributions: z.array(ProvenEvent).meta({ description: 'Who wrote, edited and submitted: leaves without words' }),
});
export type ProvenRevision = z.infer<typeof ProvenRevision>;

/**
 * Every revision of a record since the one that is published, that one first; of one that clients do not get anew, but whose
 * tombstones say something new, every one.
 */
export const RecordLine = z.strictObject({
  kind: z.literal('record'),
  id: Id,
  type: RecordType,
  revisions: z.array(ProvenRevision).min(1),
});
export type RecordLine = z.infer<typeof RecordLine>;

/** That somebody took an entry out of sight. Why, stays inside. */
export const SuspensionLine = z.strictObject({ kind: z.literal('suspension'), id: Id, event: ProvenEvent });
export type SuspensionLine = z.infer<typeof SuspensionLine>;

export const ApprovalLine = z
  .discriminatedUnion('kind', [ApprovalsHead, PolicyLine, RecordLine, SuspensionLine])
  .meta({ id: 'ApprovalLine', description: 'A line of approvals.ndjson' });
export type ApprovalLine = z.infer<typeof ApprovalLine>;

/** What the payload of `proposal.apply` says; events of older versions name no contributors. */
export const AppliedPayload = z.object({
  proposalId: Id,
  kind: ProposalKind,
  revision: z.int().positive(),
  state: RecordState,
  contentHash: ContentHash,
  proposalHash: ContentHash,
  approvers: z.array(z.string()),
  contributors: z.array(z.string()).default([]),
  policyVersion: z.int().positive(),
});
export type AppliedPayload = z.infer<typeof AppliedPayload>;

/** What the payload of `proposal.approve` says, as far as it is looked at. */
export const ApprovedPayload = z.object({ contentHash: ContentHash });
