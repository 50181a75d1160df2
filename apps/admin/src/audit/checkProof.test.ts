import { describe, expect, it } from 'vitest';
import { auditLeafHash, inclusionProof, nodeHash, rootOf, type AuditLeaf, type Subtree } from '@waymark/domain';
import type { AuditProof } from '../contract.ts';
import { checkProof } from './checkProof.ts';
import { fromHex, toHex } from './hex.ts';

const leaf = (seq: number): AuditLeaf => ({
  seq,
  at: '2026-06-05T10:00:00.000Z',
  actor: 'demo',
  action: 'proposal.approve',
  subject: `proposal:${seq}`,
  commitment: '0'.repeat(64),
});

/** A log of so many events, as the server would prove one of them. */
function proofOf(index: number, size: number): AuditProof {
  const subtree: Subtree = (level, at) =>
    level === 0 ? auditLeafHash(leaf(at)) : nodeHash(subtree(level - 1, at * 2), subtree(level - 1, at * 2 + 1));
  return {
    leaf: leaf(index),
    leafHash: toHex(auditLeafHash(leaf(index))),
    index,
    size,
    proof: inclusionProof(subtree, index, size).map(toHex),
    root: toHex(rootOf(subtree, size)),
  };
}

const every = [1, 2, 3, 7, 8, 13].flatMap((size) => Array.from({ length: size }, (_, index) => ({ index, size })));

describe('the proof of one event', () => {
  it.each(every)('holds for event $index of $size, and its last step is the root', ({ index, size }) => {
    const proof = proofOf(index, size);
    const checked = checkProof(proof);
    expect(checked).toMatchObject({ isLeaf: true, isIncluded: true });
    expect(checked.steps.at(-1)?.result ?? proof.leafHash).toBe(proof.root);
  });

  it('does not hold when the event says something else', () => {
    const proof = proofOf(5, 13);
    const forged = { ...proof, leaf: { ...proof.leaf, actor: 'somebody else' } };
    expect(checkProof(forged)).toMatchObject({ isLeaf: false, isIncluded: false });
  });

  it('does not hold when the event is said to stand at another place', () => {
    expect(checkProof({ ...proofOf(5, 13), index: 4 })).toMatchObject({ isLeaf: false, isIncluded: false });
  });

  it('does not hold for another root', () => {
    expect(checkProof({ ...proofOf(5, 13), root: 'f'.repeat(64) }).isIncluded).toBe(false);
  });

  it('is no proof when its hashes are none', () => {
    expect(() => checkProof({ ...proofOf(5, 13), root: 'not a hash' })).toThrow(RangeError);
  });
});

describe('hexadecimal', () => {
  it('comes back as it went', () => expect(toHex(fromHex('00ff10'))).toBe('00ff10'));
});
