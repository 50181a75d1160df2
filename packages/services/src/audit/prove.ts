import { AuditLeaf, inclusionProof, refuse } from '@waymark/domain';
import { auditHead, auditSize, auditSubtrees, findAuditEvent, Problem, type Context } from '@waymark/store';

export type AuditProof = {
  leaf: AuditLeaf;
  leafHash: string;
  index: number;
  size: number;
  proof: string[];
  root: string;
};

/**
 * Proof that one event is in the log: hashes from the leaf to the root (RFC 9162 §2.1.3), checkable without us.
 * @param size tree to prove it in; now by default
 * @throws Problem not-found
 */
export async function proveAuditEvent(ctx: Context, seq: number, size?: number): Promise<AuditProof> {
  const { read } = ctx.store;
  const event = await findAuditEvent(read, seq);
  const treeSize = size ?? (await auditSize(read));
  if (!event || seq >= treeSize) throw new Problem(refuse('not-found'));
  const subtree = await auditSubtrees(read, treeSize);
  const { at, actor, action, subject, commitment } = event;
  return {
    leaf: { seq, at, actor, action, subject, commitment },
    leafHash: event.leafHash,
    index: seq,
    size: treeSize,
    proof: inclusionProof(subtree, seq, treeSize).map((hash) => Buffer.from(hash).toString('hex')),
    root: (await auditHead(read, treeSize)).root,
  };
}
