import { applyDelta } from '@waymark/domain/delta';
import { canGunzip, gunzip } from './gunzip.ts';
import { ReaderProblem } from './problem.ts';
import { deltaChain } from './deltaChain.ts';
import { requireRole } from './tuf/update.ts';
import { parseRoot, parseTargets, URGENT_ROLE, type TargetMeta, type Targets } from './tuf/metadata.ts';
import { requireThreshold } from './tuf/threshold.ts';
import type { Crypto } from './tuf/crypto.ts';
import type { Source, Trusted } from './tuf/trusted.ts';

export const MANIFEST = 'v1/manifest.json';
export const DIRECTORY = 'v1/directory.ndjson';
const PACKED = `${DIRECTORY}.gz`;

/**
 * A snapshot at hand, with the metadata that vouches for it: root, targets, manifest, directory. They stay together, whatever
 * becomes of newer metadata, so that what is shown can be verified again at any time without a network.
 */
export type Held = { root: Uint8Array; targets: Uint8Array; manifest: Uint8Array; directory: Uint8Array };

/**
 * Brings the snapshot that trusted metadata names: what is at hand already, or else through deltas, or else in full.
 * Every byte is compared with the signed metadata, whichever way it came.
 * @throws ReaderProblem `missing`, `hash`, `unreachable`, `malformed`
 */
export async function bringHeld(
  trusted: Trusted,
  before: Held | undefined,
  source: Source,
  crypto: Crypto,
): Promise<{ held: Held; way: 'kept' | 'delta' | 'full' }> {
  if (trusted.targets === undefined) throw new ReaderProblem('missing', 'there is no targets metadata');
  const { targets } = parseTargets(trusted.targets).signed;
  const bring = (path: string) => bringTarget(targets, path, source, crypto);
  const signed = targetOf(targets, DIRECTORY);
  const around = { root: trusted.root, targets: trusted.targets };
  const manifestBefore = before && (await isTarget(before.manifest, targetOf(targets, MANIFEST), crypto));
  const manifest = manifestBefore ? before.manifest : await bring(MANIFEST);
  const base = before && { bytes: before.directory, sha256: await crypto.sha256(before.directory) };
  if (base?.sha256 === signed.sha256) return { held: { ...around, manifest, directory: base.bytes }, way: 'kept' };
  const byDelta = base && (await throughDeltas(base, targets, bring, crypto));
  if (byDelta) return { held: { ...around, manifest, directory: byDelta }, way: 'delta' };
  return { held: { ...around, manifest, directory: await inFull(targets, bring, crypto) }, way: 'full' };
}

/** Applies deltas and compares what comes out; undefined whenever anything is not as it should be (SNAPSHOTS §4.5). */
async function throughDeltas(
  base: { bytes: Uint8Array; sha256: string },
  targets: Targets['targets'],
  bring: (path: string) => Promise<Uint8Array>,
  crypto: Crypto,
): Promise<Uint8Array | undefined> {
  const wanted = targetOf(targets, DIRECTORY);
  const full = canGunzip() ? (targets.get(PACKED) ?? wanted) : wanted;
  const chain = deltaChain(targets, base.sha256, wanted.sha256, full.length);
  if (chain === undefined) return undefined;
  try {
    let lines = linesOf(base.bytes);
    for (const path of chain) lines = applyDelta(lines, linesOf(await bring(path)));
    const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
    return (await isTarget(bytes, wanted, crypto)) ? bytes : undefined;
  } catch {
    // Whatever it was, the full file tells.
    return undefined;
  }
}

async function inFull(
  targets: Targets['targets'],
  bring: (path: string) => Promise<Uint8Array>,
  crypto: Crypto,
): Promise<Uint8Array> {
  const wanted = targetOf(targets, DIRECTORY);
  if (!targets.has(PACKED) || !canGunzip()) return bring(DIRECTORY);
  const bytes = await gunzip(await bring(PACKED), wanted.length);
  if (await isTarget(bytes, wanted, crypto)) return bytes;
  throw new ReaderProblem('hash', `${PACKED} does not hold ${DIRECTORY}`);
}

/** Client workflow 5.7: fetch a target by its hash, and compare. @throws ReaderProblem */
export async function bringTarget(
  targets: Targets['targets'],
  path: string,
  source: Source,
  crypto: Crypto,
): Promise<Uint8Array> {
  const meta = targetOf(targets, path);
  const slash = path.lastIndexOf('/') + 1;
  const name = `targets/${path.slice(0, slash)}${meta.sha256}.${path.slice(slash)}`; // Consistent snapshots, 5.7.3.
  const bytes = await source.file(name, meta.length);
  if (bytes === undefined) throw new ReaderProblem('missing', `${path} is missing`);
  if (await isTarget(bytes, meta, crypto)) return bytes;
  throw new ReaderProblem('hash', `${path} is not the file that was signed`);
}

/**
 * Verifies a snapshot at hand without a network: root by itself, targets by root, files by targets. Dates are not looked at: what
 * was verified once stays, however old it gets (SNAPSHOTS §4.8).
 * @throws ReaderProblem
 */
export async function requireSound(held: Held, crypto: Crypto): Promise<void> {
  const root = parseRoot(held.root);
  const targets = parseTargets(held.targets);
  await requireRole(root, root.signed, 'root', crypto);
  await requireRole(targets, root.signed, 'targets', crypto);
  for (const [path, bytes] of [
    [MANIFEST, held.manifest],
    [DIRECTORY, held.directory],
  ] as const) {
    if (await isTarget(bytes, targetOf(targets.signed.targets, path), crypto)) continue;
    throw new ReaderProblem('hash', `${path} at hand is not the file that was signed`);
  }
}

/** The delegated role's targets, verified by the targets metadata they are delegated by; undefined when there is none. */
export async function urgentTargets(
  { targets, urgent }: Trusted,
  crypto: Crypto,
): Promise<Targets['targets'] | undefined> {
  const delegation = targets && parseTargets(targets).signed.urgent;
  if (urgent === undefined || delegation === undefined) return undefined;
  const file = parseTargets(urgent);
  await requireThreshold(file, delegation, `${URGENT_ROLE} metadata`, crypto);
  return file.signed.targets;
}

async function isTarget(bytes: Uint8Array, { length, sha256 }: TargetMeta, crypto: Crypto): Promise<boolean> {
  return bytes.length === length && (await crypto.sha256(bytes)) === sha256;
}

function targetOf(targets: Targets['targets'], path: string): TargetMeta {
  const meta = targets.get(path);
  if (meta) return meta;
  throw new ReaderProblem('missing', `the repository has no target ${path}`);
}

/** The lines of a file that ends with a line break. */
export function linesOf(bytes: Uint8Array): string[] {
  return new TextDecoder('utf-8', { fatal: true })
    .decode(bytes)
    .split('\n')
    .filter((line) => line !== '');
}
