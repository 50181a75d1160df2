import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metadata, TargetFile, Targets } from '@tufjs/models';
import { Updater } from 'tuf-js';
import { URGENT_PATH } from '@waymark/domain';
import { sha256 } from './canonical.ts';
import { isTufDate, type TopLevelRole } from './lifetime.ts';
import { parseMetadata, type AnySigned } from './metadata.ts';
import { TufProblem, type TufProblemCode } from './problem.ts';
import { isDemoRoot } from './root.ts';
import { findFile } from './writeFiles.ts';

export type VerifiedRepository = {
  rootVersion: number;
  versions: Record<TopLevelRole, number>;
  expires: Record<TopLevelRole, string>;
  /** Of `N.targets.json`, to compare with what the publisher logged. */
  targetsSha256: string;
  targets: Map<string, Buffer>;
  /** One key alone can sign root or targets. */
  isDemo: boolean;
  /** Targets name keys on duty, so somebody can withdraw at once. */
  hasDuty: boolean;
  /** What the keys on duty signed; undefined before the first withdrawal. */
  urgent?: VerifiedUrgent;
};

/**
 * The urgent lane is looked at apart: that its metadata expired or was signed by a stranger must not take the directory
 * from anybody (SNAPSHOTS §2.4).
 */
export type VerifiedUrgent = { version: number; expires: string; bytes: Buffer } | { problem: TufProblem };

/**
 * The client's view: updates from `url` with the stock tuf-js client, downloads targets and verifies them.
 * All or nothing: a refusal returns no target at all. Only the urgent lane is reported beside the rest.
 *
 * @param options.url where the tree is served: `<url>/metadata/…` and `<url>/targets/…`
 * @param options.rootBytes the root that is trusted without asking; a newer one in `dir` takes its place
 * @param options.dir the client's memory. Kept, it also detects rollback; fresh, it cannot (SNAPSHOTS §2.4). One per url
 * @param options.targets paths, or `all` for everything the targets metadata lists
 * @param options.fetchTimeout milliseconds for one file, body included; `fetchRetries` after a network fault
 * @throws TufProblem `unreachable`, `file-missing`, `expired`, `signature-invalid`, `rollback`, `hash-mismatch`,
 *   `metadata-malformed`, `target-unknown`
 */
export async function verifyRepository(options: {
  url: string;
  rootBytes: Buffer;
  dir: string;
  targets: string[] | 'all';
  fetchTimeout?: number;
  fetchRetries?: number;
}): Promise<VerifiedRepository> {
  const { url, rootBytes, dir, targets: wanted, fetchTimeout = 30_000, fetchRetries = 1 } = options;
  const metadataDir = join(dir, 'metadata');
  const targetDir = join(dir, 'targets');
  await mkdir(metadataDir, { recursive: true });
  await mkdir(targetDir, { recursive: true });
  await seedRoot(metadataDir, rootBytes);
  try {
    const updater = new Updater({
      metadataDir,
      metadataBaseUrl: `${trimSlash(url)}/metadata`,
      targetDir,
      targetBaseUrl: `${trimSlash(url)}/targets`,
      config: { fetchTimeout, fetchRetry: fetchRetries, userAgent: 'waymark-verify' },
    });
    await updater.refresh();
    const view = await readView(metadataDir);
    const targets = new Map<string, Buffer>();
    for (const path of wanted === 'all' ? Object.keys(view.listed) : wanted) {
      targets.set(path, await downloadTarget(updater, view.listed, path));
    }
    const { listed: _, hasUrgent, ...rest } = view;
    return { ...rest, targets, ...(hasUrgent ? { urgent: await readUrgentLane(updater, metadataDir) } : {}) };
  } catch (error) {
    throw toProblem(error);
  }
}

// tuf-js has no argument for the trusted root: it must lie in the directory (SNAPSHOTS §2.5.7). A half-written one of an
// earlier crash would stop the client for ever, so what cannot be read is replaced.
async function seedRoot(metadataDir: string, rootBytes: Buffer): Promise<void> {
  const path = join(metadataDir, 'root.json');
  const cached = await findFile(path);
  if (!cached || rootVersionOf(cached) < rootVersionOf(rootBytes)) await writeFile(path, rootBytes);
}

function rootVersionOf(bytes: Buffer): number {
  try {
    return parseMetadata.root(bytes).signed.version;
  } catch {
    return 0;
  }
}

// After a refresh the client's directory holds exactly the metadata that it trusts.
async function readView(metadataDir: string) {
  const read = (name: string) => readFile(join(metadataDir, name));
  const targetsBytes = await read('targets.json');
  const root = parseMetadata.root(await read('root.json'));
  const targets: Metadata<Targets> = parseMetadata.targets(targetsBytes);
  const snapshotRole = parseMetadata.snapshotRole(await read('snapshot.json'));
  const timestamp = parseMetadata.timestamp(await read('timestamp.json'));
  requireWhatTheClientDoesNot(root.signed.keys, [root, targets, snapshotRole, timestamp]);
  return {
    rootVersion: root.signed.version,
    isDemo: isDemoRoot(root.signed),
    hasDuty: targets.signed.delegations?.roles?.['urgent'] !== undefined,
    versions: {
      root: root.signed.version,
      targets: targets.signed.version,
      snapshotRole: snapshotRole.signed.version,
      timestamp: timestamp.signed.version,
    },
    expires: {
      root: root.signed.expires,
      targets: targets.signed.expires,
      snapshotRole: snapshotRole.signed.expires,
      timestamp: timestamp.signed.expires,
    },
    targetsSha256: sha256(targetsBytes),
    listed: targets.signed.targets,
    hasUrgent: targets.signed.delegations !== undefined && Object.hasOwn(snapshotRole.signed.meta, 'urgent.json'),
  };
}

// tuf-js 5.0.1 lets `expires: "never"` live for ever, and counts one public key under two ids twice (SNAPSHOTS §2.4).
function requireWhatTheClientDoesNot(
  keys: Record<string, { keyVal: Record<string, string> }>,
  all: Metadata<AnySigned>[],
): void {
  if (!all.every(({ signed }) => isTufDate(signed.expires))) {
    throw new TufProblem('metadata-malformed', 'an expiry date is not a date');
  }
  const publicKeys = Object.values(keys).map(({ keyVal }) => keyVal['public']?.toLowerCase());
  if (new Set(publicKeys).size !== publicKeys.length) {
    throw new TufProblem('signature-invalid', 'root lists one public key under two ids');
  }
}

async function readUrgentLane(updater: Updater, metadataDir: string): Promise<VerifiedUrgent> {
  try {
    // Asking for the target makes the client fetch and verify the role that it is delegated to.
    const info = await updater.getTargetInfo(URGENT_PATH);
    const { signed } = parseMetadata.urgent(await readFile(join(metadataDir, 'urgent.json')));
    if (!isTufDate(signed.expires)) throw new TufProblem('metadata-malformed', 'an expiry date is not a date');
    const bytes = await downloadTarget(updater, info ? { [URGENT_PATH]: info } : {}, URGENT_PATH);
    return { version: signed.version, expires: signed.expires, bytes };
  } catch (error) {
    return { problem: toProblem(error) };
  }
}

async function downloadTarget(updater: Updater, listed: Record<string, TargetFile>, path: string): Promise<Buffer> {
  // `hasOwn`, because tuf-js looks `constructor` up as if it were a target.
  const info = Object.hasOwn(listed, path) ? listed[path] : undefined;
  if (!info) throw new TufProblem('target-unknown', `the repository has no target ${path}`);
  const file = (await updater.findCachedTarget(info)) ?? (await updater.downloadTarget(info));
  const bytes = await readFile(file);
  // The bytes handed out are the bytes verified, whatever happens to the file.
  if (bytes.length === info.length && sha256(bytes) === info.hashes['sha256']) return bytes;
  throw new TufProblem('hash-mismatch', `${path} changed between download and reading`);
}

// tuf-js does not export its errors and flattens most into one message (SNAPSHOTS §2.5.6), so only the words remain.
const reasons: [RegExp, TufProblemCode][] = [
  [/was signed by \d+\/\d+ keys/, 'signature-invalid'],
  [/is expired/, 'expired'],
  [/less than current version|does(?:n't| not) match|Expected version|Missing file/, 'rollback'],
  [/Expected (?:length|hash)|Max length reached/, 'hash-mismatch'],
  [/fetch failed|aborted due to timeout|terminated|socket/, 'unreachable'],
  [/Failed to download/, 'file-missing'],
];

function toProblem(error: unknown): TufProblem {
  if (error instanceof TufProblem) return error;
  const message = error instanceof Error ? error.message : String(error);
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  if (typeof status === 'number' && status >= 500)
    return problem('unreachable', `the server answered ${status}`, error);
  const known = reasons.find(([words]) => words.test(message));
  return problem(known?.[1] ?? 'metadata-malformed', message, error);
}

function problem(code: TufProblemCode, message: string, cause: unknown): TufProblem {
  return new TufProblem(code, `the repository cannot be verified: ${message}`, { cause });
}

function trimSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
