import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseMetadata, signedAt } from './metadata.ts';
import { TufProblem } from './problem.ts';
import { filesBelow, targetFilesOf } from './publicFiles.ts';
import { treePath, type Repository } from './repository.ts';

/** How long what was published stays (SNAPSHOTS §4.6). */
export type Retention = {
  /** What was current within so many days. */
  days: number;
  /** And so many of the last publications, however old. */
  publications: number;
  /** From being found unreachable to being removed. */
  waitDays: number;
  /** After a publication nothing is removed for so long. */
  quietHours: number;
};

export const defaultRetention: Retention = { days: 30, publications: 10, waitDays: 7, quietHours: 24 };

/** One snapshot metadata file on disk, and what it leads to. */
export type Release = {
  snapshotRole: string;
  version: number;
  /** Version of the targets metadata: two releases with one are the same publication, signed anew. */
  publication: number;
  /** Metadata of targets and delegated roles. */
  roles: string[];
  /** Undefined for metadata another program made: of unknown age, so it stays. */
  signedAt: Date | undefined;
  /** When people signed what it leads to. */
  publishedAt: Date | undefined;
};

/** Every release on disk up to the one that clients get now, oldest first. What a crash left above it is none. */
export async function releasesOf({ dir, published }: Repository): Promise<Release[]> {
  const current = published?.snapshotRole.metadata.signed.version ?? 0;
  const names = await readdir(join(dir, 'metadata'));
  const versions = names
    .map((name) => Number(/^([1-9]\d*)\.snapshot\.json$/.exec(name)?.[1] ?? 0))
    .filter((version) => version > 0 && version <= current)
    .sort((a, b) => a - b);
  return Promise.all(
    versions.map(async (version) => {
      const snapshotRole = treePath.snapshotRole(version);
      try {
        const metadata = parseMetadata.snapshotRole(await readFile(join(dir, snapshotRole)));
        const meta = Object.entries(metadata.signed.meta);
        return {
          snapshotRole,
          version,
          publication: metadata.signed.meta['targets.json']?.version ?? 0,
          roles: meta.map(([name, { version: of }]) => `metadata/${of}.${name}`),
          signedAt: signedAt(metadata),
          publishedAt: await publishedAt(dir, metadata.signed.meta['targets.json']?.version ?? 0),
        };
      } catch (cause) {
        throw new TufProblem('tree-broken', `${snapshotRole} cannot be read`, { cause });
      }
    }),
  );
}

async function publishedAt(dir: string, version: number): Promise<Date | undefined> {
  return signedAt(parseMetadata.targets(await readFile(join(dir, treePath.targets(version)))));
}

/** The releases that some client may still be led by: it learned of them when they were current, and takes its time. */
export function livingReleases(releases: readonly Release[], { days, publications }: Retention, now: Date): Release[] {
  const oldest = now.getTime() - days * 86_400_000;
  const lastOf = [...new Set(releases.map(({ publication }) => publication))].slice(-publications);
  return releases.filter(({ publication, signedAt: at }, position) => {
    const next = releases[position + 1];
    // Current until the next one was signed; the last is current now.
    const isRecent = next === undefined || at === undefined || !next.signedAt || next.signedAt.getTime() >= oldest;
    const isLastOfPublication = next === undefined || next.publication !== publication;
    return isRecent || (isLastOfPublication && lastOf.includes(publication));
  });
}

/**
 * Files of the tree that nobody can be led to any more: metadata and targets of releases that are past. Roots, the log and
 * what a crash left above the current release are never among them.
 * @param keep whether a target, by the path clients ask for and its hash, stays although no living release lists it
 * @returns metadata first: while they go, no metadata in the tree names a target that is gone
 */
export async function unreachableFiles(
  repository: Repository,
  living: readonly Release[],
  keep: (path: string, sha256: string) => boolean,
): Promise<string[]> {
  const { dir } = repository;
  const roles = new Set(living.flatMap((release) => release.roles));
  const targets = new Set((await Promise.all([...roles].map((path) => targetFilesOf(dir, path)))).flat());
  const reached = new Set([...living.map(({ snapshotRole }) => snapshotRole), ...roles, ...targets]);
  const metadata = (await filesBelow(dir, 'metadata')).filter((path) => {
    const [, number = '', name = ''] = /^metadata\/([1-9]\d*)\.([A-Za-z0-9_-]+)\.json$/.exec(path) ?? [];
    if (number === '' || name === 'root') return false;
    return !reached.has(path) && Number(number) < highestOf(name, repository, living);
  });
  const files = (await filesBelow(dir, 'targets')).filter((path) => {
    const target = targetOf(path);
    return target !== undefined && !reached.has(path) && !keep(target.path, target.sha256);
  });
  return [...metadata, ...files];
}

// A number at or above the one clients get is not past, whoever made it.
function highestOf(name: string, { published }: Repository, living: readonly Release[]): number {
  if (name === 'snapshot') return published?.snapshotRole.metadata.signed.version ?? 0;
  const named = living.at(-1)?.roles.find((path) => path.endsWith(`.${name}.json`));
  return Number(/^metadata\/(\d+)\./.exec(named ?? '')?.[1] ?? 0);
}

/** `targets/v1/<sha256>.x` → path and hash; undefined for what is no target. */
export function targetOf(file: string): { path: string; sha256: string } | undefined {
  const match = /^targets\/((?:[^/]+\/)*)([0-9a-f]{64})\.([^/]+)$/.exec(file);
  return match ? { path: `${match[1]}${match[3]}`, sha256: match[2] ?? '' } : undefined;
}
