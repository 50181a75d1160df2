import { access } from 'node:fs/promises';
import {
  compareDirectories,
  countInto,
  newTally,
  refuse,
  toDifference,
  type Difference,
  type Manifest,
  type PublishedRecord,
} from '@waymark/domain';
import { findSnapshot, Problem, type Context } from '@waymark/store';
import type { Publishing } from './publishing.ts';
import { linesOf, noLines, targetFile } from './tree.ts';

/**
 * What changed between any two published snapshots, read from the files clients got.
 * @param from 0 compares with nothing
 * @throws Problem not-found for a sequence that was never published, or whose files are gone (`collectSnapshots`);
 *   storage-failed
 */
export async function differenceBetween(
  ctx: Context,
  { repoDir }: Pick<Publishing, 'repoDir'>,
  from: number,
  to: number,
): Promise<Difference> {
  const before = from === 0 ? undefined : await publishedManifest(ctx, from);
  const after = await publishedManifest(ctx, to);
  const lines = ({ contentDigest }: Manifest) =>
    linesOf(targetFile(repoDir, 'v1/directory.ndjson', contentDigest), contentDigest);
  for (const manifest of [...(before ? [before] : []), after]) await requireFiles(repoDir, manifest);
  const tally = newTally();
  let entries = 0;
  for await (const line of lines(after)) {
    const record = JSON.parse(line) as PublishedRecord; // We wrote the line; the end of the file shows its hash.
    countInto(tally, record);
    if (record.type === 'entry') entries += 1;
  }
  const comparison = await compareDirectories(before ? lines(before) : noLines(), lines(after), tally, entries);
  return toDifference(comparison, new Set(after.changes.suspended));
}

async function requireFiles(repoDir: string, { sequence, contentDigest }: Manifest): Promise<void> {
  await access(targetFile(repoDir, 'v1/directory.ndjson', contentDigest)).catch(() => {
    const words = `The files of snapshot ${sequence} were removed; the first snapshot of each month is in the archive`;
    throw new Problem(refuse('not-found', words));
  });
}

/** The manifest of a published snapshot. @throws Problem not-found for a sequence that was never published */
export async function publishedManifest({ store }: Context, sequence: number): Promise<Manifest> {
  const row = await findSnapshot(store.read, sequence);
  if (row?.state !== 'published') throw new Problem(refuse('not-found', `Snapshot ${sequence} was never published`));
  return row.manifest as Manifest; // Written by `stageManifest` alone.
}
