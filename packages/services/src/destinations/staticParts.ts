import { join } from 'node:path';
import { findFile, publicFiles, replaceFile, withLock } from '@waymark/tuf';
import { inTurn, type Publishing } from '../snapshots/publishing.ts';
import { lightPages, publicPages } from './publicPages.ts';

/**
 * Writes what lies beside the signed files of our own tree, as copies have it, once something was published or signed anew. To
 * be called often: it does nothing where nothing is new.
 * @returns whether anything was written
 * @throws TufProblem `tree-broken`, `versions-far-ahead`, `tree-busy`, `tree-not-writable`
 */
export async function writeStaticParts(publishing: Publishing): Promise<boolean> {
  const { repoDir: dir } = publishing;
  const files = await publicFiles(dir);
  if (!files || (await areThere(dir, await lightPages(dir, files)))) return false;
  // The seed of a large directory takes seconds: made before anybody has to wait.
  const pages = await publicPages(dir, files);
  await inTurn(publishing, () =>
    withLock(dir, async () => {
      for (const page of pages) await replaceFile(dir, page);
    }),
  );
  return true;
}

// The page for people says which versions it is of, and is written last: while it is right, so is all the rest.
async function areThere(dir: string, pages: readonly { path: string; bytes: Buffer }[]): Promise<boolean> {
  for (const { path, bytes } of pages) if (!(await findFile(join(dir, path)))?.equals(bytes)) return false;
  return true;
}
