import { join } from 'node:path';
import type { Snapshot, Targets, Timestamp } from '@tufjs/models';
import type { SignedFile } from './metadata.ts';
import { TufProblem } from './problem.ts';
import { treePath, type Repository } from './repository.ts';
import {
  findFile,
  removeFiles,
  replace,
  writeOnce,
  type FileOnDisk,
  type OnStep,
  type TreeFile,
} from './writeFiles.ts';

/** What is new; the timestamp always is, since only through it does anything new reach a client. */
export type Change = {
  targetFiles?: (TreeFile | FileOnDisk)[];
  targets?: SignedFile<Targets>;
  urgent?: SignedFile<Targets>;
  snapshotRole?: SignedFile<Snapshot>;
  timestamp: SignedFile<Timestamp>;
};

/**
 * Writes a verified change in the one safe order, each step finished before the next (SNAPSHOTS §4.4): target files,
 * targets, urgent, snapshot, timestamp. Up to the rename of `timestamp.json` clients get the old state, from then on the new.
 *
 * What an earlier crash left is removed only when a higher number of its kind is on disk. Were it removed first, the
 * highest number on disk would sink, and a second crash could lead to one number with two contents.
 * @throws TufProblem `version-exists-with-other-bytes`, `tree-changed`, `tree-not-writable`
 */
export async function commit(repository: Repository, change: Change, onStep?: OnStep): Promise<void> {
  const { dir, leftovers } = repository;
  for (const file of change.targetFiles ?? []) await writeOnce(dir, file, onStep);
  for (const role of ['targets', 'urgent', 'snapshotRole'] as const) {
    const file = change[role];
    if (!file) continue;
    const path = treePath[role](file.metadata.signed.version);
    await writeOnce(dir, { path, bytes: file.bytes }, onStep);
    // What was signed elsewhere may itself be what a crash left.
    const others = leftovers[role].filter((leftover) => leftover !== path);
    await removeFiles(dir, others, onStep);
  }
  await requireUnchanged(repository);
  await replace(dir, { path: treePath.timestamp, bytes: change.timestamp.bytes }, onStep);
}

// Behind the lock this cannot happen; a restored backup or a copied tree does not know our lock.
async function requireUnchanged({ dir, published }: Repository): Promise<void> {
  const found = await findFile(join(dir, treePath.timestamp));
  const same = published ? found?.equals(published.timestamp.bytes) : found === undefined;
  if (!same) throw new TufProblem('tree-changed', `somebody else wrote ${treePath.timestamp} meanwhile`);
}
