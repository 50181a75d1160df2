import type { Targets } from '@tufjs/models';
import type { SignatureFile, SigningRequest, SigningCalendar } from '@waymark/domain';
import { sha256 } from './canonical.ts';
import { commit } from './commit.ts';
import { requireDelegation, type UrgentDelegation } from './delegation.ts';
import { requireFits } from './fits.ts';
import type { Signer } from './key.ts';
import { withLock } from './lock.ts';
import { requireSignersOfRole, requireThreshold, type SignedFile } from './metadata.ts';
import { signOnline, type OnlineSigners } from './online.ts';
import { TufProblem } from './problem.ts';
import {
  readRepository,
  requireClock,
  requireLivingRoot,
  requireOwnVersions,
  treePath,
  type Repository,
} from './repository.ts';
import { readRequest, toRequest, withSignatures } from './request.ts';
import { signRequest } from './signRequest.ts';
import { buildTargets, factsOf, targetFilePath, type TargetContent, type TargetFacts } from './targets.ts';
import { clearStaging, type FileOnDisk, type OnStep, type TreeFile } from './writeFiles.ts';

/** Who signs where all keys are in one place: `targets` are people, as many as the threshold asks. */
export type PublishSigners = OnlineSigners & { targets: Signer[] };

export type PublishResult = {
  targetsVersion: number;
  snapshotVersion: number;
  timestampVersion: number;
  /** Of `N.targets.json`, for the audit log. */
  targetsSha256: string;
};

type Writing = { dir: string; now: Date; calendar?: SigningCalendar; onStep?: OnStep };

/**
 * What people are asked to sign so that these files become the next set: it replaces the set before, whole. Writes nothing.
 * The request is void as soon as anything else is published, or uses its number.
 *
 * @param options.files facts are enough; the files themselves are needed to publish
 * @param options.delegations whose keys may withdraw at once; left out, those of before stay. `null` ends the lane
 * @throws TufProblem `tree-has-no-root`, `tree-broken`, `versions-far-ahead`, `root-expired`, `clock-before-last-signed`, `target-refused`,
 *   `delegation-refused`, `not-canonical`, `lifetime-refused`
 */
export async function targetsRequest(options: {
  dir: string;
  files: TargetFacts[];
  delegations?: UrgentDelegation | null;
  now: Date;
  calendar?: SigningCalendar;
}): Promise<SigningRequest> {
  return requestFor(await readRepository(options.dir), options);
}

/**
 * Publishes targets that people signed elsewhere. That the request still fits the tree, that every signature counts and
 * that they are enough is verified here, whoever verified it before; everything is signed and verified before the first
 * byte is written, but for files on disk: each of those is hashed as it is taken in, before it has a name in the tree. After a crash at any point clients verify the old set or the new, and the same call can be made again.
 *
 * @param options.files each must be what the request names, and none may be left out
 * @throws TufProblem as `targetsRequest`, and `tree-busy`, `request-refused`, `request-outdated`, `request-expired`,
 *   `signature-of-other-request`, `signature-key-unknown`, `signature-wrong`, `signature-twice`, `threshold-not-met`,
 *   `key-wrong`, `version-exists-with-other-bytes`, `tree-changed`, `tree-not-writable`
 */
export async function publishSignedTargets(
  options: Writing & {
    request: SigningRequest;
    signatures: SignatureFile[];
    files: TargetContent[];
    online: OnlineSigners;
  },
): Promise<PublishResult> {
  const { dir, ...rest } = options;
  return withLock(dir, async () => publishRequested(await readRepository(dir), rest));
}

/**
 * Publishes a set of files where all keys are at hand, as in a demo: a request, signed here, and published like any other.
 * @throws TufProblem as `publishSignedTargets`
 */
export async function publishTargets(
  options: Writing & { files: TargetContent[]; delegations?: UrgentDelegation | null; signers: PublishSigners },
): Promise<PublishResult> {
  const { dir, files, delegations, signers, ...rest } = options;
  return withLock(dir, async () => {
    const repository = await readRepository(dir);
    const facts = files.map(factsOf);
    const request = requestFor(repository, {
      ...rest,
      files: facts,
      ...(delegations === undefined ? {} : { delegations }),
    });
    const signatures = await signHere(repository, request, signers.targets);
    return publishRequested(repository, { ...rest, request, signatures, files, online: signers });
  });
}

function requestFor(
  repository: Repository,
  options: { files: TargetFacts[]; delegations?: UrgentDelegation | null; now: Date; calendar?: SigningCalendar },
): SigningRequest {
  const { delegations, ...rest } = options;
  requireOwnVersions(repository);
  requireClock(repository, rest.now);
  requireLivingRoot(repository, rest.now);
  const { published, next, root } = repository;
  const kept = delegations === undefined ? published?.targets.metadata.signed.delegations : delegations;
  const targets = buildTargets({ version: next.targets, ...rest, ...(kept ? { delegations: kept } : {}) });
  requireDelegation(targets, root);
  return toRequest('targets', targets, published?.targets, rest.now);
}

async function signHere({ root }: Repository, request: SigningRequest, signers: Signer[]): Promise<SignatureFile[]> {
  requireSignersOfRole([root], 'targets', signers);
  const once = new Map(signers.map((signer) => [signer.keyid, signer]));
  const signatures: SignatureFile[] = [];
  for (const signer of once.values()) signatures.push(await signRequest(request, signer));
  return signatures;
}

async function publishRequested(
  repository: Repository,
  options: Omit<Parameters<typeof publishSignedTargets>[0], 'dir'>,
): Promise<PublishResult> {
  const { request, signatures, files, online, now, calendar, onStep } = options;
  const { root, published, next, dir } = repository;
  requireOwnVersions(repository);
  requireClock(repository, now);
  requireLivingRoot(repository, now);
  const left = await requireFits(repository, 'targets', request, now, calendar);
  const signed = readRequest('targets', request);
  requireDelegation(signed, root);
  if (left) requireThreshold([root], 'targets', left);
  const targets = left ?? withSignatures(request, signed, signatures, [root]);
  const { snapshotRole, timestamp } = await signOnline(repository, { targets, urgent: published?.urgent }, online, {
    now,
    calendar,
  });

  const targetFiles = toTreeFiles(files, targets);
  await clearStaging(dir);
  await commit(repository, { targetFiles, targets, snapshotRole, timestamp }, onStep);
  return {
    targetsVersion: request.version,
    snapshotVersion: next.snapshotRole,
    timestampVersion: next.timestamp,
    targetsSha256: sha256(targets.bytes),
  };
}

// People may take their time to sign, and the files are the caller's: so they are compared with what was signed.
function toTreeFiles(files: TargetContent[], { metadata }: SignedFile<Targets>): (TreeFile | FileOnDisk)[] {
  const { targets } = metadata.signed;
  if (Object.keys(targets).length !== new Set(files.map(({ path }) => path)).size) {
    throw new TufProblem('target-refused', 'the files are not all that were signed, or more');
  }
  return files.map((content) => {
    const { path, sha256: hash } = factsOf(content);
    if (!Object.hasOwn(targets, path) || targets[path]?.hashes['sha256'] !== hash)
      throw new TufProblem('target-refused', `${path} is not what was signed`);
    const inTree = treePath.target(targetFilePath(path, hash));
    return 'bytes' in content ? { path: inTree, bytes: content.bytes } : { path: inTree, file: content.file, hash };
  });
}
