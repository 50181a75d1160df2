import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { describe, expect, it } from 'vitest';
import {
  completedBy,
  consistencyProof,
  inclusionProof,
  leafHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
  type Subtree,
} from '../merkle.ts';
import { compareHeads } from './compareHeads.ts';
import { entriesIn, entryBundle } from './entries.ts';
import { parseTilePath, subtreesIn, tileBytes, tilePath, tilesOf, tileWidth, type Tile } from './tile.ts';

function treeOf(size: number): Subtree {
  const nodes = new Map<string, Uint8Array>();
  const read: Subtree = (level, index) => nodes.get(`${level}/${index}`)!;
  for (let i = 0; i < size; i += 1)
    completedBy(i, leafHash(utf8ToBytes(`leaf ${i}`)), read).forEach(([l, p, h]) => nodes.set(`${l}/${p}`, h));
  return read;
}

const isHashes = ({ level }: Tile) => level !== 'entries';

/** The hash tiles a log of this size serves, by path. */
const filesOf = (tree: Subtree, size: number, from = 0) =>
  new Map(
    tilesOf(size, from)
      .filter(isHashes)
      .map((tile) => [tilePath(tile), tileBytes(tile, tree)]),
  );

describe('paths of tiles', () => {
  it.each([
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 0, index: 1, width: 5 }, 'tile/0/001.p/5'],
    // c2sp.org/tlog-tiles: index 1234067.
    [{ level: 0, index: 1_234_067, width: 256 }, 'tile/0/x001/x234/067'],
    [{ level: 5, index: 123_456_078, width: 2 }, 'tile/5/x123/x456/078.p/2'],
    [{ level: 'entries', index: 3_057_500, width: 256 }, 'tile/entries/x003/x057/500'],
  ] as const)('writes %o as %s and reads it', (tile, path) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  it.each([
    'tile/5/123/456/078',
    'tile/-1/000',
    'tile/00/000',
    'tile/64/000',
    'tile/0/0',
    'tile/0/x000/067',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/05',
    'tile/0/../checkpoint',
    'tile/data/000',
  ])('refuses %s', (path) => expect(() => parseTilePath(path)).toThrow('not the path of a tile'));
});

describe('tiles', () => {
  it('are as many and as wide as the specification counts for 70,000 and for 256 leaves', () => {
    const widths = (size: number) =>
      Object.fromEntries(
        [0, 1, 2].map((level) => {
          const row = tilesOf(size).filter((tile) => tile.level === level);
          return [
            level,
            [row.filter(({ width }) => width === 256).length, row.find(({ width }) => width < 256)?.width],
          ];
        }),
      );
    expect(widths(70_000)).toEqual({ 0: [273, 112], 1: [1, 17], 2: [0, 1] });
    expect(widths(256)).toEqual({ 0: [1, undefined], 1: [0, 1], 2: [0, undefined] });
    expect(tileWidth(0, 273, 70_000)).toBe(112);
    expect(tilesOf(0)).toEqual([]);
  });

  it('give the same roots and proofs as the tree they come from', () => {
    const size = 700;
    const tree = treeOf(size);
    for (const end of [1, 2, 255, 256, 257, 511, 512, 513, 700]) {
      const files = filesOf(tree, end);
      const read = subtreesIn((path) => files.get(path), end);
      expect(bytesToHex(rootOf(read, end))).toBe(bytesToHex(rootOf(tree, end)));
      for (const at of new Set([0, Math.floor(end / 3), end - 1])) {
        expect(verifyInclusion(tree(0, at), at, end, inclusionProof(read, at, end), rootOf(tree, end))).toBe(true);
        const [first, second] = [rootOf(tree, at + 1), rootOf(tree, end)];
        expect(verifyConsistency(at + 1, end, first, second, consistencyProof(read, at + 1, end))).toBe(true);
      }
    }
  });

  it('grow: what is written for each size after the last one is what a log written at once would hold', () => {
    const tree = treeOf(600);
    const grown = new Map<string, Uint8Array>();
    let before = 0;
    for (const size of [1, 3, 200, 256, 300, 512, 600]) {
      for (const [path, bytes] of filesOf(tree, size, before)) {
        const present = grown.get(path);
        if (present) expect(bytesToHex(present)).toBe(bytesToHex(bytes));
        grown.set(path, bytes);
      }
      for (const [path, bytes] of filesOf(tree, size)) expect(bytesToHex(grown.get(path)!)).toBe(bytesToHex(bytes));
      before = size;
    }
  });

  it('are refused when they are missing or cut', () => {
    const tree = treeOf(300);
    const files = filesOf(tree, 300);
    const cut = new Map([...files].map(([path, bytes]) => [path, bytes.subarray(1)]));
    expect(() =>
      rootOf(
        subtreesIn(() => undefined, 300),
        300,
      ),
    ).toThrow('is missing');
    expect(() =>
      rootOf(
        subtreesIn((path) => cut.get(path), 300),
        300,
      ),
    ).toThrow('another size');
  });
});

describe('heads of a log', () => {
  const tree = treeOf(600);
  const headOf = (size: number, of = tree) => ({ origin: 'o', size, root: bytesToHex(rootOf(of, size)) });

  it('are compared through a full tile when the log dropped the partial one', async () => {
    const files = filesOf(tree, 600);
    const asked: string[] = [];
    const found = await compareHeads(headOf(100), headOf(200), async (path) => {
      asked.push(path);
      return files.get(path);
    });
    expect(found).toEqual({ relation: 'grown' });
    expect(asked).toEqual(['tile/0/000.p/200', 'tile/0/000']);
  });

  it('are compared with the tiles of one path, not of the whole log', async () => {
    const files = filesOf(tree, 600);
    let asked = 0;
    const read = async (path: string) => {
      asked += 1;
      return files.get(path);
    };
    expect(await compareHeads(headOf(3), headOf(600), read)).toEqual({ relation: 'grown' });
    expect(asked).toBeLessThan(5);
  });

  it('do not split a log because its tiles are rubbish', async () => {
    const rubbish = async () => new Uint8Array(88 * 32);
    await expect(compareHeads(headOf(3), headOf(600), rubbish)).rejects.toMatchObject({ code: 'tile-wrong' });
  });
});

describe('entry bundles', () => {
  it('come back as they went', () => {
    const entries = ['', 'a', 'x'.repeat(300)].map((text) => utf8ToBytes(text));
    expect([...entryBundle(entries).subarray(0, 5)]).toEqual([0, 0, 0, 1, 97]);
    expect(entriesIn(entryBundle(entries))).toEqual(entries);
  });

  it('are refused when cut off, and take no entry too long for its length', () => {
    const bundle = entryBundle([utf8ToBytes('abc')]);
    for (let n = 1; n < bundle.length; n += 1) expect(() => entriesIn(bundle.subarray(0, n))).toThrow('cut off');
    expect(() => entryBundle([new Uint8Array(65_536)])).toThrow(RangeError);
  });
});
