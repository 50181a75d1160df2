import { signedBytes } from '@waymark/domain/signedJson';
import { ReaderProblem } from '../problem.ts';
import { isSafeInt, isTree, isVersion, listOf, treeOf, type Tree } from './shape.ts';

/**
 * Metadata as this client reads it: TUF specification 1.0.31 §4, narrowed to what our repositories write and every language reads
 * the same way (SNAPSHOTS §4.9). What is looser is refused, not guessed.
 */
export type Role = { keyids: readonly string[]; threshold: number };
export type Keys = ReadonlyMap<string, string>;
export type FileMeta = { version: number; length?: number | undefined; sha256?: string | undefined };
export type TargetMeta = { length: number; sha256: string; custom: Tree };

type Common = { version: number; expires: string };
export type Root = Common & { keys: Keys; roles: Record<'root' | 'targets' | 'snapshot' | 'timestamp', Role> };
export type Timestamp = Common & { snapshot: FileMeta };
export type SnapshotRole = Common & { meta: ReadonlyMap<string, FileMeta> };
export type Delegation = { keys: Keys; role: Role };
export type Targets = Common & { targets: ReadonlyMap<string, TargetMeta>; urgent: Delegation | undefined };

/** A file of metadata, read but not believed: its signatures are checked against a role. */
export type Signed<T> = {
  signed: T;
  /** What the signatures are over. */
  canonical: Uint8Array;
  signatures: readonly { keyid: string; sig: string }[];
};

/** The name of the one delegated role that readers know, and the one folder it may speak for (SNAPSHOTS §0.7). */
export const URGENT_ROLE = 'urgent';
const URGENT_PATHS = 'urgent/*';

/**
 * Reads bytes as metadata of a type. Signatures are not checked here.
 * @throws ReaderProblem `garbled` for what is no JSON, `malformed` for what breaks a rule of the format
 */
function parse<T>(bytes: Uint8Array, type: string, read: (signed: Tree, common: Common) => T): Signed<T> {
  const document = jsonOf(bytes);
  if (!isTree(document) || !isTree(document['signed'])) throw malformed(`${type} metadata has no signed part`);
  const signed = document['signed'];
  if (signed['_type'] !== type) throw malformed(`metadata says it is ${String(signed['_type'])}, not ${type}`);
  const common = commonOf(signed, type);
  return { signed: read(signed, common), canonical: canonicalOf(signed), signatures: signaturesOf(document) };
}

export function parseRoot(bytes: Uint8Array): Signed<Root> {
  return parse(bytes, 'root', (signed, common) => {
    if (signed['consistent_snapshot'] !== true) throw malformed('root does not promise consistent snapshots');
    const keys = keysOf(treeOf(signed['keys'], 'keys of root'));
    const roles = treeOf(signed['roles'], 'roles of root');
    const role = (name: string) => roleOf(roles[name], name);
    const all = {
      root: role('root'),
      targets: role('targets'),
      snapshot: role('snapshot'),
      timestamp: role('timestamp'),
    };
    return { ...common, keys, roles: all };
  });
}

export function parseTimestamp(bytes: Uint8Array): Signed<Timestamp> {
  return parse(bytes, 'timestamp', (signed, common) => {
    const meta = treeOf(signed['meta'], 'meta of timestamp');
    return { ...common, snapshot: fileMetaOf(meta['snapshot.json'], 'snapshot.json') };
  });
}

export function parseSnapshotRole(bytes: Uint8Array): Signed<SnapshotRole> {
  return parse(bytes, 'snapshot', (signed, common) => {
    const meta = Object.entries(treeOf(signed['meta'], 'meta of snapshot'));
    return { ...common, meta: new Map(meta.map(([name, file]) => [name, fileMetaOf(file, name)] as const)) };
  });
}

export function parseTargets(bytes: Uint8Array): Signed<Targets> {
  return parse(bytes, 'targets', (signed, common) => {
    const targets = Object.entries(treeOf(signed['targets'], 'targets'));
    return {
      ...common,
      targets: new Map(targets.map(([path, target]) => [path, targetMetaOf(target, path)] as const)),
      urgent: urgentOf(signed['delegations']),
    };
  });
}

/** `expires` in the one form that every client reads; tuf-js 5.0.1 takes "never" and then never expires (SNAPSHOTS §2.4). */
export function isTufDate(text: unknown): text is string {
  return typeof text === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) && !Number.isNaN(Date.parse(text));
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)) as unknown;
  } catch (cause) {
    throw new ReaderProblem('garbled', 'what was served is no JSON', { cause });
  }
}

function canonicalOf(signed: Tree): Uint8Array {
  try {
    return signedBytes(signed);
  } catch (cause) {
    throw malformed('the signed part has no canonical form', cause);
  }
}

function commonOf({ spec_version: spec, version, expires }: Tree, type: string): Common {
  // Only the major number says whether it can be read (TUF §4.3).
  if (typeof spec !== 'string' || !/^1\.\d+(\.\d+)?$/.test(spec)) throw malformed(`${type}: spec_version is not 1.x`);
  if (!isVersion(version)) throw malformed(`${type}: version is not a positive whole number`);
  if (!isTufDate(expires)) throw malformed(`${type}: expires is no date`);
  return { version, expires };
}

function signaturesOf(document: Tree): Signed<unknown>['signatures'] {
  const signatures = listOf(document['signatures'], 'signatures').map((item) => {
    const { keyid, sig } = treeOf(item, 'signature');
    if (typeof keyid !== 'string' || typeof sig !== 'string') throw malformed('a signature has no keyid or no value');
    return { keyid, sig };
  });
  // CVE-2020-6174: one key must not be counted as often as it is listed.
  if (new Set(signatures.map(({ keyid }) => keyid)).size !== signatures.length)
    throw malformed('one keyid signs twice');
  return signatures;
}

/**
 * Keys by id, hex of the public half. Keys of other kinds are passed over: they cannot count.
 * One public key under two ids would let one person meet a threshold of two; stock clients take it (SNAPSHOTS §2.4, SECURITY F6).
 */
function keysOf(tree: Tree): Keys {
  const keys = new Map<string, string>();
  for (const [keyid, value] of Object.entries(tree)) {
    const { keytype, scheme, keyval } = treeOf(value, 'key');
    if (keytype !== 'ed25519' || scheme !== 'ed25519') continue;
    const hex = treeOf(keyval, 'keyval')['public'];
    if (typeof hex !== 'string' || !/^[0-9a-f]{64}$/.test(hex)) throw malformed(`key ${keyid} is no Ed25519 key`);
    keys.set(keyid, hex);
  }
  if (new Set(keys.values()).size !== keys.size) throw malformed('one public key is listed under two ids');
  return keys;
}

function roleOf(value: unknown, name: string): Role {
  const { keyids, threshold } = treeOf(value, `role ${name}`);
  const ids = listOf(keyids, `keyids of ${name}`);
  const isClean = ids.every((id) => typeof id === 'string') && new Set(ids).size === ids.length;
  if (!isClean) throw malformed(`role ${name} lists a key twice`);
  // GHSA-fphv-w9fq-2525: 0, 1.5 or "1" are no thresholds.
  if (!isSafeInt(threshold) || threshold < 1) throw malformed(`role ${name} has no threshold`);
  return { keyids: ids as string[], threshold }; // Each is a string, see above.
}

function fileMetaOf(value: unknown, name: string): FileMeta {
  const { version, length, hashes } = treeOf(value, `meta of ${name}`);
  if (!isVersion(version)) throw malformed(`meta of ${name} has no version`);
  if (length !== undefined && !isLength(length)) throw malformed(`meta of ${name} has no length`);
  return { version, length, sha256: hashes === undefined ? undefined : sha256Of(hashes, name) };
}

function targetMetaOf(value: unknown, path: string): TargetMeta {
  const { length, hashes, custom = {} } = treeOf(value, `target ${path}`);
  if (!isLength(length)) throw malformed(`target ${path} has no length`);
  return { length, sha256: sha256Of(hashes, path), custom: treeOf(custom, `custom of ${path}`) };
}

// One hash, and this one: go-tuf takes any that is listed, so a weak one beside it would weaken all (SNAPSHOTS §2.4).
function sha256Of(hashes: unknown, name: string): string {
  const { sha256 } = treeOf(hashes, `hashes of ${name}`);
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) throw malformed(`${name} has no sha256`);
  return sha256;
}

// Others may be delegated to; this reader follows one role alone, for one folder.
function urgentOf(value: unknown): Delegation | undefined {
  if (value === undefined) return undefined;
  const { keys, roles } = treeOf(value, 'delegations');
  const named = listOf(roles ?? [], 'delegated roles')
    .map((role) => treeOf(role, 'delegated role'))
    .filter(({ name }) => name === URGENT_ROLE);
  if (named.length > 1) throw malformed(`the role ${URGENT_ROLE} is delegated twice`);
  const [role] = named;
  if (role === undefined) return undefined;
  const paths = listOf(role['paths'] ?? [], 'paths');
  if (!paths.includes(URGENT_PATHS)) return undefined;
  return { keys: keysOf(treeOf(keys, 'keys of delegations')), role: roleOf(role, URGENT_ROLE) };
}

function isLength(value: unknown): value is number {
  return isSafeInt(value) && value >= 0;
}

function malformed(message: string, cause?: unknown): ReaderProblem {
  return new ReaderProblem('malformed', message, { cause });
}
