import fc from 'fast-check';
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import {
  completedBy,
  consistencyProof,
  EMPTY_ROOT,
  inclusionProof,
  leafHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
  type Subtree,
} from './merkle.ts';

/** The leaves of the test vectors that come with RFC 6962's reference implementation, and the roots of their trees. */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

function treeOf(leaves: readonly Uint8Array[]): Subtree {
  const nodes = new Map<string, Uint8Array>();
  const read: Subtree = (level, index) => nodes.get(`${level}/${index}`) ?? new Uint8Array();
  leaves.forEach((leaf, i) => completedBy(i, leafHash(leaf), read).forEach(([l, p, h]) => nodes.set(`${l}/${p}`, h)));
  return read;
}
const numbered = (n: number) => Array.from({ length: n }, (_, i) => Uint8Array.of(i & 255, i >> 8));

describe('the Merkle tree of RFC 6962', () => {
  it('gives the published roots for the published leaves', () => {
    const tree = treeOf(LEAVES.map((hex) => hexToBytes(hex)));
    expect(ROOTS.map((_, i) => bytesToHex(rootOf(tree, i + 1)))).toEqual(ROOTS);
    expect(bytesToHex(EMPTY_ROOT)).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('proves every leaf of every tree up to 70, and no other leaf with the same proof', () => {
    const leaves = numbered(70);
    const tree = treeOf(leaves);
    for (let size = 1; size <= 70; size += 1) {
      const root = rootOf(tree, size);
      for (let i = 0; i < size; i += 1) {
        const proof = inclusionProof(tree, i, size);
        expect(verifyInclusion(leafHash(leaves[i]!), i, size, proof, root)).toBe(true);
        expect(verifyInclusion(leafHash(Uint8Array.of(9, 9, 9)), i, size, proof, root)).toBe(false);
        if (size > 1) expect(verifyInclusion(leafHash(leaves[i]!), (i + 1) % size, size, proof, root)).toBe(false);
      }
    }
  });

  it('proves that every tree contains every earlier one, and not a rewritten one', () => {
    const honest = treeOf(numbered(40));
    const rewritten = treeOf(numbered(40).map((leaf, i) => (i === 3 ? Uint8Array.of(7) : leaf)));
    for (let second = 1; second <= 40; second += 1) {
      for (let first = 1; first <= second; first += 1) {
        const proof = consistencyProof(honest, first, second);
        expect(verifyConsistency(first, second, rootOf(honest, first), rootOf(honest, second), proof)).toBe(true);
        if (first > 3)
          expect(verifyConsistency(first, second, rootOf(rewritten, first), rootOf(honest, second), proof)).toBe(false);
      }
    }
  });

  it('accepts no proof with a flipped bit, a missing or an extra hash', () => {
    const leaves = numbered(33);
    const tree = treeOf(leaves);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 32 }), fc.nat(), fc.nat({ max: 255 }), (i, at, bit) => {
        const proof = inclusionProof(tree, i, 33);
        const root = rootOf(tree, 33);
        const leaf = leafHash(leaves[i]!);
        const forged = proof.map((hash) => Uint8Array.from(hash));
        const victim = forged[at % forged.length]!;
        victim[bit >> 3] = victim[bit >> 3]! ^ (1 << (bit & 7));
        expect(verifyInclusion(leaf, i, 33, forged, root)).toBe(false);
        expect(verifyInclusion(leaf, i, 33, proof.slice(1), root)).toBe(false);
        expect(verifyInclusion(leaf, i, 33, [...proof, root], root)).toBe(false);
      }),
    );
  });
});
