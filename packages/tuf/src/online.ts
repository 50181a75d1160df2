import type { SigningCalendar } from '@waymark/domain';
import type { Metadata, Root, Snapshot, Targets, Timestamp } from '@tufjs/models';
import type { Signer } from './key.ts';
import { toTufDate } from './lifetime.ts';
import { bothKeysUntil, roleKeysOf, signForRole, type Delegator, type SignedFile } from './metadata.ts';
import { TufProblem } from './problem.ts';
import type { Published, Repository } from './repository.ts';
import { buildSnapshotRole } from './snapshotRole.ts';
import { buildTimestamp } from './timestamp.ts';

/**
 * The online keys that are at hand, for each of the two roles. Usually one; during a planned rotation the old and the new,
 * and the tree decides which of them sign: a key that no root names yet is left alone.
 */
export type OnlineSigners = { snapshotRole: Signer | Signer[]; timestamp: Signer | Signer[] };

export type OnlineRole = keyof OnlineSigners;
export const onlineRoles = ['snapshotRole', 'timestamp'] as const satisfies OnlineRole[];

/** How long the old key goes on signing beside the new one: so long may hosts and caches hold the new root back (SNAPSHOTS §4.4). */
const bothKeysHours = 24;

/** The end of the day in which both keys sign, when it begins now. */
export function bothKeysFrom(now: Date): string {
  return toTufDate(new Date(now.getTime() + bothKeysHours * 3_600_000));
}

type Renewal = { now: Date; calendar?: SigningCalendar | undefined };

/**
 * Signs snapshot metadata that names these targets, and urgent metadata where there is some, and a timestamp that names it.
 * @throws TufProblem `key-wrong`, `threshold-not-met`, `lifetime-refused`
 */
export async function signOnline(
  repository: Repository,
  named: { targets: SignedFile<Targets>; urgent?: SignedFile<Targets> | undefined },
  signers: OnlineSigners,
  renewal: Renewal,
): Promise<{ snapshotRole: SignedFile<Snapshot>; timestamp: SignedFile<Timestamp> }> {
  const by = whoSigns(repository, 'snapshotRole', signers, renewal.now);
  const version = repository.next.snapshotRole;
  const unsigned = buildSnapshotRole({ version, ...named, ...renewal, bothKeysUntil: by.until });
  const snapshotRole = await signForRole(by.roots, 'snapshotRole', unsigned, by.signers);
  return { snapshotRole, timestamp: await signTimestamp(repository, snapshotRole, signers, renewal) };
}

/**
 * Signs a timestamp that names this snapshot metadata.
 * @throws TufProblem `key-wrong`, `threshold-not-met`, `lifetime-refused`
 */
export async function signTimestamp(
  repository: Repository,
  snapshotRole: SignedFile<Snapshot>,
  signers: OnlineSigners,
  renewal: Renewal,
): Promise<SignedFile<Timestamp>> {
  const by = whoSigns(repository, 'timestamp', signers, renewal.now);
  const version = repository.next.timestamp;
  const unsigned = buildTimestamp({ version, snapshotRole, ...renewal, bothKeysUntil: by.until });
  return signForRole(by.roots, 'timestamp', unsigned, by.signers);
}

type Signing = { roots: Metadata<Root>[]; signers: Signer[]; until?: string };

function whoSigns(repository: Repository, role: OnlineRole, signers: OnlineSigners, now: Date): Signing {
  const { root, published } = repository;
  const current = atHand(signers, role).filter(isOf(root, role));
  if (current.length === 0) throw keyWrong(root, role, signers);
  const retiring = findRetiring(repository, published, role, signers, now);
  if (!retiring) return { roots: [root], signers: current };
  return { ...retiring, roots: [...retiring.roots, root], signers: [...retiring.signers, ...current] };
}

/**
 * The key that a planned rotation replaced less than a day ago, if clients still get what it and the new one signed, and
 * if it is still here. After an emergency nothing was signed by both, so this finds nothing.
 */
function findRetiring(
  { roots, root }: Repository,
  published: Published | undefined,
  role: OnlineRole,
  signers: OnlineSigners,
  now: Date,
): Signing | undefined {
  const metadata: Metadata<Snapshot | Timestamp> | undefined = published?.[role].metadata;
  const until = metadata && bothKeysUntil(metadata);
  if (!until || Date.parse(until) <= now.getTime()) return undefined;
  const isCurrent = isOf(root, role);
  const old = atHand(signers, role).filter(
    (signer) => Object.hasOwn(metadata.signatures, signer.keyid) && !isCurrent(signer),
  );
  const oldRoot = roots.findLast((candidate) => old.some(isOf(candidate, role)));
  return oldRoot && { roots: [oldRoot], signers: old.filter(isOf(oldRoot, role)), until };
}

/** The keys at hand for one role. */
export function atHand(signers: OnlineSigners, role: OnlineRole): Signer[] {
  return [signers[role]].flat();
}

function isOf(root: Delegator, role: OnlineRole): (signer: Signer) => boolean {
  const { keyIDs } = roleKeysOf(root, role);
  return ({ keyid }) => keyIDs.includes(keyid);
}

function keyWrong({ signed }: Metadata<Root>, role: OnlineRole, signers: OnlineSigners): TufProblem {
  const found =
    atHand(signers, role)
      .map(({ keyid }) => keyid)
      .join(', ') || 'none';
  return new TufProblem('key-wrong', `root ${signed.version} names another key for ${role} than is at hand: ${found}`);
}
