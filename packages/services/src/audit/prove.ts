import { AuditLeaf, consistencyProof, inclusionProof, refuse } from '@waymark/domain';
import { auditHead, auditSize, findAuditEvent, onAuditTree, Problem, type Context } from '@waymark/store';

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
 * @param size tree to prove it in, such as that of a published head; now by default
 * @throws Problem not-found when the event is not in that tree, or the log was never that large
 */
export async function proveAuditEvent(ctx: Pick<Context, 'store'>, seq: number, size?: number): Promise<AuditProof> {
  const { read } = ctx.store;
  const event = await findAuditEvent(read, seq);
  const now = await auditSize(read);
  const treeSize = size ?? now;
  if (!event || seq >= treeSize || treeSize > now) throw new Problem(refuse('not-found'));
  const proof = await onAuditTree(read, (subtree) => inclusionProof(subtree, seq, treeSize));
  const { at, actor, action, subject, commitment } = event;
  return {
    leaf: { seq, at, actor, action, subject, commitment },
    leafHash: event.leafHash,
    index: seq,
    size: treeSize,
    proof: proof.map(toHex),
    root: (await auditHead(read, treeSize)).root,
  };
}

export type AuditConsistency = {
  first: number;
  second: number;
  firstRoot: string;
  secondRoot: string;
  proof: string[];
};

/**
 * Proof that the log of `second` events begins with the log of `first`: nothing was rewritten between (RFC 9162 §2.1.4).
 * @param second now by default
 * @throws Problem not-found when the log was never that large, or the first is none or larger than the second
 */
export async function proveConsistency(
  ctx: Pick<Context, 'store'>,
  first: number,
  second?: number,
): Promise<AuditConsistency> {
  const { read } = ctx.store;
  const now = await auditSize(read);
  const size = second ?? now;
  if (first < 1 || first > size || size > now) throw new Problem(refuse('not-found'));
  const proof = await onAuditTree(read, (subtree) => consistencyProof(subtree, first, size));
  return {
    first,
    second: size,
    firstRoot: (await auditHead(read, first)).root,
    secondRoot: (await auditHead(read, size)).root,
    proof: proof.map(toHex),
  };
}

const toHex = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');
