import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TufProblem } from './problem.ts';
import { readRepository, requireOwnVersions, treePath } from './repository.ts';
import { targetFilePath } from './targets.ts';
import { findFile, type TreeFile } from './writeFiles.ts';

/** Where the audit log lies in the tree, for those who check it (SNAPSHOTS §4.10). */
export const logPath = {
  key: 'log/key',
  checkpoint: 'log/checkpoint',
  /** Older heads, as witnesses cosigned them. */
  cosigned: 'log/cosigned',
  tiles: 'log/tile',
};

/**
 * Everything a client may be led to now, from one reading of the tree: whoever copies these files in this order copies a
 * tree that verifies, though another publish goes on meanwhile. All but what comes as bytes is written once and never again.
 */
export type PublicFiles = {
  /** What clients who take these files have. */
  versions: { root: number; targets: number; snapshotRole: number; timestamp: number };
  /** Of all target files, whatever role lists them. */
  targets: string[];
  roots: string[];
  /** `V.targets.json` and what delegated roles have beside it. */
  roles: string[];
  snapshotRole: string;
  timestamp: { path: string; bytes: Buffer };
  /** Complete and partial tiles of the log; the checkpoint was read before them, so they cover it. */
  tiles: string[];
  /** The log's key, its checkpoint, and the heads that witnesses cosigned last; none while there is no log. */
  logHead: TreeFile[];
};

/**
 * Lists what clients may be led to now.
 * @returns undefined before the first publish
 * @throws TufProblem `tree-has-no-root`, `tree-broken`, `versions-far-ahead`
 */
export async function publicFiles(dir: string): Promise<PublicFiles | undefined> {
  const repository = await readRepository(dir);
  const { roots, root, published } = repository;
  // Copies stay what they were: a thief's numbers must not reach those who read them there.
  requireOwnVersions(repository);
  if (!published) return undefined;
  const { timestamp, snapshotRole, targets } = published;
  const roles = Object.entries(snapshotRole.metadata.signed.meta).map(
    ([name, { version }]) => `metadata/${version}.${name}`,
  );
  const lists = await Promise.all(roles.map((path) => targetFilesOf(dir, path)));
  const cosigned = await filesBelow(dir, logPath.cosigned);
  const logHead = await readThose(dir, [logPath.key, logPath.checkpoint, ...cosigned]);
  return {
    versions: {
      root: root.signed.version,
      targets: targets.metadata.signed.version,
      snapshotRole: snapshotRole.metadata.signed.version,
      timestamp: timestamp.metadata.signed.version,
    },
    targets: [...new Set(lists.flat())].sort(),
    roots: roots.map(({ signed }) => treePath.root(signed.version)),
    roles: roles.sort(),
    snapshotRole: treePath.snapshotRole(snapshotRole.metadata.signed.version),
    timestamp: { path: treePath.timestamp, bytes: timestamp.bytes },
    tiles: await filesBelow(dir, logPath.tiles),
    logHead,
  };
}

/**
 * The target files that a metadata file of targets, or of a delegated role, lists: by path in the tree.
 * @throws TufProblem `tree-broken`
 */
export async function targetFilesOf(dir: string, path: string): Promise<string[]> {
  try {
    const { signed } = JSON.parse(await readFile(join(dir, path), 'utf8')) as {
      signed: { targets: Record<string, { hashes: { sha256: string } }> };
    };
    return Object.entries(signed.targets).map(([name, { hashes }]) =>
      treePath.target(targetFilePath(name, hashes.sha256)),
    );
  } catch (cause) {
    throw new TufProblem('tree-broken', `${path} is missing or lists no targets`, { cause });
  }
}

async function readThose(dir: string, paths: readonly string[]): Promise<TreeFile[]> {
  const found = await Promise.all(paths.map(async (path) => ({ path, bytes: await findFile(join(dir, path)) })));
  return found.flatMap(({ path, bytes }) => (bytes ? [{ path, bytes }] : []));
}

/** Every file below a folder of the tree, by path in the tree, sorted. Empty when there is no such folder. */
export async function filesBelow(dir: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(dir, folder), { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(dir, '/').length))
    .sort();
}
