import { concatBytes } from '@noble/hashes/utils.js';
import { nodeHash, type Subtree } from '../merkle.ts';
import { LogDefect } from './defect.ts';

/**
 * The tree as static files (c2sp.org/tlog-tiles): rows of up to 256 hashes. Level 0 holds leaf hashes, each level above the
 * roots of full tiles below; `entries` holds the leaves themselves.
 */
export type Tile = {
  level: number | 'entries';
  index: number;
  /** How many hashes or entries: 256 when full, less in the last of a row. */
  width: number;
};

export const TILE_WIDTH = 256;
const HEIGHT = 8;
const HASH = 32;
const PATH = /^tile\/(entries|0|[1-9]\d?)\/((?:x\d{3}\/)*)(\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;

/** `tile/0/x001/067`, or `tile/0/x001/067.p/12` while it grows. */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  const name = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${name}${width === TILE_WIDTH ? '' : `.p/${width}`}`;
}

/** @throws LogDefect `malformed` for a path that `tilePath` would not write */
export function parseTilePath(path: string): Tile {
  const [, level = '', upper = '', last = '', partial] = PATH.exec(path) ?? [];
  const tile: Tile = {
    level: level === 'entries' ? level : Number(level),
    index: Number((upper + last).replace(/[x/]/g, '')),
    width: partial === undefined ? TILE_WIDTH : Number(partial),
  };
  // What comes out must lead back: leading groups of zeros, widths of 256 and more, levels past 63 do not.
  if (level === '' || Number(tile.level) > 63 || tile.width > TILE_WIDTH || tilePath(tile) !== path)
    throw new LogDefect('malformed', 'not the path of a tile');
  return tile;
}

/** How wide a tile of a tree of `size` leaves is; 0 when it has none there. */
export function tileWidth(level: Tile['level'], index: number, size: number): number {
  const inRow = Math.floor(size / TILE_WIDTH ** (level === 'entries' ? 0 : level));
  return Math.max(0, Math.min(TILE_WIDTH, inRow - index * TILE_WIDTH));
}

/** The tiles that a tree of `size` leaves has and one of `from` leaves had not, or not as wide. Entries come first, the top last. */
export function tilesOf(size: number, from = 0): Tile[] {
  const tiles: Tile[] = [];
  for (const level of ['entries', ...Array.from({ length: 7 }, (_, i) => i)] as const) {
    const unit = TILE_WIDTH ** (level === 'entries' ? 0 : level);
    const [had, has] = [Math.floor(from / unit), Math.floor(size / unit)];
    if (had === has) continue;
    for (let index = Math.floor(had / TILE_WIDTH); index * TILE_WIDTH < has; index += 1) {
      tiles.push({ level, index, width: tileWidth(level, index, size) });
    }
  }
  return tiles;
}

/** The bytes of a tile of hashes. */
export function tileBytes({ index, width, ...tile }: Tile, subtree: Subtree): Uint8Array {
  if (tile.level === 'entries') throw new RangeError('Entries are no hashes');
  const level = tile.level * HEIGHT;
  return concatBytes(...Array.from({ length: width }, (_, i) => subtree(level, index * TILE_WIDTH + i)));
}

/** The tile of a tree of `size` leaves that a complete subtree can be computed from. */
export function tileOver(level: number, position: number, size: number): Tile {
  const row = Math.floor(level / HEIGHT);
  const first = position * 2 ** (level % HEIGHT);
  const index = Math.floor(first / TILE_WIDTH);
  return { level: row, index, width: tileWidth(row, index, size) };
}

/**
 * Reads subtrees from tiles. Nothing of it is proven: whoever uses it compares with a root that somebody signed.
 * @param bytesOf the bytes of the tile with this path
 * @throws LogDefect `tile-wrong` when they are missing or have not the width the path says
 */
export function subtreesIn(bytesOf: (path: string) => Uint8Array | undefined, size: number): Subtree {
  return (level, position) => {
    const tile = tileOver(level, position, size);
    const path = tilePath(tile);
    const bytes = bytesOf(path);
    if (bytes?.length !== tile.width * HASH)
      throw new LogDefect('tile-wrong', `${path} is missing or has another size`);
    const height = level % HEIGHT;
    const offset = (position * 2 ** height) % TILE_WIDTH;
    const row = Array.from({ length: 2 ** height }, (_, i) =>
      bytes.subarray((offset + i) * HASH, (offset + i + 1) * HASH),
    );
    return joined(row);
  };
}

/** The root over a power of two of hashes. */
function joined(row: readonly Uint8Array[]): Uint8Array {
  const [first, ...rest] = row;
  if (!first || first.length !== HASH) throw new LogDefect('tile-wrong', 'the tree has no such subtree');
  if (rest.length === 0) return first;
  const half = row.length / 2;
  return nodeHash(joined(row.slice(0, half)), joined(row.slice(half)));
}
