import { auditLeafHash, nodeHash, verifyInclusion } from '@waymark/domain';
import type { AuditProof } from '../contract.ts';
import { fromHex, toHex } from './hex.ts';

export type ProofStep = { side: 'left' | 'right'; sibling: string; result: string };
export type CheckedProof = {
  /** The leaf, hashed here, is the leaf hash the server names. */
  isLeaf: boolean;
  /** The path leads from that leaf to the root. */
  isIncluded: boolean;
  steps: ProofStep[];
};

/** Checks a proof in the browser, trusting no word of the server but the root (RFC 9162 §2.1.3.2). */
export function checkProof({ leaf, leafHash, index, size, proof, root }: AuditProof): CheckedProof {
  const hash = auditLeafHash(leaf);
  const path = proof.map(fromHex);
  return {
    isLeaf: toHex(hash) === leafHash && leaf.seq === index,
    isIncluded: verifyInclusion(hash, index, size, path, fromHex(root)),
    steps: stepsOf(hash, index, size, path),
  };
}

/** Each step of the way: which side the other half stands on, and what comes out. */
function stepsOf(leaf: Uint8Array, index: number, size: number, path: readonly Uint8Array[]): ProofStep[] {
  let at = index;
  let last = size - 1;
  let hash = leaf;
  return path.map((sibling) => {
    const isLeft = at % 2 === 1 || at === last;
    hash = isLeft ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
    while (isLeft && at % 2 === 0 && at !== 0) {
      at = Math.floor(at / 2);
      last = Math.floor(last / 2);
    }
    at = Math.floor(at / 2);
    last = Math.floor(last / 2);
    return { side: isLeft ? 'left' : 'right', sibling: toHex(sibling), result: toHex(hash) };
  });
}
