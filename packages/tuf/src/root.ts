import type { SigningCalendar } from '@waymark/domain';
import { Root } from '@tufjs/models';
import { keyidOf, type PublicKey } from './key.ts';
import { expiryOf, isExpiryAllowed, isTufDate, toTufDate, wireName, type TopLevelRole } from './lifetime.ts';
import { specVersion } from './metadata.ts';
import { TufProblem } from './problem.ts';

export type RoleKeys = { keys: PublicKey[]; threshold: number };
export type RootKeys = Record<TopLevelRole, RoleKeys>;

/** `demo` may be signed by one key per role; `production` may not. */
export type Profile = 'demo' | 'production';

export type KeyRefusal = 'key-not-ed25519' | 'key-not-three-fields' | 'keyid-wrong';

export type RootRefusal =
  | KeyRefusal
  | 'not-a-root'
  | 'not-consistent-snapshot'
  | 'version-not-next'
  | 'date-malformed'
  | 'expiry-out-of-range'
  | 'key-unknown'
  | 'same-key-two-ids'
  | 'same-key-twice-in-role'
  | 'same-person-twice-in-role'
  | 'same-key-in-two-roles'
  | 'online-key-in-root-or-targets'
  | 'threshold-malformed'
  | 'threshold-above-keys'
  | 'threshold-one'
  | 'no-spare-key'
  | 'demo-root';

/** What to do about each. */
const fixes: Record<RootRefusal, string> = {
  'not-a-root': 'this is no root metadata',
  'not-consistent-snapshot': 'set consistent_snapshot to true',
  'version-not-next': 'propose the root anew: its version must be one above the root before it',
  'date-malformed': 'write expires in UTC to the second, as 2027-01-31T12:00:00Z',
  'expiry-out-of-range': 'let it expire in 30 to 400 days from the day of signing',
  'key-not-ed25519': 'take Ed25519 keys, in lower-case hex',
  'key-not-three-fields': 'leave keytype, scheme and keyval in a key and nothing else; names stand in x-keyowners',
  'keyid-wrong': 'name each key by the SHA-256 of its canonical form',
  'key-unknown': 'a role names a key that is not listed',
  'same-key-two-ids': 'list every public key once; its owner needs another key for another role',
  'same-key-twice-in-role': 'name every key once in a role',
  'same-person-twice-in-role': 'give the second key of the role to another person',
  'same-key-in-two-roles': 'make a key of its own for every role',
  'online-key-in-root-or-targets': 'root and targets keys never lie on the server: make others',
  'threshold-malformed': 'a threshold is a whole number from 1',
  'threshold-above-keys': 'name more people, or ask for fewer signatures',
  'threshold-one': 'ask for two signatures or more for root and targets',
  'no-spare-key': 'name one person more than must sign, or one lost key stops everything',
  'demo-root': 'a demo never becomes real, its keys lay on one machine: begin a new tree with its own root 1',
};

const roleNames: TopLevelRole[] = ['root', 'targets', 'snapshotRole', 'timestamp'];

/**
 * Builds root metadata, unsigned.
 * @param options.owners keyid → name of the person, published as `x-keyowners`
 * @throws TufProblem `root-refused`, its message listing every reason of `rootRefusals`; `lifetime-refused`
 */
export function buildRoot(options: {
  previousVersion: number;
  previous?: Root | undefined;
  keys: RootKeys;
  owners?: Record<string, string>;
  profile: Profile;
  now: Date;
  calendar?: SigningCalendar;
}): Root {
  const { previousVersion, previous, keys, owners = {}, profile, now, calendar } = options;
  const all = roleNames.flatMap((role) => keys[role].keys);
  // JSON, because the library does not export `Role` (SNAPSHOTS §2.5.1).
  const document = {
    _type: 'root',
    spec_version: specVersion,
    version: previousVersion + 1,
    expires: expiryOf('root', now, calendar),
    consistent_snapshot: true,
    keys: Object.fromEntries(all.map((key) => [keyidOf(key), key])),
    roles: Object.fromEntries(roleNames.map((role) => [wireName[role], toRole(keys[role])])),
    'x-keyowners': owners,
    'x-signed-at': toTufDate(now),
  };
  const refusals = rootRefusals(document, { profile, previousVersion, now, previous: previous?.toJSON() });
  if (refusals.length === 0) return Root.fromJSON(document);
  throw rootRefused(document.version, refusals);
}

/** The refusals as one error that names the fix of each. */
export function rootRefused(version: unknown, refusals: RootRefusal[]): TufProblem {
  const lines = refusals.map((refusal) => `\n  ${refusal}: ${fixes[refusal]}`);
  return new TufProblem('root-refused', `root ${String(version)} is refused: ${refusals.join(', ')}${lines.join('')}`);
}

function toRole({ keys, threshold }: RoleKeys) {
  return { keyids: keys.map(keyidOf), threshold };
}

/** A key as JSON, possibly made by another program. */
export type KeyDocument = Record<string, unknown> & { keyval?: Record<string, unknown> };

type RootDocument = {
  version: number;
  expires: string;
  consistent_snapshot: unknown;
  keys: Record<string, KeyDocument>;
  roles: Record<string, { keyids: string[]; threshold: number }>;
  'x-keyowners'?: Record<string, string>;
};

/**
 * What speaks against this root, by the rules of SNAPSHOTS §4.1, which no client checks in full: tuf-js and python-tuf
 * both accept one public key under two keyids. An empty list means sound.
 *
 * @param signed the `signed` part as JSON, possibly made by another program
 * @param policy `previousVersion` is 0 for the first root; `previous` the signed part of the root before, if there is one
 */
export function rootRefusals(
  signed: unknown,
  policy: { profile: Profile; previousVersion: number; now: Date; previous?: unknown },
): RootRefusal[] {
  if (!isRootDocument(signed)) return ['not-a-root'];
  const refusals = [
    ...documentRefusals(signed, policy),
    ...Object.entries(signed.keys).flatMap(([keyid, key]) => keyRefusals(keyid, key)),
    ...crossKeyRefusals(signed),
    ...roleNames.flatMap((role) => roleRefusals(signed, role)),
    ...(policy.profile === 'production' ? [...productionRefusals(signed), ...demoRefusals(policy.previous)] : []),
  ];
  return [...new Set(refusals)];
}

function documentRefusals(root: RootDocument, policy: { previousVersion: number; now: Date }): RootRefusal[] {
  return reasons([
    [root.consistent_snapshot !== true, 'not-consistent-snapshot'],
    [root.version !== policy.previousVersion + 1, 'version-not-next'],
    [!isTufDate(root.expires), 'date-malformed'],
    [isTufDate(root.expires) && !isExpiryAllowed('root', policy.now, root.expires), 'expiry-out-of-range'],
  ]);
}

/** What speaks against one key under this id. */
export function keyRefusals(keyid: string, key: KeyDocument): KeyRefusal[] {
  const isThreeFields = sameMembers(Object.keys(key), ['keytype', 'scheme', 'keyval']);
  const isOneValue = sameMembers(Object.keys(key.keyval ?? {}), ['public']);
  if (!isThreeFields || !isOneValue) return ['key-not-three-fields'];
  // Lower case only: the same key in capitals would have another keyid.
  const isHex = /^[0-9a-f]{64}$/.test(String(key.keyval?.['public']));
  if (key['keytype'] !== 'ed25519' || key['scheme'] !== 'ed25519' || !isHex) return ['key-not-ed25519'];
  return keyidOf(key as PublicKey) === keyid ? [] : ['keyid-wrong'];
}

function crossKeyRefusals(root: RootDocument): RootRefusal[] {
  const publicKeys = Object.values(root.keys).map(publicValue);
  const online = new Set(publicKeysOf(root, 'snapshotRole').concat(publicKeysOf(root, 'timestamp')));
  const offline = publicKeysOf(root, 'root').concat(publicKeysOf(root, 'targets'));
  const perRole = roleNames.flatMap((role) => [...new Set(publicKeysOf(root, role))]);
  return reasons([
    [hasDuplicates(publicKeys), 'same-key-two-ids'],
    [hasDuplicates(perRole), 'same-key-in-two-roles'],
    [offline.some((key) => online.has(key)), 'online-key-in-root-or-targets'],
  ]);
}

function roleRefusals(root: RootDocument, role: TopLevelRole): RootRefusal[] {
  const { keyids, threshold } = roleOf(root, role);
  const owners = keyids.map((keyid) => root['x-keyowners']?.[keyid]).filter((owner) => owner !== undefined);
  return reasons([
    [keyids.some((keyid) => !Object.hasOwn(root.keys, keyid)), 'key-unknown'],
    [hasDuplicates(keyids) || hasDuplicates(publicKeysOf(root, role)), 'same-key-twice-in-role'],
    [hasDuplicates(owners), 'same-person-twice-in-role'],
    // 1.5 or "1" were once taken as a threshold by another client (GHSA-fphv-w9fq-2525).
    [!Number.isSafeInteger(threshold) || threshold < 1, 'threshold-malformed'],
    [threshold > new Set(keyids).size, 'threshold-above-keys'],
  ]);
}

// One lost key must neither stop publishing nor be enough to forge it.
function productionRefusals(root: RootDocument): RootRefusal[] {
  const offline = [roleOf(root, 'root'), roleOf(root, 'targets')];
  return reasons([
    [offline.some(({ threshold }) => threshold < 2), 'threshold-one'],
    [offline.some(({ keyids, threshold }) => keyids.length <= threshold), 'no-spare-key'],
  ]);
}

// Whoever saw a demo's keys once could sign a second successor of its last root, so no later root can be trusted.
function demoRefusals(previous: unknown): RootRefusal[] {
  return isRootDocument(previous) && isDemoRoot(previous) ? ['demo-root'] : [];
}

/** Can one key alone sign root or targets? */
export function isDemoRoot(root: { roles: Record<string, { threshold: number }> }): boolean {
  return (['root', 'targets'] as const).some((role) => (root.roles[role]?.threshold ?? 0) < 2);
}

function reasons(rows: [boolean, RootRefusal][]): RootRefusal[] {
  return rows.filter(([applies]) => applies).map(([, refusal]) => refusal);
}

function roleOf(root: RootDocument, role: TopLevelRole) {
  return root.roles[wireName[role]] ?? { keyids: [], threshold: 0 };
}

function publicKeysOf(root: RootDocument, role: TopLevelRole): string[] {
  return roleOf(root, role).keyids.flatMap((keyid) => {
    const key = root.keys[keyid];
    return key ? [publicValue(key)] : [];
  });
}

export function publicValue(key: KeyDocument): string {
  return String(key.keyval?.['public']).toLowerCase();
}

export function hasDuplicates(items: string[]): boolean {
  return new Set(items).size !== items.length;
}

function sameMembers(left: string[], right: string[]): boolean {
  return left.length === right.length && right.every((item) => left.includes(item));
}

function isRootDocument(value: unknown): value is RootDocument {
  const root = value as Partial<RootDocument & { _type: string }> | null;
  return (
    root?.['_type'] === 'root' &&
    typeof root.expires === 'string' &&
    isRecordOfObjects(root.keys) &&
    isRecordOfObjects(root.roles) &&
    Object.values(root.roles ?? {}).every(({ keyids }) => Array.isArray(keyids))
  );
}

function isRecordOfObjects(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).every((item) => typeof item === 'object' && item !== null);
}
