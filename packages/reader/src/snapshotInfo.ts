import { ReaderProblem } from './problem.ts';
import { isSafeInt, treeOf } from './tuf/shape.ts';

/** Of the published form, the version that this reader was written for. */
export const SCHEMA_KNOWN = '1.2';

/** What a snapshot says of itself, from its signed manifest. */
export type SnapshotInfo = {
  sequence: number;
  schemaVersion: string;
  createdAt: string;
  /** Then the data is old; it is shown all the same. */
  validUntil: string;
  /** `demo`: one key alone could sign this. */
  assurance: string;
  contentDigest: string;
  counts: Record<string, number>;
  licence: string | undefined;
  attribution: string | undefined;
};

/**
 * Reads a manifest.
 * @throws ReaderProblem `schema-unknown` for a major version we were not written for, or a `minReader` above ours: numbers that are
 *   read wrongly are worse than old ones; `malformed`
 */
export function snapshotInfoOf(manifest: Uint8Array): SnapshotInfo {
  const tree = treeOf(jsonOf(manifest), 'manifest');
  const text = (name: string) => {
    const value = tree[name];
    if (typeof value === 'string') return value;
    throw new ReaderProblem('malformed', `the manifest has no ${name}`);
  };
  const schemaVersion = text('schemaVersion');
  const needed = typeof tree['minReader'] === 'string' ? tree['minReader'] : '1.0';
  if (majorOf(schemaVersion) !== majorOf(SCHEMA_KNOWN) || isAbove(needed, SCHEMA_KNOWN))
    throw new ReaderProblem(
      'schema-unknown',
      `schema ${schemaVersion} needs a reader for ${needed}; this one is for ${SCHEMA_KNOWN}`,
    );
  const sequence = tree['sequence'];
  if (!isSafeInt(sequence) || sequence < 1) throw new ReaderProblem('malformed', 'the manifest has no sequence');
  return {
    sequence,
    schemaVersion,
    createdAt: text('createdAt'),
    validUntil: text('validUntil'),
    assurance: text('assurance'),
    contentDigest: text('contentDigest'),
    counts: treeOf(tree['counts'], 'counts') as Record<string, number>, // Shown only, never computed with.
    licence: typeof tree['licence'] === 'string' ? tree['licence'] : undefined,
    attribution: typeof tree['attribution'] === 'string' ? tree['attribution'] : undefined,
  };
}

function majorOf(version: string): number {
  return Number(version.split('.')[0]);
}

function isAbove(version: string, other: string): boolean {
  const [a, b] = [version, other].map((text) => text.split('.').map(Number));
  const [major = 0, minor = 0] = a ?? [];
  const [otherMajor = 0, otherMinor = 0] = b ?? [];
  return major > otherMajor || (major === otherMajor && minor > otherMinor);
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (cause) {
    throw new ReaderProblem('malformed', 'the manifest is no JSON', { cause });
  }
}
