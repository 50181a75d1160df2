import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';

/**
 * RFC 6962 / 9162 Merkle tree over leaf hashes: pure functions, used by the audit log, its verifier and the proof page.
 * Hashes are 32 bytes. The prefixes keep a leaf from passing as a node (RFC 9162 §2.1.1).
 */
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);
const HASH_BYTES = 32;

export const EMPTY_ROOT: Uint8Array = sha256(new Uint8Array());

/** Hash of one leaf's bytes. */
export function leafHash(data: Uint8Array): Uint8Array {
  return sha256(concatBytes(LEAF, data));
}

/** Hash of two subtrees. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concatBytes(NODE, left, right));
}

/** Largest power of two smaller than `n` (n ≥ 2). Multiplication, since sizes may pass 2^31. */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/**
 * Reads the hash of a complete subtree: level 0 = leaves, index counted at that level.
 * The tree functions below need nothing else, so a database can keep the subtrees.
 */
export type Subtree = (level: number, index: number) => Uint8Array;

/** Root of leaves [start, end) given complete subtrees. RFC 9162 §2.1.1. */
export function rootOf(subtree: Subtree, end: number, start = 0): Uint8Array {
  const size = end - start;
  if (size === 0) return EMPTY_ROOT;
  // Of an exact power of two the logarithm is exact; near one, past 2^48, it may look so.
  if (isPowerOfTwo(size) && start % size === 0) return subtree(Math.log2(size), start / size);
  const k = split(size);
  return nodeHash(rootOf(subtree, start + k, start), rootOf(subtree, end, start + k));
}

/**
 * The complete subtrees that appending leaf `index` finishes, as [level, index, hash], leaf first.
 * `previous` reads subtrees that exist already.
 */
export function completedBy(index: number, leaf: Uint8Array, previous: Subtree): [number, number, Uint8Array][] {
  const done: [number, number, Uint8Array][] = [[0, index, leaf]];
  let hash = leaf;
  let at = index;
  for (let level = 0; at % 2 === 1; level += 1) {
    hash = nodeHash(previous(level, at - 1), hash);
    at = (at - 1) / 2;
    done.push([level + 1, at, hash]);
  }
  return done;
}

/** Inclusion proof of leaf `index` in a tree of `size` leaves, leaf to root. RFC 9162 §2.1.3.1. */
export function inclusionProof(subtree: Subtree, index: number, size: number): Uint8Array[] {
  if (index < 0 || index >= size) throw new RangeError('The leaf is not in the tree');
  const path = (start: number, end: number): Uint8Array[] => {
    if (end - start === 1) return [];
    const middle = start + split(end - start);
    return index < middle
      ? [...path(start, middle), rootOf(subtree, end, middle)]
      : [...path(middle, end), rootOf(subtree, middle, start)];
  };
  return path(0, size);
}

/** Consistency proof between the trees of `first` and `second` leaves. RFC 9162 §2.1.4.1. */
export function consistencyProof(subtree: Subtree, first: number, second: number): Uint8Array[] {
  const path = consistencyPath(subtree, first, second);
  // Whoever checks it holds the root of a whole first tree already.
  return first === second || isPowerOfTwo(first) ? path.slice(1) : path;
}

/**
 * The consistency proof with the hash it starts from written out, also where the RFC leaves it away because the first tree
 * is one complete subtree. From it both roots can be computed (see `consistencyRoots`).
 */
export function consistencyPath(subtree: Subtree, first: number, second: number): Uint8Array[] {
  if (!isSize(first) || !isSize(second) || first < 1 || first > second)
    throw new RangeError('The first tree must be a part of the second');
  if (first === second) return [rootOf(subtree, second)];
  const subproof = (start: number, end: number, m: number): Uint8Array[] => {
    if (m === end - start) return [rootOf(subtree, end, start)];
    const k = split(end - start);
    return m <= k
      ? [...subproof(start, start + k, m), rootOf(subtree, end, start + k)]
      : [...subproof(start + k, end, m - k), rootOf(subtree, start + k, start)];
  };
  return subproof(0, second, first);
}

/** Checks an inclusion proof. RFC 9162 §2.1.3.2. */
export function verifyInclusion(
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isSize(index) || !isSize(size) || index >= size || ![leaf, root, ...proof].every(isHash)) return false;
  let fn = index;
  let sn = size - 1;
  let hash = leaf;
  for (const p of proof) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(p, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else {
      hash = nodeHash(hash, p);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && sameBytes(hash, root);
}

/** Checks a consistency proof. RFC 9162 §2.1.4.2. */
export function verifyConsistency(
  first: number,
  second: number,
  firstRoot: Uint8Array,
  secondRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isSize(first) || !isSize(second) || first < 1 || first > second) return false;
  if (first === second) return proof.length === 0 && sameBytes(firstRoot, secondRoot);
  const roots = consistencyRoots(first, second, isPowerOfTwo(first) ? [firstRoot, ...proof] : proof);
  return roots !== undefined && sameBytes(roots.first, firstRoot) && sameBytes(roots.second, secondRoot);
}

/**
 * Both roots that a path of `consistencyPath` leads to. Every hash that goes into the first goes into the second at the
 * same place: so a second root that is known to be true makes the first one certain.
 * @returns undefined for a path that fits no two trees of these sizes
 */
export function consistencyRoots(
  first: number,
  second: number,
  path: readonly Uint8Array[],
): { first: Uint8Array; second: Uint8Array } | undefined {
  if (!isSize(first) || !isSize(second) || first < 1 || first >= second || !path.every(isHash)) return undefined;
  let fn = first - 1;
  let sn = second - 1;
  while (fn % 2 === 1) {
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  const [seed, ...rest] = path;
  if (seed === undefined) return undefined;
  let fr = seed;
  let sr = seed;
  for (const c of rest) {
    if (sn === 0) return undefined;
    if (fn % 2 === 1 || fn === sn) {
      fr = nodeHash(c, fr);
      sr = nodeHash(c, sr);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else {
      sr = nodeHash(sr, c);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 ? { first: fr, second: sr } : undefined;
}

/**
 * The complete subtrees that a computation reads, so that a database or a set of files can be asked for exactly those:
 * logarithmic in the tree. The computation runs once over nothing.
 */
export function neededBy(compute: (subtree: Subtree) => unknown): [number, number][] {
  const needed = new Map<string, [number, number]>();
  compute((level, position) => {
    needed.set(`${level}/${position}`, [level, position]);
    return EMPTY_ROOT;
  });
  return [...needed.values()];
}

const isSize = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;
const isHash = (hash: Uint8Array): boolean => hash.length === HASH_BYTES;

function isPowerOfTwo(n: number): boolean {
  let k = 1;
  while (k < n) k *= 2;
  return k === n;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
