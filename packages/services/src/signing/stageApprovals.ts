import { join } from 'node:path';
import { APPROVALS_FILE, NO_TOMBSTONES, readTombstones, type Manifest } from '@waymark/domain';
import type { Store } from '@waymark/store';
import { openStagedFile } from '../snapshots/stagedFile.ts';
import { linesOf, noLines, targetFile, type CurrentSnapshot } from '../snapshots/tree.ts';
import { approvalLines, type ToApprove } from './approvals.ts';

/** Lines are gathered to this many characters before they are written. */
const CHUNK = 256 * 1024;

/**
 * Writes the proof of approvals of a prepared snapshot beside its files; it goes to signers and is never published.
 * @param dir staging folder
 * @throws Problem storage-failed when the log does not hold what the directory says
 */
export async function stageApprovals(
  store: Store,
  { repoDir, dir, current }: { repoDir: string; dir: string; current: CurrentSnapshot | undefined },
  manifest: Manifest,
): Promise<void> {
  const before = current
    ? await filesOf(current.manifest, (path, hash) => targetFile(repoDir, path, hash))
    : { directory: noLines(), tombstones: NO_TOMBSTONES };
  const after = await filesOf(manifest, (path) => join(dir, path));
  const file = await openStagedFile(dir, APPROVALS_FILE, 'application/x-ndjson');
  await store.frozen(async (read) => {
    let text = '';
    for await (const line of approvalLines(read, manifest, before, after)) {
      text += line;
      if (text.length < CHUNK) continue;
      await file.write(Buffer.from(text));
      text = '';
    }
    await file.write(Buffer.from(text));
  });
  await file.close();
}

async function filesOf({ files }: Manifest, place: (path: string, hash: string) => string): Promise<ToApprove> {
  const lines = (path: string) => {
    const sha256 = files.find((file) => file.path === path)?.sha256 ?? '';
    return linesOf(place(path, sha256), sha256);
  };
  return { directory: lines('v1/directory.ndjson'), tombstones: await readTombstones(lines('v1/tombstones.ndjson')) };
}
