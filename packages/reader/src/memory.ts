import { toProblem, type ReaderProblem } from './problem.ts';
import { requireSound, urgentTargets, type Held } from './held.ts';
import { snapshotInfoOf, type SnapshotInfo } from './snapshotInfo.ts';
import type { Crypto } from './tuf/crypto.ts';
import { parseRoot, parseTargets, parseTimestamp } from './tuf/metadata.ts';
import type { Trusted } from './tuf/trusted.ts';
import { requireRole } from './tuf/update.ts';
import { NO_WITHDRAWALS, parseWithdrawals, WITHDRAWN, type Withdrawals } from './withdrawals.ts';

/** The withdrawals at hand with what vouches for them, as `Held` does for a snapshot. */
export type Lane = { root: Uint8Array; targets: Uint8Array; urgent: Uint8Array; withdrawn: Uint8Array };

/** Everything a reader knows, all of it verified. */
export type Memory = {
  trusted: Trusted;
  held: Held;
  info: SnapshotInfo;
  lane: Lane | undefined;
  withdrawals: Withdrawals;
  /** When a refresh last came to a good end, UTC; undefined: never. */
  checkedAt: string | undefined;
};

/** Files of a seed: the metadata and the data of one snapshot. */
export type SeedFiles = ReadonlyMap<string, Uint8Array>;

/** A memory as files, for a store. */
export function toFiles({ trusted, held, lane, checkedAt }: Memory): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const put = (folder: string, group: Record<string, Uint8Array | undefined>) => {
    for (const [name, bytes] of Object.entries(group)) if (bytes) files.set(`${folder}/${name}`, bytes);
  };
  put('trusted', trusted);
  put('held', held);
  if (lane) put('lane', lane);
  if (checkedAt !== undefined) files.set('checkedAt', new TextEncoder().encode(checkedAt));
  return files;
}

/**
 * What of the files of a store can still be verified, without a network.
 * @returns a memory; the problem instead, when there is none to be had
 */
export async function fromFiles(
  files: ReadonlyMap<string, Uint8Array>,
  crypto: Crypto,
): Promise<{ memory: Memory } | { problem: ReaderProblem | undefined }> {
  if (files.size === 0) return { problem: undefined };
  try {
    const of = (folder: string, name: string) => {
      const bytes = files.get(`${folder}/${name}`);
      if (bytes) return bytes;
      throw new Error(`${folder}/${name} is missing`);
    };
    const held: Held = {
      root: of('held', 'root'),
      targets: of('held', 'targets'),
      manifest: of('held', 'manifest'),
      directory: of('held', 'directory'),
    };
    await requireSound(held, crypto);
    const trusted = readableTrusted(files, held);
    const lane = laneOf(files);
    const checkedAt = files.get('checkedAt');
    return {
      memory: {
        trusted,
        held,
        info: snapshotInfoOf(held.manifest),
        ...(await soundLane(lane, crypto)),
        checkedAt: checkedAt && new TextDecoder().decode(checkedAt),
      },
    };
  } catch (error) {
    return { problem: toProblem(error, 'storage') };
  }
}

/**
 * A memory made of a seed, verified like anything else.
 * @throws ReaderProblem when the seed was damaged or put together wrongly: an app must not ship it
 */
export async function fromSeed(files: SeedFiles, crypto: Crypto): Promise<Memory> {
  const of = (name: string) => {
    const bytes = files.get(name);
    if (bytes) return bytes;
    throw toProblem(new Error(`the seed has no ${name}`), 'missing');
  };
  const trusted: Trusted = {
    root: of('metadata/root.json'),
    timestamp: of('metadata/timestamp.json'),
    snapshot: of('metadata/snapshot.json'),
    targets: of('metadata/targets.json'),
    urgent: files.get('metadata/urgent.json'),
  };
  const held: Held = {
    root: of('metadata/root.json'),
    targets: of('metadata/targets.json'),
    manifest: of('targets/v1/manifest.json'),
    directory: of('targets/v1/directory.ndjson'),
  };
  await requireSound(held, crypto);
  const withdrawn = files.get(`targets/${WITHDRAWN}`);
  const lane = trusted.urgent &&
    withdrawn && { root: held.root, targets: held.targets, urgent: trusted.urgent, withdrawn };
  const info = snapshotInfoOf(held.manifest);
  return { trusted, held, info, ...(await soundLane(lane, crypto)), checkedAt: undefined };
}

/** The later of two memories: an app that was updated brings a newer seed than what it holds, or an older one. */
export function later(a: Memory, b: Memory): Memory {
  return b.info.sequence > a.info.sequence ? b : a;
}

/** When the timestamp at hand ends; undefined when there is none. */
export function timestampExpires({ timestamp }: Trusted): string | undefined {
  try {
    return timestamp && parseTimestamp(timestamp).signed.expires;
  } catch {
    return undefined;
  }
}

// A root that cannot be read is replaced by the one beside the snapshot, which was just verified (SNAPSHOTS §2.5.7).
function readableTrusted(files: ReadonlyMap<string, Uint8Array>, held: Held): Trusted {
  const [timestamp, snapshot, targets, urgent] = ['timestamp', 'snapshot', 'targets', 'urgent'].map((name) =>
    files.get(`trusted/${name}`),
  );
  const root = files.get('trusted/root');
  try {
    if (root && parseRoot(root).signed.version >= parseRoot(held.root).signed.version)
      return { root, timestamp, snapshot, targets, urgent };
  } catch {
    // Below.
  }
  return { root: held.root, timestamp, snapshot, targets, urgent };
}

function laneOf(files: ReadonlyMap<string, Uint8Array>): Lane | undefined {
  const [root, targets, urgent, withdrawn] = ['root', 'targets', 'urgent', 'withdrawn'].map((name) =>
    files.get(`lane/${name}`),
  );
  return root && targets && urgent && withdrawn ? { root, targets, urgent, withdrawn } : undefined;
}

/** The withdrawals of a lane, if they can still be verified. */
async function soundLane(
  lane: Lane | undefined,
  crypto: Crypto,
): Promise<{ lane: Lane | undefined; withdrawals: Withdrawals }> {
  if (lane === undefined) return { lane, withdrawals: NO_WITHDRAWALS };
  try {
    await requireSoundLane(lane, crypto);
    return { lane, withdrawals: parseWithdrawals(lane.withdrawn) };
  } catch {
    return { lane: undefined, withdrawals: NO_WITHDRAWALS };
  }
}

async function requireSoundLane({ root, targets, urgent, withdrawn }: Lane, crypto: Crypto): Promise<void> {
  await requireRole(parseTargets(targets), parseRoot(root).signed, 'targets', crypto);
  const meta = (await urgentTargets({ root, targets, urgent }, crypto))?.get(WITHDRAWN);
  if (meta?.sha256 !== (await crypto.sha256(withdrawn)))
    throw new Error('the withdrawals are not those that were signed');
}
