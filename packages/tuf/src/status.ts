import { DEFAULT_CALENDAR, type SigningCalendar } from '@waymark/domain';
import { hoursLeft, wireName, type RoleName, type TopLevelRole } from './lifetime.ts';
import { roleKeysOf, signedAt, type AnySigned, type Delegator } from './metadata.ts';
import type { Metadata } from '@tufjs/models';
import { readRepository, type Published, type Repository } from './repository.ts';
import { isDemoRoot } from './root.ts';

export type RoleStatus = {
  /** 0 before the first publish. */
  version: number;
  /** Absent before the first publish, as are the dates below. */
  expires?: string;
  signedAt?: string;
  /** One decimal, rounded down; negative when expired. */
  daysLeft?: number;
  /** `alarm`: fewer days left than a person needs to act. `unpublished` for all but root before the first publish, and for urgent before the first withdrawal. */
  state: 'ok' | 'alarm' | 'expired' | 'unpublished';
  keyids: string[];
  threshold: number;
};

export type RepositoryStatus = {
  /** `demo` when one key alone can sign root or targets, or could in an earlier root. */
  assurance: 'demo' | 'threshold';
  /** keyid → person, as root says. */
  owners: Record<string, string>;
  /** `urgent` only where the published targets delegate to it. */
  roles: Record<TopLevelRole, RoleStatus> & { urgent?: RoleStatus };
  /** Roles whose published metadata the newest root, or targets for urgent, does not trust: publish or re-sign now. */
  distrusted: RoleName[];
  /** The number a thief of an online key drove what is out to; undefined while it is ours. */
  forwardedTo: number | undefined;
  /** Numbered files a crash left behind. Harmless; the next publish removes them. */
  leftovers: string[];
};

type At = { now: Date; calendar: SigningCalendar };

/**
 * What an administrator should see of the tree, verified from root 1 on. Writes nothing, takes no lock.
 * @param options.calendar when a date is an alarm
 * @throws TufProblem `tree-has-no-root`, `tree-broken`
 */
export async function repositoryStatus(options: {
  dir: string;
  now: Date;
  calendar?: SigningCalendar;
}): Promise<RepositoryStatus> {
  const { dir, now, calendar = DEFAULT_CALENDAR } = options;
  const at = { now, calendar };
  const repository = await readRepository(dir);
  const { roots, root, published, leftovers, forwardedTo } = repository;
  const roles = {
    root: roleStatus(root, 'root', root, at),
    targets: roleStatus(root, 'targets', published?.targets.metadata, at),
    snapshotRole: roleStatus(root, 'snapshotRole', published?.snapshotRole.metadata, at),
    timestamp: roleStatus(root, 'timestamp', published?.timestamp.metadata, at),
  };
  // Clients follow the whole chain of roots, so it is worth as much as its weakest.
  const isDemo = roots.some(({ signed }) => isDemoRoot(signed));
  const urgent = urgentStatus(published, at);
  return {
    assurance: isDemo ? 'demo' : 'threshold',
    owners: {
      ...ownersOf(published?.targets.metadata.signed.delegations?.unrecognizedFields?.['x-keyowners']),
      ...ownersOf(root.signed.unrecognizedFields['x-keyowners']),
    },
    roles: urgent ? { ...roles, urgent } : roles,
    distrusted: distrustedRoles(repository),
    forwardedTo,
    leftovers: Object.values(leftovers).flat(),
  };
}

function roleStatus(
  delegator: Delegator,
  role: RoleName,
  metadata: Metadata<AnySigned> | undefined,
  { now, calendar }: At,
): RoleStatus {
  const { keyIDs: keyids, threshold } = roleKeysOf(delegator, role);
  if (!metadata) return { version: 0, state: 'unpublished', keyids, threshold };
  const { version, expires } = metadata.signed;
  const hours = hoursLeft(now, expires);
  const at = signedAt(metadata)?.toISOString();
  return {
    version,
    expires,
    ...(at ? { signedAt: at } : {}),
    daysLeft: Math.floor((hours / 24) * 10) / 10,
    state: hours <= 0 ? 'expired' : hours < calendar[wireName[role]].alarm ? 'alarm' : 'ok',
    keyids,
    threshold,
  };
}

function urgentStatus(published: Published | undefined, at: At): RoleStatus | undefined {
  const targets = published?.targets.metadata;
  if (!targets?.signed.delegations) return undefined;
  return roleStatus(targets, 'urgent', published?.urgent?.metadata, at);
}

function distrustedRoles({ root, published }: Repository): RoleName[] {
  if (!published) return [];
  const roles = ['targets', 'snapshotRole', 'timestamp'] as const;
  const distrusted: RoleName[] = roles.filter((role) => published[role].trustedBy !== root.signed.version);
  const isUrgentVoid = published.urgent?.isTrusted === false && published.targets.metadata.signed.delegations;
  return isUrgentVoid ? [...distrusted, 'urgent'] : distrusted;
}

function ownersOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
