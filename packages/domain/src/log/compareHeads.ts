import { bytesToHex } from '@noble/hashes/utils.js';
import { consistencyPath, consistencyRoots, EMPTY_ROOT, neededBy, rootOf } from '../merkle.ts';
import type { Checkpoint } from './checkpoint.ts';
import { LogDefect } from './defect.ts';
import { TILE_WIDTH, subtreesIn, tileOver, tilePath, type Tile } from './tile.ts';

/** Fetches one file of a log by its path below the log; undefined when there is none. */
export type ReadLogFile = (path: string) => Promise<Uint8Array | undefined>;

export type HeadComparison =
  | { relation: 'same' | 'grown' }
  /** The log shows less than it showed before. An old copy looks like this too, so it is refused and not yet a proof. */
  | { relation: 'shrunk' }
  /** Both were signed and no log can hold both. `path` proves it where the sizes differ; for one size the heads alone do. */
  | { relation: 'split'; path: string[] };

/**
 * Whether a log that once showed `known` may now show `next`. The tiles need not be trusted: what they say must lead to
 * `next`, whose signature the caller verified, and then what they say of `known` is certain too.
 * @throws LogDefect `tile-wrong` when a tile is missing or the tiles do not lead to `next`: that is no fork, only no answer
 */
export async function compareHeads(
  known: Checkpoint,
  next: Checkpoint,
  readFile: ReadLogFile,
): Promise<HeadComparison> {
  requireEmptyRoot(known);
  requireEmptyRoot(next);
  if (known.size === next.size)
    return known.root === next.root ? { relation: 'same' } : { relation: 'split', path: [] };
  if (known.size > next.size) return { relation: 'shrunk' };
  if (known.size === 0) {
    await requireRoot(next, readFile);
    return { relation: 'grown' };
  }
  const nodes = neededBy((subtree) => consistencyPath(subtree, known.size, next.size));
  const path = consistencyPath(await readSubtrees(nodes, next.size, readFile), known.size, next.size);
  const roots = consistencyRoots(known.size, next.size, path);
  if (!roots || bytesToHex(roots.second) !== next.root) throw notOf(next);
  if (bytesToHex(roots.first) === known.root) return { relation: 'grown' };
  return { relation: 'split', path: path.map((hash) => bytesToHex(hash)) };
}

/** Checks that the tiles of a log lead to a head: what a first look can do. @throws LogDefect `tile-wrong` */
export async function requireRoot(head: Checkpoint, readFile: ReadLogFile): Promise<void> {
  const nodes = neededBy((subtree) => rootOf(subtree, head.size));
  const root = rootOf(await readSubtrees(nodes, head.size, readFile), head.size);
  if (bytesToHex(root) !== head.root) throw notOf(head);
}

function requireEmptyRoot({ size, root }: Checkpoint): void {
  if (size === 0 && root !== bytesToHex(EMPTY_ROOT)) throw new LogDefect('malformed', 'an empty log has another root');
}

/** The tiles over these nodes, each once. */
async function readSubtrees(nodes: readonly [number, number][], size: number, readFile: ReadLogFile) {
  const tiles = new Map(
    nodes.map(([level, position]) => {
      const tile = tileOver(level, position, size);
      return [tilePath(tile), tile] as const;
    }),
  );
  const found = new Map<string, Uint8Array | undefined>();
  for (const [path, tile] of tiles) found.set(path, await readTile(tile, readFile));
  return subtreesIn((path) => found.get(path), size);
}

/** A log may drop a partial tile once the full one is there (tlog-tiles, "Partial Tiles"). */
async function readTile(tile: Tile, readFile: ReadLogFile): Promise<Uint8Array | undefined> {
  const bytes = await readFile(tilePath(tile));
  if (bytes || tile.width === TILE_WIDTH) return bytes;
  const full = await readFile(tilePath({ ...tile, width: TILE_WIDTH }));
  return full?.subarray(0, tile.width * 32);
}

function notOf({ size }: Checkpoint): LogDefect {
  return new LogDefect('tile-wrong', `the tiles do not lead to the head of ${size}`);
}
