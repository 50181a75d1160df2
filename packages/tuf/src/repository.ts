import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metadata, MetaFile, Root, Snapshot, Targets, Timestamp } from '@tufjs/models';
import { isTufDate, toTufDate, wireName, type RoleName, type TopLevelRole } from './lifetime.ts';
import { meetsThreshold, parseMetadata, signedAt, type AnySigned, type SignedFile } from './metadata.ts';
import { TufProblem } from './problem.ts';

/** Metadata found in the tree. `trustedBy` is the newest root under which its signatures suffice. */
export type Stored<T extends AnySigned> = SignedFile<T> & { trustedBy: number };

/** What clients get from the tree at this moment. */
export type Published = {
  timestamp: Stored<Timestamp>;
  snapshotRole: Stored<Snapshot>;
  targets: Stored<Targets>;
  /** `isTrusted`: the targets metadata of this moment still delegates to enough of the keys that signed it. */
  urgent?: SignedFile<Targets> & { isTrusted: boolean };
};

/** The roles whose files carry a number that only rises, and of which a crash can leave one behind. */
export type NumberedRole = 'targets' | 'urgent' | 'snapshotRole';

/** The tree is the state: everything here was read from it and verified, nothing is kept beside it. */
export type Repository = {
  dir: string;
  /** Versions 1..N without a gap, each verified by the one before it. */
  roots: Metadata<Root>[];
  root: Metadata<Root>;
  /** Undefined before the first publish. */
  published: Published | undefined;
  /** One above the highest number on disk, published or not, so that no number is ever given twice. */
  next: Record<Exclude<RoleName, 'root'>, number>;
  /** Numbered files that `timestamp.json` never reached: a crash left them. Paths relative to `dir`. */
  leftovers: Record<NumberedRole, string[]>;
  /** The latest time at which anything that counts was signed. */
  lastSigned: Date | undefined;
  /** The number a thief of an online key drove what is out to; undefined while it is one of ours. */
  forwardedTo: number | undefined;
};

/**
 * Numbers from here on are nobody's: a signature a minute for thirty years stays below. A thief of an online key writes them so
 * that clients refuse whatever comes later (fast-forward, SNAPSHOTS §2.4).
 */
const FAR_AHEAD = 2 ** 24;
/** Whether a number can be one of ours, and not a thief's. */
export const isOwnVersion = (version: number): boolean => version < FAR_AHEAD;

/** The layout of the tree (SNAPSHOTS §4.4), relative to its directory. `timestamp.json` is the only file that changes. */
export const treePath = {
  root: (version: number) => `metadata/${version}.root.json`,
  targets: (version: number) => `metadata/${version}.targets.json`,
  urgent: (version: number) => `metadata/${version}.urgent.json`,
  snapshotRole: (version: number) => `metadata/${version}.snapshot.json`,
  timestamp: 'metadata/timestamp.json',
  target: (hashedPath: string) => `targets/${hashedPath}`,
};

/**
 * Reads the tree and verifies it from root 1 up to the targets metadata. Does not look at the target files: that is
 * what `verifyRepository` does, as a client.
 * @throws TufProblem `tree-has-no-root`; `tree-broken` when anything published is missing, changed or not signed
 */
export async function readRepository(dir: string): Promise<Repository> {
  const repository = await findRepository(dir);
  if (!repository) throw new TufProblem('tree-has-no-root', `${dir} holds no metadata/1.root.json`);
  return repository;
}

/** As `readRepository`, but undefined when the directory holds no root yet. */
export async function findRepository(dir: string): Promise<Repository | undefined> {
  const versions = await versionsOnDisk(dir);
  const roots = await readRoots(dir, versions.root.length);
  const root = roots.at(-1);
  if (!root) return undefined;
  const { published, forwarded } = await readPublished(dir, roots, versions.snapshotRole);
  const highest = (role: NumberedRole) => Math.max(0, ...versions[role].filter(isOwnVersion));
  return {
    dir,
    roots,
    root,
    published,
    next: {
      targets: highest('targets') + 1,
      urgent: highest('urgent') + 1,
      snapshotRole: highest('snapshotRole') + 1,
      // Our own count of timestamps is lost with the file that was overwritten. Clients forget theirs when both keys change.
      timestamp: (forwarded ? highest('snapshotRole') : (published?.timestamp.metadata.signed.version ?? 0)) + 1,
    },
    leftovers: {
      targets: above(published?.targets, versions.targets).map(treePath.targets),
      urgent: above(published?.urgent, versions.urgent).map(treePath.urgent),
      snapshotRole: above(published?.snapshotRole, versions.snapshotRole).map(treePath.snapshotRole),
    },
    lastSigned: latest([root, ...metadataOf(published, forwarded !== undefined)]),
    // What no key of the newest root signed misleads nobody any more: then the next signature ends it.
    forwardedTo: forwarded?.trustedBy === root.signed.version ? forwarded.version : undefined,
  };
}

/**
 * Refuses to sign with a clock that stands before the last signature: what it would sign could expire before what
 * clients already have.
 * @throws TufProblem `clock-before-last-signed`
 */
export function requireClock({ lastSigned }: Repository, now: Date): void {
  if (!lastSigned || now >= lastSigned) return;
  const message = `the clock says ${toTufDate(now)}, but the tree was last signed at ${toTufDate(lastSigned)}`;
  throw new TufProblem('clock-before-last-signed', message);
}

/**
 * Refuses to publish under an expired root: no client takes anything then, so it would only look like success.
 * @throws TufProblem `root-expired`
 */
export function requireLivingRoot({ root }: Repository, now: Date): void {
  if (!root.signed.isExpired(now)) return;
  throw new TufProblem(
    'root-expired',
    `root ${root.signed.version} expired at ${root.signed.expires}; sign a new root`,
  );
}

/**
 * Refuses to go on from a number that is not ours: whoever signed it has an online key, and clients who saw it take nothing
 * else from these keys.
 * @throws TufProblem `versions-far-ahead`, its message naming the way out
 */
export function requireOwnVersions({ forwardedTo }: Repository): void {
  if (forwardedTo === undefined) return;
  throw new TufProblem(
    'versions-far-ahead',
    `version ${forwardedTo} lies in the public tree and this server did not sign it: somebody has an online key and sends apps far ahead. ` +
      'Make new online keys with `waymark keys online --next`, have a root signed that names both (`waymark root propose`, `sign`, `merge`), ' +
      'and publish it with `waymark root publish FILE --old-keys-lost`',
  );
}

async function versionsOnDisk(dir: string) {
  const names = await readdir(join(dir, 'metadata')).catch(nothingThere);
  const of = (role: RoleName) =>
    names
      .map((name) => /^([1-9]\d*)\.(\w+)\.json$/.exec(name))
      .filter((match) => match?.[2] === wireName[role])
      .map((match) => Number(match?.[1]))
      .sort((a, b) => a - b);
  return { root: of('root'), targets: of('targets'), urgent: of('urgent'), snapshotRole: of('snapshotRole') };
}

function nothingThere(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

// Client workflow 5.3: each root is signed by the keys of the one before it and by its own. A gap shows as a missing file.
async function readRoots(dir: string, count: number): Promise<Metadata<Root>[]> {
  const roots: Metadata<Root>[] = [];
  for (let version = 1; version <= count; version++) {
    const { metadata: root } = await readMetadata(dir, treePath.root(version), parseMetadata.root);
    const signers = [roots.at(-1) ?? root, root];
    if (!signers.every((signer) => meetsThreshold(signer, 'root', root)) || root.signed.version !== version) {
      throw new TufProblem(
        'tree-broken',
        `${treePath.root(version)} is not the signed successor of the root before it`,
      );
    }
    roots.push(root);
  }
  return roots;
}

/** A thief's number, and the newest root under whose keys it counts. */
type Forwarded = { version: number; trustedBy: number };

async function readPublished(
  dir: string,
  roots: Metadata<Root>[],
  snapshotVersions: number[],
): Promise<{ published?: Published; forwarded?: Forwarded }> {
  const names = await readdir(join(dir, 'metadata'));
  if (!names.includes('timestamp.json')) return {};
  const timestamp = trust('timestamp', roots, await readMetadata(dir, treePath.timestamp, parseMetadata.timestamp));
  const { version, snapshotMeta } = timestamp.metadata.signed;
  if (isOwnVersion(version) && isOwnVersion(snapshotMeta.version))
    return { published: { timestamp, ...(await readNamed(dir, roots, snapshotMeta)) } };
  const snapshotRole = await readSnapshotRole(dir, roots, snapshotMeta);
  const forwarded = {
    version: Math.max(version, snapshotMeta.version),
    trustedBy: Math.max(timestamp.trustedBy, snapshotRole.trustedBy),
  };
  // What the thief's file names may be something old that people signed once; ours names what was published last.
  const ours = await readOurNewest(dir, roots, snapshotVersions.filter(isOwnVersion));
  return { published: { timestamp, ...(ours ?? (await readNamed(dir, roots, snapshotMeta))) }, forwarded };
}

type Named = Omit<Published, 'timestamp'>;

async function readOurNewest(dir: string, roots: Metadata<Root>[], versions: number[]): Promise<Named | undefined> {
  for (const version of versions.toReversed()) {
    const named = await readNamed(dir, roots, { version }).catch((error: unknown) => {
      if (error instanceof TufProblem) return undefined;
      throw error;
    });
    if (named) return named;
  }
  return undefined;
}

type Expected = Pick<MetaFile, 'version'> & Partial<Pick<MetaFile, 'verify'>>;

async function readSnapshotRole(dir: string, roots: Metadata<Root>[], meta: Expected): Promise<Stored<Snapshot>> {
  const path = treePath.snapshotRole(meta.version);
  return trust('snapshotRole', roots, await readMetadata(dir, path, parseMetadata.snapshotRole, meta));
}

/** Snapshot metadata and what it names. */
async function readNamed(dir: string, roots: Metadata<Root>[], meta: Expected): Promise<Named> {
  const snapshotRole = await readSnapshotRole(dir, roots, meta);
  const targetsMeta = snapshotRole.metadata.signed.meta['targets.json'];
  if (!targetsMeta)
    throw new TufProblem('tree-broken', `${treePath.snapshotRole(meta.version)} does not name targets.json`);
  const targetsPath = treePath.targets(targetsMeta.version);
  const targets = trust('targets', roots, await readMetadata(dir, targetsPath, parseMetadata.targets, targetsMeta));
  const urgentMeta = snapshotRole.metadata.signed.meta['urgent.json'];
  if (!urgentMeta) return { snapshotRole, targets };
  const urgent = await readMetadata(dir, treePath.urgent(urgentMeta.version), parseMetadata.urgent, urgentMeta);
  const isTrusted = meetsThreshold(targets.metadata, 'urgent', urgent.metadata);
  return { snapshotRole, targets, urgent: { ...urgent, isTrusted } };
}

async function readMetadata<T extends AnySigned>(
  dir: string,
  path: string,
  parse: (bytes: Buffer) => Metadata<T>,
  expected?: Expected,
): Promise<SignedFile<T>> {
  try {
    const bytes = await readFile(join(dir, path));
    expected?.verify?.(bytes);
    const metadata = parse(bytes);
    if (expected && metadata.signed.version !== expected.version) throw new Error('the version is another');
    if (!isTufDate(metadata.signed.expires)) throw new Error('expires is not a date');
    return { metadata, bytes };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TufProblem('tree-broken', `${path} is missing or not as it was published: ${why}`, { cause });
  }
}

// An older root is enough here: between a new root and the next signatures, the tree is old but not forged.
function trust<T extends AnySigned>(role: TopLevelRole, roots: Metadata<Root>[], file: SignedFile<T>): Stored<T> {
  const root = roots.findLast((candidate) => meetsThreshold(candidate, role, file.metadata));
  if (root) return { ...file, trustedBy: root.signed.version };
  throw new TufProblem('tree-broken', `${role} ${file.metadata.signed.version} is not signed by any root of this tree`);
}

function above(current: SignedFile<AnySigned> | undefined, versions: number[]): number[] {
  return versions.filter((version) => version > (current?.metadata.signed.version ?? 0));
}

// The date in a thief's file is the thief's.
function metadataOf(published: Published | undefined, isForwarded: boolean): Metadata<AnySigned>[] {
  if (!published) return [];
  const { timestamp, ...named } = published;
  return [...(isForwarded ? [] : [timestamp]), ...Object.values(named)].map(({ metadata }) => metadata);
}

function latest(signed: Metadata<AnySigned>[]): Date | undefined {
  const times = signed.map(signedAt).filter((time) => time !== undefined);
  return times.reduce<Date | undefined>((last, time) => (last && last > time ? last : time), undefined);
}
