import { DEFAULT_CALENDAR, type SigningCalendar } from '@waymark/domain';
import type { Snapshot, Timestamp } from '@tufjs/models';
import { commit } from './commit.ts';
import { hoursLeft, wireName } from './lifetime.ts';
import type { SignedFile } from './metadata.ts';
import { withLock } from './lock.ts';
import { signOnline, signTimestamp, type OnlineSigners } from './online.ts';
import { readRepository, requireClock, requireOwnVersions, type Published, type Repository } from './repository.ts';
import { clearStaging, type OnStep } from './writeFiles.ts';

export type ResignResult = {
  /** What was signed now; empty when nothing was due or nothing has been published yet. */
  signed: ('snapshotRole' | 'timestamp')[];
  /** The versions that clients now get; undefined before the first publish. */
  snapshotVersion?: number;
  timestampVersion?: number;
};

/**
 * Keeps the online metadata fresh: each role when its window opens by the calendar, by default the timestamp after six
 * hours and the snapshot metadata after half its life, and both when a new root no longer trusts them. For a day after a planned rotation the replaced key signs too, if it is here. Calling it twice does nothing the second time; call it at start-up too.
 *
 * It never signs other targets: the snapshot metadata names the very targets bytes that were named before, and those
 * were just verified. If they were changed on disk, it refuses.
 * @throws TufProblem `tree-has-no-root`, `tree-broken`, `tree-busy`, `versions-far-ahead`, `clock-before-last-signed`,
 *   `key-wrong`,
 *   `threshold-not-met`, `tree-changed`, `tree-not-writable`, `lifetime-refused`
 */
export async function resignWhenDue(options: {
  dir: string;
  signers: OnlineSigners;
  now: Date;
  calendar?: SigningCalendar;
  onStep?: OnStep;
}): Promise<ResignResult> {
  const { dir, signers, now, calendar = DEFAULT_CALENDAR, onStep } = options;
  return withLock(dir, async () => {
    const repository = await readRepository(dir);
    const { published } = repository;
    if (!published) return { signed: [] };
    requireOwnVersions(repository);
    requireClock(repository, now);
    const renewal = { now, calendar };
    const due = dueRoles(repository, published, renewal);
    if (due.length === 0) return toResult(due, published);

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
function dueRoles(
  { root }: Repository,
  published: Published,
  { now, calendar }: { now: Date; calendar: SigningCalendar },
): ResignResult['signed'] {
  const isDue = (role: 'snapshotRole' | 'timestamp') => {
    const { trustedBy, metadata } = published[role];
    if (trustedBy !== root.signed.version) return true;
    const { valid, windowOpens } = calendar[wireName[role]];
    const left = hoursLeft(now, metadata.signed.expires);
    // Longer than anything signed today would be: the policy became stricter, and holds for what is out too.
    return left <= windowOpens || left > valid;
  };
  if (isDue('snapshotRole')) return ['snapshotRole', 'timestamp'];
  return isDue('timestamp') ? ['timestamp'] : [];
}
