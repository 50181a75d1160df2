import {
  URGENT_PATH,
  UrgentWithdrawals,
  type SignatureFile,
  type SigningRequest,
  type SigningCalendar,
} from '@waymark/domain';
import { join } from 'node:path';
import { canonicalBytes, sha256 } from './canonical.ts';
import { commit } from './commit.ts';
import { requireFits } from './fits.ts';
import { withLock } from './lock.ts';
import { requireThreshold, roleKeysOf } from './metadata.ts';
import { signOnline, type OnlineSigners } from './online.ts';
import { TufProblem } from './problem.ts';
import {
  readRepository,
  requireClock,
  requireLivingRoot,
  requireOwnVersions,
  treePath,
  type Published,
  type Repository,
} from './repository.ts';
import { readRequest, toRequest, withSignatures } from './request.ts';
import { buildUrgent, factsOf, targetFilePath, type TargetBytes } from './targets.ts';
import { clearStaging, findFile, type OnStep } from './writeFiles.ts';

export type UrgentResult = {
  urgentVersion: number;
  snapshotVersion: number;
  timestampVersion: number;
  /** Of `N.urgent.json`, for the audit log. */
  urgentSha256: string;
};

/**
 * What one person on duty is asked to sign so that these withdrawals become known at once (SNAPSHOTS §0.7). Writes nothing.
 * @param options.withdrawals all that holds now; the list before is replaced whole
 * @throws TufProblem `tree-has-no-root`, `tree-broken`, `versions-far-ahead`, `root-expired`, `clock-before-last-signed`, `not-delegated` when
 *   nothing is published or its targets name no duty keys, `urgent-refused` when the sequence does not rise,
 *   `not-canonical`, `lifetime-refused`
 */
export async function urgentRequest(options: {
  dir: string;
  withdrawals: UrgentWithdrawals;
  now: Date;
  calendar?: SigningCalendar;
}): Promise<SigningRequest> {
  const { dir, withdrawals, now, calendar } = options;
  const repository = await readRepository(dir);
  requireOwnVersions(repository);
  requireClock(repository, now);
  requireLivingRoot(repository, now);
  const { urgent, targets } = requirePublished(repository);
  roleKeysOf(targets.metadata, 'urgent');
  await requireRising(dir, urgent, withdrawals);
  const file = factsOf(urgentFile(withdrawals));
  const unsigned = buildUrgent({ version: repository.next.urgent, file, now, ...(calendar ? { calendar } : {}) });
  return toRequest('urgent', unsigned, urgent, now);
}

/**
 * Publishes withdrawals that somebody on duty signed: urgent, snapshot and timestamp metadata; targets stay as they are.
 * As safe against crashes as `publishSignedTargets`.
 * @param options.withdrawals the content; it must be what the request names
 * @throws TufProblem as `urgentRequest`, and `tree-busy`, `request-refused`, `request-outdated`, `request-expired`,
 *   `signature-of-other-request`, `signature-key-unknown`, `signature-wrong`, `signature-twice`, `threshold-not-met`,
 *   `key-wrong`, `version-exists-with-other-bytes`, `tree-changed`, `tree-not-writable`
 */
export async function publishSignedUrgent(options: {
  dir: string;
  request: SigningRequest;
  signatures: SignatureFile[];
  withdrawals: UrgentWithdrawals;
  online: OnlineSigners;
  now: Date;
  calendar?: SigningCalendar;
  onStep?: OnStep;
}): Promise<UrgentResult> {
  const { dir, request, signatures, withdrawals, online, now, calendar, onStep } = options;
  return withLock(dir, async () => {
    const repository = await readRepository(dir);
    requireOwnVersions(repository);
    requireClock(repository, now);
    requireLivingRoot(repository, now);
    const { targets, urgent: before } = requirePublished(repository);
    const left = await requireFits(repository, 'urgent', request, now, calendar);
    const signed = readRequest('urgent', request);
    const file = urgentFile(withdrawals);
    requireOnly(signed.toJSON(), file);
    await requireRising(dir, before, withdrawals);
    if (left) requireThreshold([targets.metadata], 'urgent', left);
    const urgent = left ?? withSignatures(request, signed, signatures, [targets.metadata]);
    const { snapshotRole, timestamp } = await signOnline(repository, { targets, urgent }, online, { now, calendar });

    const targetFiles = [{ path: treePath.target(targetFilePath(file.path, sha256(file.bytes))), bytes: file.bytes }];
    await clearStaging(dir);
    await commit(repository, { targetFiles, urgent, snapshotRole, timestamp }, onStep);
    return {
      urgentVersion: request.version,
      snapshotVersion: repository.next.snapshotRole,
      timestampVersion: repository.next.timestamp,
      urgentSha256: sha256(urgent.bytes),
    };
  });
}

/** `urgent/withdrawn.json` as it is published. @throws TufProblem `urgent-refused` when it is no such list */
export function urgentFile(withdrawals: UrgentWithdrawals): TargetBytes {
  const parsed = UrgentWithdrawals.safeParse(withdrawals);
  if (!parsed.success) throw refused(parsed.error.message);
  const { sequence, schema } = parsed.data;
  const bytes = Buffer.concat([canonicalBytes(parsed.data), Buffer.from('\n')]);
  return { path: URGENT_PATH, bytes, custom: { sequence, schema, mediaType: 'application/json' } };
}

/**
 * The withdrawals that clients get now, read from the tree; undefined before the first.
 * @throws TufProblem `tree-broken` when the file is missing or not what was signed
 */
export async function readUrgent(dir: string, urgent: Published['urgent']): Promise<UrgentWithdrawals | undefined> {
  if (!urgent) return undefined;
  const hash = urgent.metadata.signed.targets[URGENT_PATH]?.hashes['sha256'];
  const bytes = hash && (await findFile(join(dir, treePath.target(targetFilePath(URGENT_PATH, hash)))));
  if (!bytes || sha256(bytes) !== hash)
    throw new TufProblem('tree-broken', `${URGENT_PATH} is missing or not as signed`);
  return UrgentWithdrawals.parse(JSON.parse(bytes.toString('utf8')));
}

function requirePublished({ published }: Repository): Published {
  if (published) return published;
  throw new TufProblem('not-delegated', 'nothing is published yet, so nothing can be withdrawn from it');
}

// The metadata of the lane names the one file and has no fields in which anything else could travel.
function requireOnly(signed: Record<string, unknown>, file: TargetBytes): void {
  const expected = buildUrgent({ version: 1, file: factsOf(file), now: new Date(0) }).toJSON();
  const same =
    canonicalBytes(signed['targets']).equals(canonicalBytes(expected['targets'])) &&
    Object.keys(signed).toSorted().join() === Object.keys(expected).toSorted().join();
  if (!same) throw refused('the request names something else than this list');
}

async function requireRising(dir: string, before: Published['urgent'], { sequence }: UrgentWithdrawals): Promise<void> {
  const last = (await readUrgent(dir, before))?.sequence ?? 0;
  if (sequence <= last) throw refused(`its sequence ${sequence} does not rise above ${last}`);
}

function refused(why: string): TufProblem {
  return new TufProblem('urgent-refused', `this list of withdrawals cannot be published: ${why}`);
}
