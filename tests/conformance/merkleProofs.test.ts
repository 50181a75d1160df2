import { readFileSync } from 'node:fs';
import { RFC9162 } from '@transmute/rfc9162';
import { describe, expect, it } from 'vitest';
import {
  completedBy,
  consistencyPath,
  consistencyProof,
  inclusionProof,
  leafHash,
  neededBy,
  nodeHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
  type Subtree,
} from '@waymark/domain';

type Inclusion = { kind: 'inclusion'; leafIdx: number; treeSize: number; root: string; leafHash: string };
type Consistency = { kind: 'consistency'; size1: number; size2: number; root1: string; root2: string };
type Vector = (Inclusion | Consistency) & { file: string; proof: string[] | null; wantErr: boolean };

const VECTORS = readFileSync(new URL('vectors/rfc6962.ndjson', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Vector);

const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
const hexOf = (hash: Uint8Array) => Buffer.from(hash).toString('hex');
const utf8ToBytes = (text: string) => new TextEncoder().encode(text);

function accepts(vector: Vector): boolean {
  const proof = (vector.proof ?? []).map(bytesOf);
  if (vector.kind === 'inclusion') {
    const { leafIdx, treeSize } = vector;
    return verifyInclusion(bytesOf(vector.leafHash), leafIdx, treeSize, proof, bytesOf(vector.root));
  }
  return verifyConsistency(vector.size1, vector.size2, bytesOf(vector.root1), bytesOf(vector.root2), proof);
}

/** A tree that keeps every complete subtree, as the database does. */
function treeOf(leaves: readonly Uint8Array[]): Subtree {
  const nodes = new Map<string, Uint8Array>();
  const read: Subtree = (level, index) => {
    const hash = nodes.get(`${level}/${index}`);
    if (!hash) throw new Error(`No node ${level}/${index}`);
    return hash;
  };
  leaves.forEach((leaf, i) => completedBy(i, leafHash(leaf), read).forEach(([l, p, h]) => nodes.set(`${l}/${p}`, h)));
  return read;
}

/** The same numbers on every run (mulberry32). */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

const leavesOf = (n: number) => Array.from({ length: n }, (_, i) => utf8ToBytes(`leaf ${i}`));

describe('proofs against what others published', () => {
  it('agrees with all 196 vectors of transparency-dev/merkle', () => {
    const wrong = VECTORS.filter((vector) => accepts(vector) === vector.wantErr).map(({ kind, file }) => kind + file);
    expect(wrong).toEqual([]);
    expect(VECTORS.length).toBe(196);
    expect(VECTORS.filter(({ wantErr }) => !wantErr).length).toBeGreaterThan(10);
  });

  it('gives the same roots, paths and consistency proofs as an independent library, sizes 1 to 70', async () => {
    const leaves = leavesOf(70);
    const tree = treeOf(leaves);
    const hex = (hashes: readonly Uint8Array[]) => hashes.map((hash) => hexOf(hash));
    for (let size = 1; size <= 70; size += 1) {
      const some = leaves.slice(0, size);
      expect(hexOf(rootOf(tree, size))).toBe(hexOf(await RFC9162.treeHead(some)));
      for (const at of new Set([0, Math.floor(size / 2), size - 1])) {
        expect(hex(inclusionProof(tree, at, size))).toEqual(hex(await RFC9162.PATH(at, some)));
        // The library writes out the hash that the RFC leaves away when the first tree is complete; we compare with that.
        if (at + 1 < size)
          expect(hex(consistencyPath(tree, at + 1, size))).toEqual(hex(await RFC9162.PROOF(at + 1, some)));
      }
    }
  });
});

describe('forged proofs (SECURITY L-05)', () => {
  const SIZE = 5000;
  const leaves = leavesOf(SIZE);
  const tree = treeOf(leaves);
  const rewritten = treeOf(leaves.map((leaf, i) => (i === 3 ? utf8ToBytes('another') : leaf)));
  const FORGED = 50_000;

  /** One way each of spoiling a path of hashes. */
  const spoilt = (path: readonly Uint8Array[], random: (below: number) => number): Uint8Array[] => {
    const at = random(Math.max(1, path.length));
    const victim = path[at] ?? rootOf(tree, 1);
    const flipped = Uint8Array.from(victim);
    flipped[random(32)]! ^= 1 << random(8);
    const withThat = (...hashes: Uint8Array[]) => [...path.slice(0, at), ...hashes, ...path.slice(at + 1)];
    switch (random(6)) {
      case 0:
        return path.length === 0 ? [flipped] : withThat();
      case 1:
        return withThat(victim, flipped);
      case 2:
        return withThat(victim.subarray(0, 31));
      case 3:
        return withThat(nodeHash(victim, victim));
      case 4:
        return path.length > 1 ? path.toReversed() : [...path, victim];
      default:
        return withThat(flipped);
    }
  };

  it('accepts none of 50,000 forged inclusion proofs in trees of 1 to 5,000 leaves', () => {
    const random = seeded(6962);
    let accepted = 0;
    let honest = 0;
    for (let made = 0; made < FORGED;) {
      const size = 1 + random(SIZE);
      const index = random(size);
      const [leaf, root] = [tree(0, index), rootOf(tree, size)];
      const proof = inclusionProof(tree, index, size);
      honest += verifyInclusion(leaf, index, size, proof, root) ? 0 : 1;
      const other = (index + 1 + random(SIZE - 1)) % SIZE;
      const forged = [
        verifyInclusion(tree(0, other), index, size, proof, root),
        verifyInclusion(leaf, other, size, proof, root),
        verifyInclusion(leaf, index, size, proof, rootOf(tree, (size % SIZE) + 1)),
        // A node that poses as a leaf: the prefixes 0x00 and 0x01 keep them apart.
        verifyInclusion(leafHash(leaf), index, size, proof, root),
        ...Array.from({ length: 16 }, () => verifyInclusion(leaf, index, size, spoilt(proof, random), root)),
      ];
      accepted += forged.filter(Boolean).length;
      made += forged.length;
    }
    expect({ honest, accepted }).toEqual({ honest: 0, accepted: 0 });
  });

  it('accepts none of 50,000 forged consistency proofs', () => {
    const random = seeded(9162);
    let accepted = 0;
    let honest = 0;
    for (let made = 0; made < FORGED;) {
      const second = 5 + random(SIZE - 4);
      const first = 4 + random(second - 4);
      const proof = consistencyProof(tree, first, second);
      const [one, two] = [rootOf(tree, first), rootOf(tree, second)];
      honest += verifyConsistency(first, second, one, two, proof) ? 0 : 1;
      const forged = [
        verifyConsistency(first, second, rootOf(rewritten, first), two, proof),
        verifyConsistency(first, second, one, rootOf(rewritten, second), consistencyProof(rewritten, first, second)),
        verifyConsistency(first, second, rootOf(tree, first - 1), two, proof),
        verifyConsistency(first, second, one, rootOf(tree, second - 1), proof),
        verifyConsistency(second, first, two, one, proof),
        ...Array.from({ length: 15 }, () => verifyConsistency(first, second, one, two, spoilt(proof, random))),
      ];
      accepted += forged.filter(Boolean).length;
      made += forged.length;
    }
    expect({ honest, accepted }).toEqual({ honest: 0, accepted: 0 });
  });

  it('names no more nodes than the logarithm allows', () => {
    for (const [index, size] of [
      [0, 5000],
      [4999, 5000],
      [2047, 4097],
    ] as const) {
      const needed = neededBy((subtree) => inclusionProof(subtree, index, size));
      expect(needed.length).toBeLessThan(26);
      expect(needed.every(([level, at]) => (at + 1) * 2 ** level <= size)).toBe(true);
    }
  });
});
