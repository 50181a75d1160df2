import type { SigningCalendar } from '@waymark/domain';
import { Metadata, type Root, type Targets } from '@tufjs/models';
import { sha256 } from './canonical.ts';
import { commit, type Change } from './commit.ts';
import { requireDelegation } from './delegation.ts';
import type { Signer } from './key.ts';
import type { TopLevelRole } from './lifetime.ts';
import { withLock } from './lock.ts';
import { meetsThreshold, roleKeysOf, signForRole, type SignedFile } from './metadata.ts';
import { bothKeysFrom, onlineRoles, type OnlineRole } from './online.ts';
import {
  findRepository,
  requireClock,
  requireOwnVersions,
  treePath,
  type Published,
  type Repository,
} from './repository.ts';
import { buildRoot, type Profile, type RootKeys } from './root.ts';
import { buildSnapshotRole } from './snapshotRole.ts';
import { renewTargets } from './targets.ts';
import { buildTimestamp } from './timestamp.ts';
import { clearStaging, writeOnce, type OnStep } from './writeFiles.ts';

/**
 * Who signs a new root. Beside the root keys, old and new: the old and new keys of every role whose keys change,
 * because what is published has to be signed by both for the moment in which clients change over.
 */
export type RootSigners = { root: Signer[]; targets?: Signer[]; snapshotRole?: Signer[]; timestamp?: Signer[] };

export type RootResult = {
  rootVersion: number;
  /** Of `N.root.json`; apps embed the file, people compare this. */
  rootSha256: string;
  /** What had to be signed anew because the next root would not have trusted it. */
  resigned: TopLevelRole[];
};

/**
 * Publishes the next root: the first one, a planned renewal, or an exchange of keys.
 *
 * A root counts for clients from the moment it lies in the tree, so what is published must already satisfy it. Whatever
 * does not is first published again, signed by old and new keys, and only then the root is written: at no point does a
 * client find a root and a timestamp that do not fit. With `oldKeysLost` this cannot be; then the root goes first, and a
 * client that looks in between keeps its old copy until the next call, publish or re-sign has finished the rest.
 *
 * @param options.profile the rules to hold the root to; `owners` is keyid → name
 * @throws TufProblem `root-refused` (its message lists why), `delegation-refused` when it takes a key of those on duty, `threshold-not-met`, `key-wrong`, `tree-broken`, `tree-busy`, `versions-far-ahead` unless both online keys are replaced with `oldKeysLost`,
 *   `clock-before-last-signed`, `version-exists-with-other-bytes`, `tree-changed`, `tree-not-writable`, `lifetime-refused`
 */
export async function publishRoot(options: {
  dir: string;
  keys: RootKeys;
  owners?: Record<string, string>;
  profile: Profile;
  signers: RootSigners;
  now: Date;
  calendar?: SigningCalendar;
  oldKeysLost?: boolean;
  onStep?: OnStep;
}): Promise<RootResult> {
  const { dir, keys, owners, profile, signers, now, calendar, oldKeysLost = false, onStep } = options;
  return withLock(dir, async () => {
    const repository = await findRepository(dir);
    if (repository) requireClock(repository, now);
    const previous = repository ? [repository.root] : [];
    const previousVersion = repository?.root.signed.version ?? 0;
    const before = { previousVersion, previous: repository?.root.signed };
    const unsigned = buildRoot({ ...before, keys, owners, profile, now, calendar });
    // Client workflow 5.3.4: the threshold of the old root and of the new one.
    const root = await signForRole([...previous, new Metadata(unsigned)], 'root', unsigned, signers.root);

    return placeRoot(dir, repository, root, { signers, now, calendar, oldKeysLost, onStep });
  });
}

/** How a root that is signed goes into the tree: with what has to be signed anew for it. */
export type Placing = {
  signers: Omit<RootSigners, 'root'>;
  /** The published targets again, signed elsewhere, for when the next root would not trust those that are published. */
  renewed?: SignedFile<Targets> | undefined;
  now: Date;
  calendar: SigningCalendar | undefined;
  oldKeysLost: boolean;
  onStep: OnStep | undefined;
};

/** Puts a signed root into the tree, behind the lock. @throws TufProblem `delegation-refused` when it takes a key of those on duty */
export async function placeRoot(
  dir: string,
  repository: Repository | undefined,
  root: SignedFile<Root>,
  placing: Placing,
): Promise<RootResult> {
  const { oldKeysLost, onStep } = placing;
  const previous = repository ? [repository.root] : [];
  if (repository) requireWayBack(repository, root.metadata, oldKeysLost);
  if (repository?.published) requireDelegation(repository.published.targets.metadata.signed, root.metadata);
  const trusting = oldKeysLost ? [root.metadata] : [...previous, root.metadata];
  const change = repository?.published
    ? await signDistrusted(repository, repository.published, root.metadata, trusting, placing)
    : undefined;

  await clearStaging(dir);
  const { version } = root.metadata.signed;
  const writeRoot = () => writeOnce(dir, { path: treePath.root(version), bytes: root.bytes }, onStep);
  if (oldKeysLost) await writeRoot();
  if (repository && change) await commit(repository, change, onStep);
  if (!oldKeysLost) await writeRoot();
  return { rootVersion: version, rootSha256: sha256(root.bytes), resigned: resignedRoles(change) };
}

/**
 * Out of a fast-forward leads one way: both online keys replaced, and the old ones sign nothing any more. With one of them left,
 * clients who saw the thief's numbers refuse ours (SNAPSHOTS §0.8).
 */
function requireWayBack(repository: Repository, next: Metadata<Root>, oldKeysLost: boolean): void {
  const { root, forwardedTo } = repository;
  if (forwardedTo === undefined) return;
  const old = new Set(onlineRoles.flatMap((role) => roleKeysOf(root, role).keyIDs));
  const kept = onlineRoles.flatMap((role) => roleKeysOf(next, role).keyIDs).filter((keyid) => old.has(keyid));
  if (!oldKeysLost || kept.length > 0) requireOwnVersions(repository);
}

/** New metadata for every role that `next` would not trust, and for those that point at it; undefined if none. */
async function signDistrusted(
  { next: versions }: Repository,
  published: Published,
  next: Metadata<Root>,
  trusting: Metadata<Root>[],
  { signers, renewed, now, calendar }: Placing,
): Promise<Change | undefined> {
  const change: Omit<Change, 'timestamp'> = {};
  if (!meetsThreshold(next, 'targets', published.targets.metadata)) {
    const unsigned = renewTargets(published.targets.metadata.signed, { version: versions.targets, now, calendar });
    change.targets = renewed ?? (await signForRole(trusting, 'targets', unsigned, signers.targets ?? []));
  }
  if (change.targets || !meetsThreshold(next, 'snapshotRole', published.snapshotRole.metadata)) {
    const targets = change.targets ?? published.targets;
    const both = bothKeys(trusting, 'snapshotRole', now);
    const { urgent } = published;
    const unsigned = buildSnapshotRole({ version: versions.snapshotRole, targets, urgent, now, calendar, ...both });
    change.snapshotRole = await signForRole(trusting, 'snapshotRole', unsigned, signers.snapshotRole ?? []);
  }
  if (change.snapshotRole || !meetsThreshold(next, 'timestamp', published.timestamp.metadata)) {
    const snapshotRole = change.snapshotRole ?? published.snapshotRole;
    const both = bothKeys(trusting, 'timestamp', now);
    const unsigned = buildTimestamp({ version: versions.timestamp, snapshotRole, now, calendar, ...both });
    return { ...change, timestamp: await signForRole(trusting, 'timestamp', unsigned, signers.timestamp ?? []) };
  }
  return undefined;
}

/** When roots of different keys have to be satisfied, both keys go on for a day. */
function bothKeys(trusting: Metadata<Root>[], role: OnlineRole, now: Date): { bothKeysUntil?: string } {
  const keyids = new Set(trusting.map((root) => roleKeysOf(root, role).keyIDs.toSorted().join()));
  return keyids.size > 1 ? { bothKeysUntil: bothKeysFrom(now) } : {};
}

function resignedRoles(change: Change | undefined): TopLevelRole[] {
  if (!change) return [];
  return [
    ...(change.targets ? (['targets'] as const) : []),
    ...(change.snapshotRole ? (['snapshotRole'] as const) : []),
    'timestamp',
  ];
}
