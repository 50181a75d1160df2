import { join } from 'node:path';
import { APPROVALS_FILE, type Manifest } from '@waymark/domain';
import type { Store } from '@waymark/store';
import { openStagedFile } from '../snapshots/stagedFile.ts';
import { linesOf, noLines, targetFile, type CurrentSnapshot } from '../snapshots/tree.ts';
import { approvalLines } from './approvals.ts';

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
  const path = 'v1/directory.ndjson';
  const before = current
    ? linesOf(targetFile(repoDir, path, current.manifest.contentDigest), current.manifest.contentDigest)
    : noLines();
  const file = await openStagedFile(dir, APPROVALS_FILE, 'application/x-ndjson');
  await store.frozen(async (read) => {
    let text = '';
    for await (const line of approvalLines(read, manifest, before, linesOf(join(dir, path), manifest.contentDigest))) {
      text += line;
      if (text.length < CHUNK) continue;
      await file.write(Buffer.from(text));
      text = '';
    }
    await file.write(Buffer.from(text));
  });
  await file.close();
}
