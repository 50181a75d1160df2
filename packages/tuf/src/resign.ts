import type { Snapshot, Timestamp } from '@tufjs/models';
import { commit } from './commit.ts';
import { hoursLeft, timestampEveryHours, type Lifetimes } from './lifetime.ts';
import { signedAt, type AnySigned, type SignedFile } from './metadata.ts';
import { withLock } from './lock.ts';
import { signOnline, signTimestamp, type OnlineSigners } from './online.ts';
import { readRepository, requireClock, type Published, type Repository, type Stored } from './repository.ts';
import { clearStaging, type OnStep } from './writeFiles.ts';

export type ResignResult = {
  /** What was signed now; empty when nothing was due or nothing has been published yet. */
  signed: ('snapshotRole' | 'timestamp')[];
  /** The versions that clients now get; undefined before the first publish. */
  snapshotVersion?: number;
  timestampVersion?: number;
};

/**
 * Keeps the online metadata fresh: the timestamp every six hours, the snapshot metadata when half its life is over,
 * both when a new root no longer trusts them. For a day after a planned rotation the replaced key signs too, if it is here. Calling it twice does nothing the second time; call it at start-up too.
 *
 * It never signs other targets: the snapshot metadata names the very targets bytes that were named before, and those
 * were just verified. If they were changed on disk, it refuses.
 * @throws TufProblem `tree-has-no-root`, `tree-broken`, `tree-busy`, `clock-before-last-signed`, `key-wrong`,
 *   `threshold-not-met`, `tree-changed`, `tree-not-writable`, `lifetime-refused`
 */
export async function resignWhenDue(options: {
  dir: string;
  signers: OnlineSigners;
  now: Date;
  lifetimes?: Partial<Lifetimes>;
  onStep?: OnStep;
}): Promise<ResignResult> {
  const { dir, signers, now, lifetimes, onStep } = options;
  return withLock(dir, async () => {
    const repository = await readRepository(dir);
    const { published } = repository;
    if (!published) return { signed: [] };
    requireClock(repository, now);
    const due = dueRoles(repository, published, now);
    if (due.length === 0) return toResult(due, published);

    const renewal = { now, lifetimes };
    const change = due.includes('snapshotRole')
      ? await signOnline(repository, published, signers, renewal)
      : { timestamp: await signTimestamp(repository, published.snapshotRole, signers, renewal) };
    await clearStaging(dir);
    await commit(repository, change, onStep);
    return toResult(due, { snapshotRole: published.snapshotRole, ...change });
  });
}

function toResult(
  signed: ResignResult['signed'],
  current: { snapshotRole: SignedFile<Snapshot>; timestamp: SignedFile<Timestamp> },
): ResignResult {
  return {
    signed,
    snapshotVersion: current.snapshotRole.metadata.signed.version,
    timestampVersion: current.timestamp.metadata.signed.version,
  };
}

/** What should be signed now. New snapshot metadata always brings a new timestamp with it. */
function dueRoles({ root }: Repository, published: Published, now: Date): ResignResult['signed'] {
  const { snapshotRole, timestamp } = published;
  const isDistrusted = (file: Stored<AnySigned>) => file.trustedBy !== root.signed.version;
  if (isDistrusted(snapshotRole) || isHalfOver(snapshotRole, now)) return ['snapshotRole', 'timestamp'];
  if (isDistrusted(timestamp) || ageHours(timestamp, now) >= timestampEveryHours) return ['timestamp'];
  return isHalfOver(timestamp, now) ? ['timestamp'] : [];
}

// Metadata that does not say when it was signed is of unknown age, which is old.
function ageHours(file: Stored<AnySigned>, now: Date): number {
  const at = signedAt(file.metadata);
  return at ? (now.getTime() - at.getTime()) / 3_600_000 : Infinity;
}

function isHalfOver(file: Stored<AnySigned>, now: Date): boolean {
  return hoursLeft(now, file.metadata.signed.expires) <= ageHours(file, now);
}
