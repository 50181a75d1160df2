import type { Targets } from '@tufjs/models';
import { sha256 } from './canonical.ts';
import { commit } from './commit.ts';
import type { Signer } from './key.ts';
import type { Lifetimes } from './lifetime.ts';
import { signForRole } from './metadata.ts';
import { TufProblem } from './problem.ts';
import { readRepository, requireClock, treePath, type Repository } from './repository.ts';
import { withLock } from './lock.ts';
import { buildSnapshotRole } from './snapshotRole.ts';
import { buildTargets, targetFilePath, type TargetContent } from './targets.ts';
import { buildTimestamp } from './timestamp.ts';
import { clearStaging, type OnStep, type TreeFile } from './writeFiles.ts';

/** Who signs. `targets` are people, as many as the threshold asks; the other two are the online keys. */
export type PublishSigners = { targets: Signer[]; snapshotRole: Signer; timestamp: Signer };

export type PublishResult = {
  targetsVersion: number;
  snapshotVersion: number;
  timestampVersion: number;
  /** Of `N.targets.json`, for the audit log. */
  targetsSha256: string;
};

/**
 * Publishes a set of files: it replaces the set before, whole. Everything is signed and verified before the first byte
 * is written. After a crash at any point clients verify the old set or the new; the next call goes on by itself, with
 * numbers that were never used.
 *
 * @param options.dir the tree; `options.now` the time of signing; `options.lifetimes` overrides single defaults
 * @throws TufProblem `tree-has-no-root`, `tree-broken`, `tree-busy`, `root-expired`, `clock-before-last-signed`,
 *   `target-refused`, `not-canonical`, `key-wrong`, `threshold-not-met`, `version-exists-with-other-bytes`,
 *   `tree-changed`, `tree-not-writable`, `lifetime-refused`
 */
export async function publishTargets(options: {
  dir: string;
  files: TargetContent[];
  signers: PublishSigners;
  now: Date;
  lifetimes?: Partial<Lifetimes>;
  onStep?: OnStep;
}): Promise<PublishResult> {
  const { dir, files, signers, now, lifetimes, onStep } = options;
  return withLock(dir, async () => {
    const repository = await readRepository(dir);
    requireClock(repository, now);
    requireLivingRoot(repository, now);
    const { root, next } = repository;

    const unsignedTargets = buildTargets({ version: next.targets, files, now, lifetimes });
    const targets = await signForRole([root], 'targets', unsignedTargets, signers.targets);
    const unsignedSnapshot = buildSnapshotRole({ version: next.snapshotRole, targets, now, lifetimes });
    const snapshotRole = await signForRole([root], 'snapshotRole', unsignedSnapshot, [signers.snapshotRole]);
    const unsignedTimestamp = buildTimestamp({ version: next.timestamp, snapshotRole, now, lifetimes });
    const timestamp = await signForRole([root], 'timestamp', unsignedTimestamp, [signers.timestamp]);

    const targetFiles = files.map((file) => toTreeFile(file, targets.metadata.signed));
    await clearStaging(dir);
    await commit(repository, { targetFiles, targets, snapshotRole, timestamp }, onStep);
    return {
      targetsVersion: next.targets,
      snapshotVersion: next.snapshotRole,
      timestampVersion: next.timestamp,
      targetsSha256: sha256(targets.bytes),
    };
  });
}

// People may take their time to sign, and the buffer is the caller's.
function toTreeFile({ path, bytes }: TargetContent, signed: Targets): TreeFile {
  const hash = sha256(bytes);
  if (signed.targets[path]?.hashes['sha256'] === hash)
    return { path: treePath.target(targetFilePath(path, hash)), bytes };
  throw new TufProblem('target-refused', `${path} was changed while it was being signed`);
}

// Under an expired root no client takes anything, so publishing would only look like success.
function requireLivingRoot({ root }: Repository, now: Date): void {
  if (!root.signed.isExpired(now)) return;
  throw new TufProblem(
    'root-expired',
    `root ${root.signed.version} expired at ${root.signed.expires}; sign a new root`,
  );
}
