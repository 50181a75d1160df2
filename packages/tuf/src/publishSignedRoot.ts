import type { Metadata, Root, Targets } from '@tufjs/models';
import type { SignatureFile, SigningRequest, SigningCalendar } from '@waymark/domain';
import type { Signer } from './key.ts';
import { withLock } from './lock.ts';
import { mergeTargets } from './mergeRequest.ts';
import { meetsThreshold, roleKeysOf, type SignedFile } from './metadata.ts';
import { TufProblem } from './problem.ts';
import { placeRoot, type RootResult } from './publishRoot.ts';
import { requireRenewal } from './renewal.ts';
import { findRepository, requireClock, type Repository } from './repository.ts';
import { rootRefusals, rootRefused } from './root.ts';
import { readRoot } from './rootRequest.ts';
import type { OnStep } from './writeFiles.ts';

/**
 * Publishes a root that people signed elsewhere (see `mergeRoot`), and signs with the online keys what the new root would
 * not trust otherwise: in a planned change by old and new ones, with `oldKeysLost` by the new ones alone.
 *
 * @param options.root the bytes of `N.root.json`; `options.online` every online key at hand, those that neither root names
 *   are left alone
 * @param options.renewal the published targets again with the signatures of people; needed only when too few of the keys
 *   that signed them are keys of the new root
 * @throws TufProblem as `publishRoot`, and `request-refused`, `signature-refused`
 */
export async function publishSignedRoot(options: {
  dir: string;
  root: Buffer;
  online: { snapshotRole: Signer[]; timestamp: Signer[] };
  renewal?: { request: SigningRequest; signatures: SignatureFile[] } | undefined;
  now: Date;
  calendar?: SigningCalendar;
  oldKeysLost?: boolean;
  onStep?: OnStep;
}): Promise<RootResult> {
  const { dir, root: bytes, online, renewal, now, calendar, oldKeysLost = false, onStep } = options;
  return withLock(dir, async () => {
    const repository = await findRepository(dir);
    if (repository) requireClock(repository, now);
    const root = { metadata: readRoot(bytes), bytes };
    requireSuccessor(repository, root.metadata, now);
    const trusting = repository && !oldKeysLost ? [repository.root, root.metadata] : [root.metadata];
    const renewed = repository && renewal && renewedTargets(repository, trusting, renewal);
    requireTargets(repository, root.metadata, renewed);
    const known = (role: 'snapshotRole' | 'timestamp') => {
      const keyids = new Set(trusting.flatMap((each) => roleKeysOf(each, role).keyIDs));
      return online[role].filter(({ keyid }) => keyids.has(keyid));
    };
    const signers = { snapshotRole: known('snapshotRole'), timestamp: known('timestamp') };
    return placeRoot(dir, repository, root, { signers, renewed, now, calendar, oldKeysLost, onStep });
  });
}

// Client workflow 5.3.4 and 5.3.5, and the rules that no client checks.
function requireSuccessor(repository: Repository | undefined, root: Metadata<Root>, now: Date): void {
  const previous = repository?.root;
  const refusals = rootRefusals(root.signed.toJSON(), {
    profile: 'production',
    previousVersion: previous?.signed.version ?? 0,
    now,
    previous: previous?.signed.toJSON(),
  });
  if (refusals.length > 0) throw rootRefused(root.signed.version, refusals);
  const unmet = [previous ?? root, root].find((each) => !meetsThreshold(each, 'root', root));
  if (!unmet) return;
  const { threshold } = roleKeysOf(unmet, 'root');
  const message = `root ${root.signed.version} lacks signatures: root ${unmet.signed.version} asks for ${threshold}`;
  throw new TufProblem('threshold-not-met', message);
}

function renewedTargets(
  { roots, root, published, next }: Repository,
  trusting: Metadata<Root>[],
  { request, signatures }: { request: SigningRequest; signatures: SignatureFile[] },
): SignedFile<Targets> | undefined {
  if (!published) return undefined;
  if (request.version !== next.targets) {
    throw new TufProblem(
      'request-refused',
      `the tree has moved on: the next targets are ${next.targets}; propose again`,
    );
  }
  // Read from the tree and verified already, by this root or one before it.
  const by = roots[published.targets.trustedBy - 1] ?? root;
  requireRenewal(request, published.targets.bytes, by);
  return mergeTargets(request, signatures, trusting);
}

function requireTargets(
  repository: Repository | undefined,
  next: Metadata<Root>,
  renewed: SignedFile<Targets> | undefined,
): void {
  if (!repository?.published || renewed || meetsThreshold(next, 'targets', repository.published.targets.metadata))
    return;
  const { version } = repository.published.targets.metadata.signed;
  const message = `targets ${version} are not signed by enough keys of root ${next.signed.version}: their holders must sign targets.request.json first`;
  throw new TufProblem('threshold-not-met', message);
}
