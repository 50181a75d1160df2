import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { APPROVALS_FILE } from './approvals.ts';
import { linesIn, type SnapshotFiles } from './files.ts';
import type { ReviewInput } from './review.ts';

/** The files of a bundle that are not targets, by their paths. */
export const BUNDLE = {
  request: 'request.json',
  previous: 'previous.targets.json',
  approvals: APPROVALS_FILE,
  changelog: 'previous.changelog.json',
} as const;

/** A bundle in memory, by path, as it was unpacked: what a browser reviews. */
export type Bundle = Pick<ReviewInput, 'request' | 'files' | 'approvals' | 'previousTargets' | 'previousChangelog'>;

/**
 * Takes an unpacked bundle apart.
 * @throws Error naming the part that is missing or not JSON
 */
export function openBundle(unpacked: ReadonlyMap<string, Uint8Array>): Bundle {
  const request = unpacked.get(BUNDLE.request);
  if (!request) throw new Error(`The bundle holds no ${BUNDLE.request}`);
  const approvals = unpacked.get(BUNDLE.approvals);
  const previous = unpacked.get(BUNDLE.previous);
  const changelog = unpacked.get(BUNDLE.changelog);
  const parts: readonly string[] = Object.values(BUNDLE);
  return {
    request: parse(request, BUNDLE.request),
    files: filesOf(new Map([...unpacked].filter(([path]) => !parts.includes(path)))),
    approvals: approvals ? linesIn(once(approvals), BUNDLE.approvals) : null,
    previousTargets: previous ? { json: parse(previous, BUNDLE.previous), sha256: bytesToHex(sha256(previous)) } : null,
    previousChangelog: changelog ? new TextDecoder().decode(changelog) : null,
  };
}

function filesOf(files: ReadonlyMap<string, Uint8Array>): SnapshotFiles {
  return { paths: () => [...files.keys()], read: (path) => once(files.get(path) ?? new Uint8Array()) };
}

const PIECE = 256 * 1024;

/** In pieces, so that lines come one after another, and others get a turn between. */
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += PIECE) yield bytes.subarray(start, start + PIECE);
}

function parse(bytes: Uint8Array, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new Error(`${path} is not JSON`);
  }
}
