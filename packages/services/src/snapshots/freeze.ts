import { AuditProof, inclusionProof } from '@waymark/domain';
import { auditHead, change, onAuditTree, openedLeaf, type AuditHead, type Context, type Gate } from '@waymark/store';

/** What the manifest says of the log: a head, and the proof that the digest of the content is in it. */
export type FrozenInLog = { audit: AuditHead; auditProof: AuditProof };

/**
 * Puts the digest of a content into the audit log, before anything is said about it elsewhere. What people sign then carries
 * the proof; a snapshot signed behind the log's back has none (SNAPSHOTS §4.10).
 * @param gate `snapshot.publish` for a person, `system` for the job that removes
 */
export async function freezeContent(
  ctx: Context,
  gate: Extract<Gate, 'snapshot.publish' | 'system'>,
  content: AuditProof['payload'],
): Promise<FrozenInLog> {
  const { sequence, contentDigest } = content;
  // The caller's idempotency key stands for the snapshot that is prepared, which is another change.
  const { seq } = await change({ ...ctx, idempotency: undefined }, gate, async ({ audit }) => ({
    seq: await audit('snapshot.freeze', `snapshot:${sequence}`, { sequence, contentDigest }),
  }));
  // Others may have written since; the head right after the leaf is the same whoever asks, and when.
  const size = seq + 1;
  const { read } = ctx.store;
  const opened = await openedLeaf(read, seq);
  const path = await onAuditTree(read, (subtree) => inclusionProof(subtree, seq, size));
  const proof = path.map((hash) => Buffer.from(hash).toString('hex'));
  return { audit: await auditHead(read, size), auditProof: AuditProof.parse({ ...opened, index: seq, proof }) };
}
