import { copyFile, link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { TufProblem } from './problem.ts';

/** A file of the tree, by its path relative to the tree's directory. */
export type TreeFile = { path: string; bytes: Buffer };

/** Told before each durable step, e.g. `rename metadata/7.targets.json`. Tests throw here to crash at that point. */
export type OnStep = (step: string) => void | Promise<void>;

/** Half-written files live here, never beside the published ones, so that cleaning up is removing one directory. */
const staging = '.staging';

const noStep: OnStep = () => {};

/**
 * Writes a file whose name promises its content: a numbered metadata file or a target. The same bytes again are fine.
 * @throws TufProblem `version-exists-with-other-bytes`, `tree-not-writable`
 */
export async function writeOnce(dir: string, file: TreeFile, onStep: OnStep = noStep): Promise<void> {
  const present = await findFile(join(dir, file.path));
  if (!present) return replace(dir, file, onStep);
  if (!present.equals(file.bytes)) {
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
 * @throws TufProblem `tree-not-writable`
 */
export async function replace(dir: string, { path, bytes }: TreeFile, onStep: OnStep = noStep): Promise<void> {
  const staged = join(dir, staging, path.replaceAll('/', '%'));
  const final = join(dir, path);
  await step(`write ${path}`, onStep, async () => {
    await makeDirectory(join(dir, staging));
    await makeDirectory(dirname(final));
    await writeAndSync(staged, bytes);
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

async function step(name: string, onStep: OnStep, work: () => Promise<void>): Promise<void> {
  await onStep(name);
  await work().catch((cause: unknown) => {
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
