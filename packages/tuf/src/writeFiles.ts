import { createHash } from 'node:crypto';
import { access, chmod, copyFile, link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TufProblem } from './problem.ts';

/** A file of the tree, by its path relative to the tree's directory. */
export type TreeFile = { path: string; bytes: Buffer };

/** One that lies elsewhere on this machine, as `file`, and is taken in if it has this SHA-256. */
export type FileOnDisk = { path: string; file: string; hash: string };

/** Told before each durable step, e.g. `rename metadata/7.targets.json`. Tests throw here to crash at that point. */
export type OnStep = (step: string) => void | Promise<void>;

/** Half-written files live here, never beside the published ones, so that cleaning up is removing one directory. */
const staging = '.staging';

const noStep: OnStep = () => {};

/**
 * Writes a file whose name promises its content: a numbered metadata file or a target. The same bytes again are fine.
 * @throws TufProblem `version-exists-with-other-bytes`, `target-refused`, `tree-not-writable`
 */
export async function writeOnce(dir: string, file: TreeFile | FileOnDisk, onStep: OnStep = noStep): Promise<void> {
  const present = await isSame(join(dir, file.path), file);
  if (present === undefined) return replace(dir, file, onStep);
  if (!present) {
    throw new TufProblem(
      'version-exists-with-other-bytes',
      `${file.path} exists with other bytes; it is never rewritten`,
    );
  }
  // It may have been renamed just before a crash: its name is certain only once the directory is on disk.
  await step(`sync ${file.path}`, onStep, () => syncDirectory(dirname(join(dir, file.path))));
}

/**
 * Puts a file in place: all of it or, after a crash at any point, whatever was there before.
 * Finished when it returns: contents and name are on disk.
 * @throws TufProblem `tree-not-writable`, and `target-refused` for a file on disk that has another hash than it must
 */
export async function replace(dir: string, file: TreeFile | FileOnDisk, onStep: OnStep = noStep): Promise<void> {
  const { path } = file;
  const staged = join(dir, staging, path.replaceAll('/', '%'));
  const final = join(dir, path);
  await step(`write ${path}`, onStep, async () => {
    await makeDirectory(join(dir, staging));
    await makeDirectory(dirname(final));
    if ('bytes' in file) await writeAndSync(staged, file.bytes);
    else await takeIn(file, staged);
  });
  await step(`rename ${path}`, onStep, () => rename(staged, final));
  await step(`sync ${path}`, onStep, () => syncDirectory(dirname(final)));
}

/** Removes files that no client can have been led to. Missing ones are fine. */
export async function removeFiles(dir: string, paths: string[], onStep: OnStep = noStep): Promise<void> {
  for (const path of paths) {
    await step(`remove ${path}`, onStep, () => rm(join(dir, path), { force: true }));
  }
}

/**
 * A second name for a file that never changes, in a folder that is made when it is missing; a copy where that cannot be. A
 * name that is there already is fine.
 */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await link(from, to).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') return;
    // Another file system, or one without links.
    if (error.code !== 'EXDEV' && error.code !== 'EPERM' && error.code !== 'ENOTSUP') throw error;
    await copyFile(from, to);
  });
}

/** Throws away what a crashed run left half-written. */
export async function clearStaging(dir: string): Promise<void> {
  await rm(join(dir, staging), { recursive: true, force: true });
}

/** The bytes of a file, or undefined if there is none. */
export async function findFile(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
}

/** Whether a file is the one that is to be written; undefined if there is none. */
async function isSame(path: string, file: TreeFile | FileOnDisk): Promise<boolean | undefined> {
  if ('bytes' in file) return (await findFile(path))?.equals(file.bytes);
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  return isThere ? (await syncedHash(path)) === file.hash : undefined;
}

// A second name instead of a copy: the directory in all its forms is hundreds of megabytes, and they are on disk already.
async function takeIn({ path, file, hash }: FileOnDisk, staged: string): Promise<void> {
  await rm(staged, { force: true });
  await linkOrCopy(file, staged);
  await chmod(staged, 0o644);
  if ((await syncedHash(staged)) === hash) return;
  throw new TufProblem('target-refused', `${path} is not what was signed`);
}

/** SHA-256 of what is on disk: the contents are flushed before they are read. A little at a time, whatever the size. */
async function syncedHash(path: string): Promise<string> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
    const hash = createHash('sha256');
    for await (const chunk of handle.createReadStream({ autoClose: false, highWaterMark: SLICE }))
      hash.update(chunk as Buffer); // No encoding is set.
    return hash.digest('hex');
  } finally {
    await handle.close();
  }
}

const SLICE = 1024 * 1024;

async function step(name: string, onStep: OnStep, work: () => Promise<void>): Promise<void> {
  await onStep(name);
  await work().catch((cause: unknown) => {
    if (cause instanceof TufProblem) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TufProblem('tree-not-writable', `could not ${name}: ${why}`, { cause });
  });
}

async function writeAndSync(path: string, bytes: Buffer): Promise<void> {
  const handle = await open(path, 'w', 0o644);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a directory and those above it, and has their names on disk when it returns. */
export async function makeDirectory(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true });
  if (!first) return;
  // A new directory is an entry in its parent, and that too has to reach the disk.
  for (let made = path; made.length >= first.length; made = dirname(made)) await syncDirectory(dirname(made));
}

async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync().finally(() => handle.close());
}
