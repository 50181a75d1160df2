import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { linkOrCopy, publicFiles, type PublicFiles } from '@waymark/tuf';
import { publicPages } from './publicPages.ts';

/** Files that clients may see together, once all stages before are there. */
export type Stage = {
  name: 'targets' | 'roots' | 'roles' | 'snapshot' | 'timestamp' | 'tiles' | 'checkpoint' | 'pages';
  mode: 'once' | 'replace';
  paths: readonly string[];
};

/** The public tree as it was at one moment, in a folder of its own: publishing and removal go on beside it. */
export type PublicView = {
  dir: string;
  versions: PublicFiles['versions'];
  /** In the order in which clients may see them (SNAPSHOTS §4.4). */
  stages: readonly Stage[];
};

/**
 * Gives `work` a view of the tree and throws it away afterwards. Files that never change are linked, not copied.
 * @param workDir a private folder, best on the file system of the tree
 * @returns undefined before the first publish
 * @throws TufProblem `tree-has-no-root`, `tree-broken`
 */
export async function withPublicView<T>(
  { repoDir, workDir }: { repoDir: string; workDir: string },
  work: (view: PublicView) => Promise<T>,
): Promise<T | undefined> {
  await mkdir(workDir, { recursive: true, mode: 0o700 });
  const dir = await mkdtemp(join(workDir, 'view-'));
  try {
    const files = await takeFiles(repoDir, dir);
    if (!files) return undefined;
    const pages = await publicPages(dir, files);
    const changing = [files.timestamp, ...files.logHead, ...pages];
    for (const { path, bytes } of changing) {
      await mkdir(dirname(join(dir, path)), { recursive: true });
      await writeFile(join(dir, path), bytes);
    }
    return await work({ dir, versions: files.versions, stages: stagesOf(files, pages) });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

// The log drops a partial tile once it is full, which may be between our list and our link: then the list is made anew.
async function takeFiles(repoDir: string, dir: string, tries = 3): Promise<PublicFiles | undefined> {
  const files = await publicFiles(repoDir);
  if (!files) return undefined;
  const still = [...files.targets, ...files.roots, ...files.roles, files.snapshotRole, ...files.tiles];
  try {
    for (const path of still) await linkOrCopy(join(repoDir, path), join(dir, path));
    return files;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || tries === 1) throw error;
    return takeFiles(repoDir, dir, tries - 1);
  }
}

function stagesOf(files: PublicFiles, pages: readonly { path: string }[]): Stage[] {
  return [
    { name: 'targets', mode: 'once', paths: files.targets },
    { name: 'roots', mode: 'once', paths: files.roots },
    { name: 'roles', mode: 'once', paths: files.roles },
    { name: 'snapshot', mode: 'once', paths: [files.snapshotRole] },
    { name: 'timestamp', mode: 'replace', paths: [files.timestamp.path] },
    { name: 'tiles', mode: 'once', paths: files.tiles },
    { name: 'checkpoint', mode: 'replace', paths: files.logHead.map(({ path }) => path) },
    { name: 'pages', mode: 'replace', paths: pages.map(({ path }) => path) },
  ];
}
