import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  auditLeafBytes,
  entryBundle,
  formatCheckpoint,
  formatNote,
  formatVerifierKey,
  signNote,
  tileBytes,
  tilePath,
  tilesOf,
  TILE_WIDTH,
  type Checkpoint,
  type Tile,
} from '@waymark/domain';
import { auditHead, auditNodesIn, auditRowsFrom, auditSize, type Context, type Reader } from '@waymark/store';
import { replaceFile, writeFileOnce, type OnStep } from '@waymark/tuf';
import { inTurn } from '../snapshots/publishing.ts';
import { CHECKPOINT, KEY, publishedHead, type PublicLog } from './open.ts';

/** The database and the published log cannot both be right. Nothing is signed until a person has looked. */
export class LogContradiction extends Error {
  override readonly name = 'LogContradiction';
}

/**
 * Publishes what the audit log has become since the last time: tiles and entry bundles, then the signed head, so that a
 * head never promises what is not there. Only committed events are read. Called after work is done, at most once a minute
 * (SNAPSHOTS §4.10); twice in a row does nothing. After a crash at any point readers get the old head or the new one.
 * @param options.onStep told before each durable step; tests crash there
 * @returns the head that readers get now; undefined while there is no key, or nothing to publish yet
 * @throws LogContradiction when the database does not extend the published head: a log never signs two histories
 *   (c2sp.org/tlog-checkpoint). LogDefect when the published head was changed by others. TufProblem `tree-not-writable`
 */
export function publishLog(
  ctx: { store: Pick<Context['store'], 'read'> },
  log: PublicLog,
  options: { onStep?: OnStep } = {},
): Promise<Checkpoint | undefined> {
  return inTurn({ repoDir: log.dir }, async () => {
    const { dir, key, sign } = log;
    if (!key || !sign) return undefined;
    const { read } = ctx.store;
    const published = await publishedHead({ dir, key });
    const { size, root } = await auditHead(read, await auditSize(read));
    await requireExtension(read, published, size);
    if (size === (published?.size ?? 0)) return published;
    const tiles = tilesOf(size, published?.size);
    for (const tile of tiles) {
      await writeFileOnce(dir, { path: tilePath(tile), bytes: await bytesOf(read, tile) }, options.onStep);
    }
    const head = { origin: key.name, size, root };
    const note = formatNote(await signNote({ text: formatCheckpoint(head), signatures: [] }, key, sign));
    if (!published)
      await replaceFile(dir, { path: KEY, bytes: Buffer.from(`${formatVerifierKey(key)}\n`) }, options.onStep);
    await replaceFile(dir, { path: CHECKPOINT, bytes: Buffer.from(note) }, options.onStep);
    await dropPartials(dir, tiles);
    return head;
  });
}

async function requireExtension(read: Reader, published: Checkpoint | undefined, size: number): Promise<void> {
  if (!published) return;
  if (published.size > size)
    throw new LogContradiction(
      `the published log has ${published.size} events, the database ${size}: was an old backup restored?`,
    );
  if ((await auditHead(read, published.size)).root !== published.root)
    throw new LogContradiction(`the database holds another history than the published log of ${published.size} events`);
}

async function bytesOf(read: Reader, tile: Tile): Promise<Buffer> {
  const start = tile.index * TILE_WIDTH;
  if (tile.level === 'entries') {
    const rows = await auditRowsFrom(read, start, tile.width);
    return Buffer.from(entryBundle(rows.map(auditLeafBytes)));
  }
  const level = tile.level * Math.log2(TILE_WIDTH);
  const hashes = await auditNodesIn(read, level, start, start + tile.width);
  return Buffer.from(
    tileBytes(tile, (_level, position) => {
      const hash = hashes[position - start];
      if (!hash) throw new LogContradiction(`the audit tree lacks node ${level}/${position}`);
      return hash;
    }),
  );
}

/** Of a tile that is full now nobody needs the smaller ones; readers fall back to the full one (tlog-tiles, "Partial Tiles"). */
async function dropPartials(dir: string, written: readonly Tile[]): Promise<void> {
  for (const tile of written) {
    if (tile.width === TILE_WIDTH) await rm(join(dir, `${tilePath(tile)}.p`), { recursive: true, force: true });
  }
}
