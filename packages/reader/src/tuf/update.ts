import { ReaderProblem, toProblem } from '../problem.ts';
import type { Crypto } from './crypto.ts';
import {
  parseRoot,
  parseSnapshotRole,
  parseTargets,
  parseTimestamp,
  type FileMeta,
  type Root,
  type Signed,
  type SnapshotRole,
  type Targets,
  type Timestamp,
} from './metadata.ts';
import { requireThreshold } from './threshold.ts';
import type { Engine, Source, Trusted } from './trusted.ts';

/** Most bytes of a file whose length nothing has promised yet; the numbers of tuf-js 5.0.1 (SECURITY TH10). */
const MOST = { root: 512_000, timestamp: 16_384, snapshot: 2_000_000, targets: 5_000_000 };
/** So many roots in one go (5.3.3, "Y"); more are taken at the next refresh. */
const MOST_ROOTS = 256;

type Parsed<T> = { bytes: Uint8Array; file: Signed<T> };

/**
 * Our own TUF client: it runs wherever the platform gives the two operations of `Crypto`, and knows nothing of files, clocks or
 * networks. TUF specification 1.0.31, client workflow 5.3–5.6, with one delegated role (`urgent`, SNAPSHOTS §0.7).
 *
 * One thing is stricter than 5.4.5 and 5.5.7 ask: timestamp, snapshot and targets metadata are kept together or not at all, so
 * that a timestamp that leads nowhere cannot lock out a reader (half an upload, or a thief of the timestamp key).
 */
export function ownEngine(crypto: Crypto): Engine {
  return {
    async update(trusted, source, now, keepRoot) {
      const root = await updateRoot(trusted.root, source, crypto, keepRoot);
      requireFresh(root.file.signed, now, 'root'); // 5.3.10: check for a freeze attack.
      const before = await stillTrusted({ ...trusted, root: root.bytes }, parseRoot(trusted.root).signed, crypto);
      const timestamp = await updateTimestamp(root.file.signed, before, source, now, crypto);
      const snapshot = await updateSnapshotRole(root.file.signed, timestamp, before, source, now, crypto);
      const targets = await updateTargets(root.file.signed, snapshot, before, source, now, crypto);
      const next: Trusted = {
        root: root.bytes,
        timestamp: timestamp.bytes,
        snapshot: snapshot.bytes,
        targets: targets.bytes,
        urgent: trusted.urgent,
      };
      try {
        const urgent = await updateUrgent(targets.file.signed, snapshot.file.signed, trusted, source, now, crypto);
        return { trusted: { ...next, urgent } };
      } catch (error) {
        // A duty key may be lost or stolen; the directory does not depend on it.
        return { trusted: next, urgentProblem: toProblem(error, 'malformed') };
      }
    },
  };
}

/** 5.3: each root introduces the next one. */
async function updateRoot(
  start: Uint8Array,
  source: Source,
  crypto: Crypto,
  keepRoot: (root: Uint8Array) => void,
): Promise<Parsed<Root>> {
  let trusted = { bytes: start, file: parseRoot(start) };
  await requireRole(trusted.file, trusted.file.signed, 'root', crypto);
  for (let i = 0; i < MOST_ROOTS; i += 1) {
    const version = trusted.file.signed.version + 1;
    const bytes = await source.file(`metadata/${version}.root.json`, MOST.root); // 5.3.3
    if (bytes === undefined) break;
    const file = parseRoot(bytes);
    await requireRole(file, trusted.file.signed, 'root', crypto); // 5.3.4: by the root before …
    await requireRole(file, file.signed, 'root', crypto); // … and by itself.
    if (file.signed.version !== version)
      // 5.3.5: check for a rollback attack.
      throw new ReaderProblem('rollback', `root ${version} says it is root ${file.signed.version}`);
    trusted = { bytes, file }; // 5.3.6 and 5.3.7: its expiry does not matter as long as another one follows.
    keepRoot(bytes); // 5.3.8
  }
  return trusted;
}

type Before = {
  timestamp: Parsed<Timestamp> | undefined;
  snapshot: Parsed<SnapshotRole> | undefined;
  targets: Parsed<Targets> | undefined;
};

/**
 * What was trusted before and still is under the root. 5.3.11: when the keys of timestamp or snapshot were changed, both are
 * forgotten, so that versions a thief drove up (fast-forward) do not lock us out. Unreadable ones are forgotten too.
 */
async function stillTrusted(trusted: Trusted, oldRoot: Root, crypto: Crypto): Promise<Before> {
  const root = parseRoot(trusted.root).signed;
  const isRotated = (['timestamp', 'snapshot'] as const).some(
    (role) => keysOfRole(oldRoot, role) !== keysOfRole(root, role),
  );
  const find = async <T>(bytes: Uint8Array | undefined, read: (bytes: Uint8Array) => Signed<T>, role: RoleName) => {
    if (bytes === undefined) return undefined;
    try {
      const file = read(bytes);
      await requireRole(file, root, role, crypto);
      return { bytes, file };
    } catch {
      return undefined;
    }
  };
  const targets = await find(trusted.targets, parseTargets, 'targets');
  if (isRotated) return { timestamp: undefined, snapshot: undefined, targets };
  return {
    timestamp: await find(trusted.timestamp, parseTimestamp, 'timestamp'),
    snapshot: await find(trusted.snapshot, parseSnapshotRole, 'snapshot'),
    targets,
  };
}

/** 5.4 */
async function updateTimestamp(
  root: Root,
  { timestamp: before }: Before,
  source: Source,
  now: Date,
  crypto: Crypto,
): Promise<Parsed<Timestamp>> {
  const bytes = required(await source.file('metadata/timestamp.json', MOST.timestamp), 'timestamp.json'); // 5.4.1
  const file = parseTimestamp(bytes);
  await requireRole(file, root, 'timestamp', crypto); // 5.4.2
  if (before) {
    const old = before.file.signed;
    // 5.4.3: check for a rollback attack, of the timestamp and of the snapshot metadata it names.
    if (file.signed.version < old.version) throw rollback('timestamp', old.version, file.signed.version);
    if (file.signed.version === old.version && !sameBytes(file.canonical, before.file.canonical))
      throw new ReaderProblem('rollback', `there are two timestamps with the version ${old.version}`);
    if (file.signed.snapshot.version < old.snapshot.version)
      throw rollback('snapshot metadata', old.snapshot.version, file.signed.snapshot.version);
  }
  requireFresh(file.signed, now, 'timestamp'); // 5.4.4: check for a freeze attack.
  return { bytes, file };
}

/** 5.5 */
async function updateSnapshotRole(
  root: Root,
  timestamp: Parsed<Timestamp>,
  { snapshot: before }: Before,
  source: Source,
  now: Date,
  crypto: Crypto,
): Promise<Parsed<SnapshotRole>> {
  const named = timestamp.file.signed.snapshot;
  const kept = await matching(before, named, crypto);
  const bytes = kept?.bytes ?? (await fetchNamed(source, 'snapshot', named, MOST.snapshot, crypto)); // 5.5.1, 5.5.2
  const file = kept?.file ?? parseSnapshotRole(bytes);
  await requireRole(file, root, 'snapshot', crypto); // 5.5.3
  requireVersion(file.signed, named, 'snapshot'); // 5.5.4: check for a mix-and-match attack.
  for (const [name, { version }] of before?.file.signed.meta ?? []) {
    // 5.5.5: check for a rollback attack: nothing vanishes, nothing sinks.
    const next = file.signed.meta.get(name);
    if (next === undefined) throw new ReaderProblem('rollback', `snapshot metadata no longer names ${name}`);
    if (next.version < version) throw rollback(name, version, next.version);
  }
  requireFresh(file.signed, now, 'snapshot metadata'); // 5.5.6: check for a freeze attack.
  return { bytes, file };
}

/** 5.6, for the top-level role. */
async function updateTargets(
  root: Root,
  snapshot: Parsed<SnapshotRole>,
  { targets: before }: Before,
  source: Source,
  now: Date,
  crypto: Crypto,
): Promise<Parsed<Targets>> {
  const named = snapshot.file.signed.meta.get('targets.json');
  if (named === undefined) throw new ReaderProblem('malformed', 'snapshot metadata names no targets.json');
  const kept = await matching(before, named, crypto);
  const bytes = kept?.bytes ?? (await fetchNamed(source, 'targets', named, MOST.targets, crypto)); // 5.6.1, 5.6.2
  const file = kept?.file ?? parseTargets(bytes);
  await requireRole(file, root, 'targets', crypto); // 5.6.3
  requireVersion(file.signed, named, 'targets'); // 5.6.4: check for a mix-and-match attack.
  requireFresh(file.signed, now, 'targets metadata'); // 5.6.5: check for a freeze attack.
  return { bytes, file };
}

/** 5.6.7 for the one delegation that readers follow; its keys stand in the targets metadata, its version in the snapshot metadata. */
async function updateUrgent(
  { urgent: delegation }: Targets,
  snapshot: SnapshotRole,
  { urgent: before }: Trusted,
  source: Source,
  now: Date,
  crypto: Crypto,
): Promise<Uint8Array | undefined> {
  const named = snapshot.meta.get('urgent.json');
  if (delegation === undefined || named === undefined) return undefined;
  const kept = await matching(before && { bytes: before, file: parseTargets(before) }, named, crypto);
  const bytes = kept?.bytes ?? (await fetchNamed(source, 'urgent', named, MOST.targets, crypto));
  const file = kept?.file ?? parseTargets(bytes);
  await requireThreshold(file, delegation, 'urgent metadata', crypto);
  requireVersion(file.signed, named, 'urgent');
  requireFresh(file.signed, now, 'urgent metadata');
  return bytes;
}

type RoleName = 'root' | 'targets' | 'snapshot' | 'timestamp';

/** Requires the threshold that a root gives to a role. @throws ReaderProblem `signature` */
export async function requireRole(file: Signed<unknown>, root: Root, role: RoleName, crypto: Crypto): Promise<void> {
  await requireThreshold(file, { keys: root.keys, role: root.roles[role] }, `${role} metadata`, crypto);
}

/** What we have, when it is what is named: then it need not be fetched. */
async function matching<T extends { version: number }>(
  before: Parsed<T> | undefined,
  named: FileMeta,
  crypto: Crypto,
): Promise<Parsed<T> | undefined> {
  if (before?.file.signed.version !== named.version) return undefined;
  return (await isNamed(before.bytes, named, crypto)) ? before : undefined;
}

async function isNamed(bytes: Uint8Array, { length, sha256 }: FileMeta, crypto: Crypto): Promise<boolean> {
  if (length !== undefined && bytes.length !== length) return false;
  return sha256 === undefined || (await crypto.sha256(bytes)) === sha256;
}

async function fetchNamed(
  source: Source,
  role: string,
  named: FileMeta,
  most: number,
  crypto: Crypto,
): Promise<Uint8Array> {
  const name = `${named.version}.${role}.json`;
  const bytes = required(await source.file(`metadata/${name}`, Math.min(named.length ?? most, most)), name);
  if (await isNamed(bytes, named, crypto)) return bytes;
  throw new ReaderProblem('hash', `${name} is not the file that was signed`);
}

function required(bytes: Uint8Array | undefined, name: string): Uint8Array {
  if (bytes) return bytes;
  throw new ReaderProblem('missing', `${name} is missing`);
}

function requireVersion({ version }: { version: number }, named: FileMeta, role: string): void {
  if (version === named.version) return;
  throw new ReaderProblem('rollback', `${role} metadata has version ${version}, not ${named.version}`);
}

function requireFresh({ expires, version }: { expires: string; version: number }, now: Date, what: string): void {
  if (now.getTime() < Date.parse(expires)) return;
  throw new ReaderProblem('expired', `${what} ${version} expired at ${expires}`);
}

function rollback(what: string, from: number, to: number): ReaderProblem {
  return new ReaderProblem('rollback', `${what} went back from ${from} to ${to}`);
}

function keysOfRole({ keys, roles }: Root, role: RoleName): string {
  return roles[role].keyids
    .map((id) => keys.get(id) ?? '')
    .sort()
    .join(' ');
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
