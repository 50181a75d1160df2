import { appendFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withLock } from './lock.ts';
import { signedAt } from './metadata.ts';
import { TufProblem } from './problem.ts';
import { filesBelow, targetFilesOf } from './publicFiles.ts';
import { readRepository, treePath, type Repository } from './repository.ts';
import {
  defaultRetention,
  livingReleases,
  releasesOf,
  targetOf,
  unreachableFiles,
  type Release,
  type Retention,
} from './retention.ts';
import { findFile, linkOrCopy, removeFiles, replace, type OnStep } from './writeFiles.ts';

/** Ours, not served: what waits to be removed, and what was. */
const marksPath = '.gc/marks.json';
const sweptPath = '.gc/swept.ndjson';
const purgedPath = '.gc/purged.ndjson';

export type Collected = {
  /** Why nothing was removed this time. */
  waits?: 'nothing-published' | 'published-lately';
  /** Unreachable, and how long already. */
  marked: { path: string; since: string }[];
  /** Removed now; in a dry run, what would be. */
  swept: string[];
  bytes: number;
  /** Months put into cold storage before. */
  archived: string[];
};

/**
 * Marks what nobody can be led to any more, and removes what has been so for the waiting time: twice found unreachable, a
 * week apart, and not on the day of a publication. The first publication of each month is put into `archiveDir` before.
 * @param options.keep targets that stay although no living release lists them
 * @param options.dryRun says what would be done and writes nothing
 * @throws TufProblem `tree-has-no-root`, `tree-broken`, `tree-busy`, `tree-not-writable`
 */
export async function collectGarbage(options: {
  dir: string;
  archiveDir: string;
  now: Date;
  dryRun: boolean;
  keep?: (path: string, sha256: string) => boolean;
  retention?: Partial<Retention>;
  onStep?: OnStep;
}): Promise<Collected> {
  const { dir, archiveDir, now, dryRun, keep = () => false, onStep } = options;
  const retention = { ...defaultRetention, ...options.retention };
  return withLock(dir, async () => {
    const nothing: Collected = { marked: [], swept: [], bytes: 0, archived: [] };
    const repository = await readRepository(dir);
    if (!repository.published) return { ...nothing, waits: 'nothing-published' };
    const releases = await releasesOf(repository);
    const living = livingReleases(releases, retention, now);
    const unreachable = await unreachableFiles(repository, living, keep);
    const before = await readMarks(dir);
    const marks = Object.fromEntries(unreachable.map((path) => [path, before[path] ?? now.toISOString()]));
    const marked = Object.entries(marks).map(([path, since]) => ({ path, since }));
    if (!dryRun) await replace(dir, { path: marksPath, bytes: Buffer.from(JSON.stringify(marks, null, 1)) }, onStep);
    if (isQuiet(repository, retention, now)) return { ...nothing, marked, waits: 'published-lately' };

    const since = new Date(now.getTime() - retention.waitDays * 86_400_000).toISOString();
    const due = marked.filter((mark) => mark.since <= since).map(({ path }) => path);
    const bytes = (await Promise.all(due.map((path) => sizeOf(join(dir, path))))).reduce((sum, size) => sum + size, 0);
    const months = firstOfMonths(releases, new Set(due));
    if (dryRun) return { marked, swept: due, bytes, archived: months.map(({ month }) => month) };
    const archived: string[] = [];
    for (const { month, release } of months)
      if (await archive(repository, release, join(archiveDir, month))) archived.push(month);
    // Said before it is done: a place that has copies may lose a file early that nobody can be led to, never keep it for ever.
    await note(
      dir,
      sweptPath,
      due.map((path) => ({ path, at: now.toISOString() })),
    );
    await removeFiles(dir, due, onStep);
    return { marked: marked.filter(({ path }) => !due.includes(path)), swept: due, bytes, archived };
  });
}

/**
 * Removes the bytes of one target at once, wherever we keep them, and keeps its hash: for what is dangerous or unlawful.
 * @returns the files that were removed
 * @throws TufProblem `target-refused` while clients are led to it: publish without it first; `target-unknown`
 */
export async function purgeTarget(options: {
  dir: string;
  archiveDir: string;
  sha256: string;
  reason: string;
  now: Date;
}): Promise<string[]> {
  const { dir, archiveDir, sha256: hash, reason, now } = options;
  return withLock(dir, async () => {
    const { published } = await readRepository(dir);
    const isIt = (file: string) => targetOf(file.slice(file.indexOf('targets/')))?.sha256 === hash;
    const meta = Object.entries(published?.snapshotRole.metadata.signed.meta ?? {});
    for (const [name, { version }] of meta) {
      const listed = (await targetFilesOf(dir, `metadata/${version}.${name}`)).find(isIt);
      if (listed) throw new TufProblem('target-refused', `clients are led to ${listed} now; publish without it first`);
    }
    const files = (await filesBelow(dir, 'targets')).filter(isIt);
    const archived = (await filesBelow(archiveDir, '.')).filter((file) => file.includes('/targets/') && isIt(file));
    if (files.length + archived.length === 0 && !(await isPurged(dir, hash)))
      throw new TufProblem('target-unknown', `no target has the SHA-256 ${hash}`);
    await note(dir, purgedPath, [{ sha256: hash, files, reason, at: now.toISOString() }]);
    await note(
      dir,
      sweptPath,
      files.map((path) => ({ path, at: now.toISOString() })),
    );
    await removeFiles(dir, files);
    await removeFiles(archiveDir, archived);
    return [...files, ...archived.map((file) => join('archive', file))];
  });
}

/** Paths that were removed from the tree, oldest first, for those who have copies. A path may be there again since. */
export async function sweptFiles(dir: string): Promise<string[]> {
  const lines = (await findFile(join(dir, sweptPath)))?.toString().split('\n').filter(Boolean) ?? [];
  // A line that a crash cut short speaks of files that were not removed yet.
  return lines.flatMap((line) => {
    try {
      return [(JSON.parse(line) as { path: string }).path];
    } catch {
      return [];
    }
  });
}

async function isPurged(dir: string, hash: string): Promise<boolean> {
  return (await findFile(join(dir, purgedPath)))?.toString().includes(`"sha256":"${hash}"`) ?? false;
}

async function readMarks(dir: string): Promise<Record<string, string>> {
  const bytes = await findFile(join(dir, marksPath));
  return bytes ? (JSON.parse(bytes.toString()) as Record<string, string>) : {}; // Written by `collectGarbage` alone.
}

/** A publication is what people signed; signing anew by the clock is none. */
function isQuiet({ published }: Repository, { quietHours }: Retention, now: Date): boolean {
  const at = published && signedAt(published.targets.metadata);
  return at !== undefined && now.getTime() - at.getTime() < quietHours * 3_600_000;
}

/** The first publication of each month, of those whose targets metadata is about to go. */
function firstOfMonths(releases: readonly Release[], due: ReadonlySet<string>): { month: string; release: Release }[] {
  const months = new Map<string, Release>();
  for (const release of releases) {
    const month = release.publishedAt?.toISOString().slice(0, 7);
    if (month !== undefined && !months.has(month)) months.set(month, release);
  }
  return [...months]
    .filter(([, { roles }]) => due.has(roles.find((path) => path.endsWith('.targets.json')) ?? ''))
    .map(([month, release]) => ({ month, release }));
}

/** Links a release into cold storage, whole or not at all. @returns false when the month is there already */
async function archive({ dir, roots }: Repository, release: Release, to: string): Promise<boolean> {
  if (await isFolder(to)) return false;
  const half = `${to}.half`;
  await rm(half, { recursive: true, force: true });
  const targets = (await Promise.all(release.roles.map((path) => targetFilesOf(dir, path)))).flat();
  const paths = [...roots.map(({ signed }) => treePath.root(signed.version)), release.snapshotRole, ...release.roles];
  for (const path of [...paths, ...new Set(targets)]) {
    // Purged since, or removed by an earlier run that was cut short.
    if (await findFile(join(dir, path))) await linkOrCopy(join(dir, path), join(half, path));
  }
  await rename(half, to);
  return true;
}

async function note(dir: string, path: string, lines: readonly object[]): Promise<void> {
  if (lines.length === 0) return;
  const file = join(dir, path);
  await mkdir(dirname(file), { recursive: true });
  await appendFile(file, `\n${lines.map((line) => `${JSON.stringify(line)}\n`).join('')}`);
  const handle = await open(file, 'r');
  await handle.sync().finally(() => handle.close());
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => undefined))?.size ?? 0;
}

async function isFolder(path: string): Promise<boolean> {
  return readdir(path).then(
    () => true,
    () => false,
  );
}
