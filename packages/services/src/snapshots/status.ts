import type { Assurance, SnapshotKind } from '@waymark/domain';
import { Problem, type Context } from '@waymark/store';
import { findRepository, repositoryStatus, TufProblem, type RoleName, type RoleStatus } from '@waymark/tuf';
import type { Publishing } from './publishing.ts';
import { refusalOf } from './refusal.ts';
import { currentSnapshot } from './tree.ts';
import { publishingWarnings, type PublishingWarning } from './warnings.ts';

/** A role of the tree by the name it has on the wire. */
export type ShownRole = {
  role: 'root' | 'targets' | 'urgent' | 'snapshot' | 'timestamp';
  version: number;
  expires: string | null;
  daysLeft: number | null;
  state: RoleStatus['state'];
  keyIds: string[];
  owners: string[];
  threshold: number;
};

export type SnapshotStatus = {
  /** Whether snapshots can be published now. */
  publishing: boolean;
  /** Why not, for a person. */
  off: string | null;
  assurance: Assurance;
  roles: ShownRole[];
  /** What clients get now. */
  current: {
    sequence: number;
    kind: SnapshotKind;
    contentDigest: string;
    createdAt: string;
    validUntil: string;
  } | null;
  repoUrl: string;
  /** What needs a person beside the dates. */
  warnings: PublishingWarning[];
};

const SHOWN: readonly [RoleName, ShownRole['role']][] = [
  ['root', 'root'],
  ['targets', 'targets'],
  ['urgent', 'urgent'],
  ['snapshotRole', 'snapshot'],
  ['timestamp', 'timestamp'],
];

/**
 * What a publisher and an administrator should see of the tree: what is out, who signs, how long it lasts.
 * @throws Problem storage-failed when the tree is damaged
 */
export async function snapshotStatus(ctx: Pick<Context, 'now'>, publishing: Publishing): Promise<SnapshotStatus> {
  const { repoDir: dir, off, assurance, repoUrl, calendar } = publishing;
  const base = { publishing: off === null, off, repoUrl };
  try {
    if (!(await findRepository(dir)))
      return { ...base, assurance, roles: [], current: null, warnings: publishingWarnings(publishing, undefined) };
    const status = await repositoryStatus({ dir, now: ctx.now(), calendar });
    const current = await currentSnapshot(dir);
    return {
      ...base,
      assurance: status.assurance === 'demo' ? 'demo' : 'standard',
      roles: SHOWN.flatMap(([name, role]) => {
        const found = status.roles[name];
        return found ? [toShown(role, found, status.owners)] : [];
      }),
      current: current ? shownCurrent(current.manifest) : null,
      warnings: publishingWarnings(publishing, status),
    };
  } catch (error) {
    throw error instanceof TufProblem ? new Problem(refusalOf(error)) : error;
  }
}

function shownCurrent({
  sequence,
  kind,
  contentDigest,
  createdAt,
  validUntil,
}: NonNullable<SnapshotStatus['current']>) {
  return { sequence, kind, contentDigest, createdAt, validUntil };
}

function toShown(role: ShownRole['role'], status: RoleStatus, owners: Record<string, string>): ShownRole {
  const { version, expires = null, daysLeft = null, state, keyids: keyIds, threshold } = status;
  return {
    role,
    version,
    expires,
    daysLeft,
    state,
    keyIds,
    owners: keyIds.flatMap((id) => owners[id] ?? []),
    threshold,
  };
}
