import { lstat, readlink, rm, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { TufProblem } from './problem.ts';
import { makeDirectory } from './writeFiles.ts';

const turns = new Map<string, Promise<unknown>>();

/** No publish takes this long; a lock older than this belongs to a process whose number was given to another. */
const staleAfterMs = 10 * 60_000;

/**
 * Runs `work` while nobody else writes to this tree: callers in this process wait their turn, another process is
 * refused. A lock whose process has died is taken over, so a crash needs no hand.
 * @throws TufProblem `tree-busy`, `tree-not-writable`
 */
export async function withLock<T>(dir: string, work: () => Promise<T>): Promise<T> {
  const key = resolve(dir);
  const turn = (turns.get(key) ?? Promise.resolve()).then(() => holdLock(key, work));
  turns.set(
    key,
    turn.catch(() => {}),
  );
  return turn;
}

async function holdLock<T>(dir: string, work: () => Promise<T>): Promise<T> {
  const path = join(dir, '.lock');
  await takeLock(dir, path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EEXIST') throw new TufProblem('tree-busy', `another process is writing to ${dir}`, { cause });
    throw new TufProblem('tree-not-writable', `could not lock ${dir}: ${cause.message}`, { cause });
  });
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function takeLock(dir: string, path: string): Promise<void> {
  await makeDirectory(dir);
  if (await isStale(path)) await rm(path, { force: true });
  // A link that points at our number: made in one step, so a crash cannot leave a lock without an owner.
  await symlink(String(process.pid), path);
}

async function isStale(path: string): Promise<boolean> {
  try {
    const pid = Number(await readlink(path));
    const { mtimeMs } = await lstat(path);
    // Our own number: an earlier process had it, as in a restarted container, for in this one callers take turns.
    return pid === process.pid || !isAlive(pid) || Date.now() - mtimeMs > staleAfterMs;
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
