import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Manifest } from '@waymark/domain';
import { sha256 } from '@waymark/tuf';
import type { KeptHead } from '../audit/verify.ts';
import { keptCheckpoint } from '../log/keptCheckpoint.ts';
import { readText } from '../log/open.ts';
import { currentSnapshot, targetFile } from './tree.ts';

const MANIFEST = /^([0-9a-f]{64})\.manifest\.json$/;

/**
 * The audit heads that a public tree carries: of the snapshot clients get now, verified by its signatures, of every
 * earlier one whose manifest is still there under its hash, and of the published log. Who rewrites the database cannot
 * rewrite these unseen, since others hold copies of them (SECURITY L-04).
 * @throws Problem storage-failed, also when the published log is not signed by the key beside it
 */
export async function keptHeads(repoDir: string): Promise<KeptHead[]> {
  const checkpoint = await keptCheckpoint((name) => readText(join(repoDir, 'log', name)));
  return [...(await manifestHeads(repoDir)), ...(checkpoint ? [checkpoint] : [])];
}

async function manifestHeads(repoDir: string): Promise<KeptHead[]> {
  const current = await currentSnapshot(repoDir);
  if (!current) return [];
  const folder = dirname(targetFile(repoDir, 'v1/manifest.json', ''));
  const manifests = [current.manifest];
  for (const name of await readdir(folder)) {
    const hash = MANIFEST.exec(name)?.[1];
    const bytes = hash === undefined ? undefined : await readFile(join(folder, name));
    if (bytes && sha256(bytes) === hash) manifests.push(JSON.parse(bytes.toString()) as Manifest); // Named by its own hash.
  }
  const bySequence = new Map(manifests.map((manifest) => [manifest.sequence, manifest]));
  return [...bySequence.values()].sort((a, b) => a.sequence - b.sequence).map(headOf);
}

/** The head a manifest anchors, with the words that name where it was kept. */
export function headOf({ audit, sequence }: Manifest): KeptHead {
  return { ...audit, from: `the published manifest of snapshot ${sequence}` };
}
