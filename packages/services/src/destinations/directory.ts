import { readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { findFile, replaceFile, TufProblem, writeFileOnce, type TreeFile } from '@waymark/tuf';
import { DestinationProblem, type Destination } from './destination.ts';
import type { DirectorySettings } from './settings.ts';

/**
 * Another folder or mount. It must exist: a mount that is not mounted is an empty folder somewhere else, and filling
 * that would only look like success.
 */
export function directoryDestination({ name, url, required, path: to }: DirectorySettings): Destination {
  const put = async (dir: string, paths: readonly string[], write: (dir: string, file: TreeFile) => Promise<void>) => {
    for (const path of paths) {
      const bytes = await readFile(join(dir, path));
      await write(to, { path, bytes }).catch(explain);
    }
  };
  return {
    name,
    url,
    required,
    async open() {
      const found = await stat(to).catch(() => undefined);
      if (!found?.isDirectory())
        throw new DestinationProblem(
          'unreachable',
          `${to} is no folder; is it mounted? Make it, empty, the first time`,
        );
      return {
        putOnce: (dir, paths) => put(dir, paths, writeFileOnce),
        replace: (dir, paths) => put(dir, paths, replaceUnlessSame),
        async remove(paths) {
          for (const path of paths) await rm(join(to, path), { force: true }).catch(explain);
        },
        async finish() {},
        async close() {},
      };
    },
  };
}

async function replaceUnlessSame(dir: string, file: TreeFile): Promise<void> {
  if (!(await findFile(join(dir, file.path)))?.equals(file.bytes)) await replaceFile(dir, file);
}

function explain(cause: unknown): never {
  if (!(cause instanceof TufProblem)) throw new DestinationProblem('refused', String(cause), { cause });
  const code = cause.code === 'version-exists-with-other-bytes' ? 'other-bytes' : 'refused';
  throw new DestinationProblem(code, cause.message, { cause });
}
