import { z } from 'zod';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { ContentHash, Id, Instant } from './identity.ts';
import { canonicalJson, contentHash } from './hash.ts';
import { leafHash } from './merkle.ts';

/** Every action the one door knows. `noun.verb`, past tense is implied. */
export const AuditAction = z
  .enum([
    'proposal.create',
    'proposal.edit',
    'proposal.submit',
    'proposal.withdraw',
    'proposal.comment',
    'proposal.resolve-comment',
    'proposal.approve',
    'proposal.request-changes',
    'proposal.decline',
    'proposal.apply',
    'proposal.rebase',
    'batch.create',
    'batch.withdraw',
    'import.upload',
    'import.map',
    'import.decide',
    'import.commit',
    'import.discard',
    'import.save-profile',
    'import.forget',
    'duplicate.dismiss',
    'duplicate.reopen',
    'record.suspend',
    'record.confirm-suspension',
    'record.lift',
    'verification.record',
    'verification.record-many',
    'alarm.raise',
    'alarm.close',
    'check.report',
    'work.plan',
    'work.assign',
    'work.claim',
    'work.release',
    'work.snooze',
    'courtesy.agree',
    'outreach.send',
    'outreach.note',
    'outreach.remind',
    'outreach.answer',
    'correction.receive',
    'correction.accept',
    'correction.dismiss',
    'correction.destroy',
    'correction.purge',
    'notice.choose',
    'notice.send',
    'mail.sent',
    'mail.failed',
    // Puts the digest of a content into the log before anybody signs it: see `AuditProof`.
    'snapshot.freeze',
    'snapshot.prepare',
    // Put where app teams try it; no client is led there.
    'snapshot.stage',
    'snapshot.discard',
    'snapshot.confirm',
    // Somebody brought a signature that was verified.
    'snapshot.sign',
    // What people were asked to sign is void, with the signatures they gave.
    'snapshot.void',
    'snapshot.remind',
    // A person decided to publish, before the first byte is written; `snapshot.publish` then says that clients get it.
    'snapshot.begin',
    'snapshot.publish',
    'snapshot.abort',
    // Those on duty were asked to sign what is withdrawn now; one of them did; clients get it; nothing was left to sign.
    'urgent.request',
    'urgent.sign',
    'urgent.publish',
    'urgent.void',
    // Clients see the snapshot at a public address; a copy to one failed.
    'delivery.seen',
    'delivery.failed',
    'consumer.register',
    'consumer.change',
    'consumer.renew',
    'consumer.remove',
    'consumer.report',
    'webhook.announce',
    'webhook.delivered',
    'webhook.dead',
    'webhook.replay',
    'user.setup',
    'user.request',
    'user.confirm',
    'user.refuse',
    'user.disable',
    'user.erase',
    'user.accept-invite',
    'user.sign-in',
    'user.sign-in-failed',
    'user.sign-out',
    'user.change-password',
    'policy.request',
    'policy.confirm',
    'policy.refuse',
    'instance.create',
  ])
  .meta({ id: 'AuditAction' });
export type AuditAction = z.infer<typeof AuditAction>;

/**
 * The public part of an audit event: one leaf of the log. The payload stays in the database beside its salt;
 * the leaf only commits to it, so that personal data can be erased without breaking the tree (DESIGN §4 Audit).
 */
export const AuditLeaf = z
  .strictObject({
    seq: z.int().min(0),
    at: Instant,
    actor: z.string().meta({ description: 'User id, or system:<job>' }),
    action: AuditAction,
    subject: z.string().meta({ description: 'type:id of what it was done to' }),
    commitment: ContentHash,
  })
  .meta({ id: 'AuditLeaf' });
export type AuditLeaf = z.infer<typeof AuditLeaf>;

export const AuditEvent = AuditLeaf.extend({
  id: Id,
  leafHash: ContentHash,
  actorName: z.string().nullable(),
  payload: z.unknown().meta({ description: 'What was done; null when erased' }),
}).meta({ id: 'AuditEvent' });
export type AuditEvent = z.infer<typeof AuditEvent>;

/** Commitment to a payload: hash of salt and canonical payload. @throws TypeError as `canonicalJson`. */
export function commitmentTo(salt: string, payload: unknown): ContentHash {
  return contentHash({ salt, payload: payload ?? null });
}

/** The leaf's bytes: its canonical JSON, as published in the entry bundles of the log. */
export function auditLeafBytes(leaf: AuditLeaf): Uint8Array {
  const { seq, at, actor, action, subject, commitment } = leaf;
  return utf8ToBytes(canonicalJson({ seq, at, actor, action, subject, commitment }));
}

/** RFC 6962 leaf hash over the canonical JSON of the leaf. */
export function auditLeafHash(leaf: AuditLeaf): Uint8Array {
  return leafHash(auditLeafBytes(leaf));
}
