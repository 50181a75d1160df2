import { join } from 'node:path';
import { snapshotsIn, type Reader } from '@waymark/store';
import { collectGarbage, type Collected } from '@waymark/tuf';

/** Deltas lead from the first snapshot of each of so many months to the newest (SNAPSHOTS §4.5). */
const BASE_MONTHS = 12;

/** Cold storage of a data folder: the first publication of each month. */
export function archiveDirOf(dataDir: string): string {
  return join(dataDir, 'archive');
}

/**
 * Marks and sweeps the tree (SNAPSHOTS §4.6). Beside what clients may be led to stay all manifests, because they carry the
 * heads of the audit log that others hold copies of, and the content that monthly deltas start from.
 * @throws TufProblem `tree-has-no-root`, `tree-broken`, `tree-busy`, `tree-not-writable`
 */
export async function collectSnapshots(
  read: Reader,
  { repoDir, dataDir, now, dryRun }: { repoDir: string; dataDir: string; now: Date; dryRun: boolean },
): Promise<Collected> {
  const bases = await monthlyBases(read, now);
  const keep = (path: string, sha256: string) =>
    path === 'v1/manifest.json' || (path === 'v1/directory.ndjson' && bases.has(sha256));
  return collectGarbage({ dir: repoDir, archiveDir: archiveDirOf(dataDir), now, dryRun, keep });
}

/** Content digests of the first snapshot of each of the last months; a digest is the hash of `v1/directory.ndjson`. */
async function monthlyBases(read: Reader, now: Date): Promise<Set<string>> {
  const oldest = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - BASE_MONTHS)).toISOString().slice(0, 7);
  const firsts = new Map<string, string>();
  for (const { publishedAt, contentDigest } of await snapshotsIn(read, 'published')) {
    const month = publishedAt?.slice(0, 7);
    if (month !== undefined && month >= oldest && !firsts.has(month)) firsts.set(month, contentDigest);
  }
  return new Set(firsts.values());
}
