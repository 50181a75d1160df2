import type { Metadata, Root, Targets } from '@tufjs/models';
import { keyidOf, type PublicKey } from './key.ts';
import { TufProblem } from './problem.ts';
import { hasDuplicates, keyRefusals, publicValue, type KeyDocument, type KeyRefusal } from './root.ts';

/** Who may withdraw at once: the keys of the people on duty, any one of which is enough unless told otherwise. */
export type UrgentDelegation = {
  keys: PublicKey[];
  threshold?: number;
  /** keyid → name of the person, published as `x-keyowners` beside the keys. */
  owners?: Record<string, string>;
};

/** The paths that the duty keys may sign. A client follows them nowhere else, whatever they list (SNAPSHOTS §2.4). */
export const urgentPaths = 'urgent/*';

export type DelegationRefusal =
  | KeyRefusal
  | 'not-the-urgent-role'
  | 'paths-wrong'
  | 'not-terminating'
  | 'no-key'
  | 'key-unknown'
  | 'same-key-twice'
  | 'same-person-twice'
  | 'duty-key-in-root'
  | 'threshold-malformed'
  | 'threshold-above-keys';

type Role = { name?: unknown; keyids: string[]; threshold?: unknown; terminating?: unknown; paths?: unknown };
type DelegationsDocument = { keys: Record<string, KeyDocument>; roles: Role[]; 'x-keyowners'?: Record<string, string> };

/** The `delegations` of targets metadata, as JSON: one role, one path pattern. */
export function toDelegations({ keys, threshold = 1, owners = {} }: UrgentDelegation) {
  const keyids = keys.map(keyidOf);
  return {
    keys: Object.fromEntries(keys.map((key) => [keyidOf(key), key])),
    roles: [{ name: 'urgent', keyids, threshold, terminating: true, paths: [urgentPaths] }],
    'x-keyowners': owners,
  };
}

/**
 * What speaks against these delegations (SNAPSHOTS §4.1): the keys of those on duty open one path and nothing more, so a
 * key that root names for anything at all may not be among them. An empty list means sound.
 * @param delegations as JSON, possibly made by another program
 */
export function delegationRefusals(delegations: unknown, root: Metadata<Root>): DelegationRefusal[] {
  if (!isDelegations(delegations)) return ['not-the-urgent-role'];
  const [role, ...others] = delegations.roles;
  if (!role || others.length > 0 || role.name !== 'urgent') return ['not-the-urgent-role'];
  const publicKeys = Object.values(delegations.keys).map(publicValue);
  const inRoot = new Set(Object.values(root.signed.keys).map(({ keyVal }) => keyVal['public']?.toLowerCase()));
  const owners = role.keyids.flatMap((keyid) => delegations['x-keyowners']?.[keyid] ?? []);
  const { threshold } = role;
  const isWhole = Number.isSafeInteger(threshold) && Number(threshold) >= 1;
  const rows: [boolean, DelegationRefusal][] = [
    [!(Array.isArray(role.paths) && role.paths.length === 1 && role.paths[0] === urgentPaths), 'paths-wrong'],
    [role.terminating !== true, 'not-terminating'],
    [role.keyids.length === 0, 'no-key'],
    [role.keyids.some((keyid) => !Object.hasOwn(delegations.keys, keyid)), 'key-unknown'],
    [hasDuplicates(role.keyids) || hasDuplicates(publicKeys), 'same-key-twice'],
    [hasDuplicates(owners), 'same-person-twice'],
    [publicKeys.some((key) => inRoot.has(key)), 'duty-key-in-root'],
    [!isWhole, 'threshold-malformed'],
    [isWhole && Number(threshold) > new Set(role.keyids).size, 'threshold-above-keys'],
  ];
  const found = rows.filter(([applies]) => applies).map(([, refusal]) => refusal);
  const ofKeys = Object.entries(delegations.keys).flatMap(([keyid, key]) => keyRefusals(keyid, key));
  return [...new Set([...ofKeys, ...found])];
}

/**
 * Refuses targets whose delegations are not sound under this root.
 * @throws TufProblem `delegation-refused`, its message listing every reason of `delegationRefusals`
 */
export function requireDelegation(targets: Targets, root: Metadata<Root>): void {
  const refusals = targets.delegations ? delegationRefusals(targets.delegations.toJSON(), root) : [];
  if (refusals.length === 0) return;
  throw new TufProblem('delegation-refused', `the delegation to urgent is refused: ${refusals.join(', ')}`);
}

function isDelegations(value: unknown): value is DelegationsDocument {
  if (!isObject(value)) return false;
  const { keys, roles } = value;
  return (
    isObject(keys) &&
    Object.values(keys).every(isObject) &&
    Array.isArray(roles) &&
    roles.every((role) => isObject(role) && Array.isArray(role['keyids']))
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
