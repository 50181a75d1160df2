import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SIGNING_POLICY_FILE } from '@waymark/domain';
import { TufProblem } from '@waymark/tuf';
import { openProduction } from './openKeys.ts';
import type { publishingPaths, Publishing, PublishingSettings } from './publishing.ts';

type Paths = ReturnType<typeof publishingPaths>;

/**
 * Keeps a production server at what lies on disk. A look costs a few `stat`; only what changed is opened.
 * @returns what `inTurn` calls before each piece of work
 */
export async function watchRoot(
  settings: PublishingSettings,
  paths: Paths,
  publishing: Publishing,
): Promise<() => Promise<void>> {
  let seen = await stampOf(paths, settings.dataDir);
  return async () => {
    const stamp = await stampOf(paths, settings.dataDir);
    if (stamp === seen) return;
    try {
      const opened = await openProduction(settings, paths);
      if (opened.rootVersion < publishing.rootVersion)
        throw new TufProblem(
          'tree-broken',
          `root ${publishing.rootVersion} is in use, and ${opened.rootVersion} is the newest in the tree: a root was removed`,
        );
      Object.assign(publishing, opened, { notTaken: null });
    } catch (error) {
      if (!(error instanceof TufProblem)) throw error;
      // What is in use goes on: half of a change, such as a root whose keys are not there yet, must stop nothing.
      if (publishing.off === null) publishing.notTaken = error.message;
      else publishing.off = error.message;
    }
    seen = stamp;
  };
}

/** Changes with every root, key file and policy that is written, without reading any. */
async function stampOf({ repoDir, keysDir }: Paths, dataDir: string): Promise<string> {
  const roots = (await readdir(join(repoDir, 'metadata')).catch(() => [])).filter((name) =>
    /^\d+\.root\.json$/.test(name),
  );
  const keys = ['snapshot', 'timestamp'].flatMap((role) => [`${role}.key`, `${role}.old.key`]);
  const files = [
    ...roots.sort().map((name) => join(repoDir, 'metadata', name)),
    ...keys.map((name) => join(keysDir, name)),
    join(dataDir, SIGNING_POLICY_FILE),
  ];
  const stamps = files.map(async (file) => {
    const found = await stat(file).catch(() => undefined);
    return found ? `${file} ${found.ino} ${found.size} ${found.mtimeMs}` : '';
  });
  return (await Promise.all(stamps)).join('\n');
}
