import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { refuse, type Manifest } from '@waymark/domain';
import { Problem } from '@waymark/store';
import { findRepository, sha256, targetFilePath, treePath, TufProblem } from '@waymark/tuf';
import { refusalOf } from './refusal.ts';

/** What clients get from the tree at this moment, verified from root 1 on. */
export type CurrentSnapshot = {
  manifest: Manifest;
  targetsVersion: number;
  /** Of `N.targets.json`. */
  targetsSha256: string;
  targetsExpires: string;
};

/**
 * Reads what is published from the tree itself: the tree is the state, the database only remembers.
 * @returns undefined before the first snapshot
 * @throws Problem storage-failed when anything published is missing, changed or not signed
 */
export async function currentSnapshot(repoDir: string): Promise<CurrentSnapshot | undefined> {
  const repository = await findRepository(repoDir).catch((error: unknown) => {
    throw error instanceof TufProblem ? new Problem(refusalOf(error)) : error;
  });
  const published = repository?.published;
  if (!published) return undefined;
  const { metadata, bytes } = published.targets;
  const signed = metadata.signed.targets['v1/manifest.json']?.hashes['sha256'];
  if (signed === undefined) throw new Problem(refuse('storage-failed', 'The published tree holds no v1/manifest.json'));
  const manifest = await readTarget(repoDir, 'v1/manifest.json', signed);
  return {
    manifest: JSON.parse(manifest.toString()) as Manifest, // Its hash was just found to be the signed one.
    targetsVersion: metadata.signed.version,
    targetsSha256: sha256(bytes),
    targetsExpires: metadata.signed.expires,
  };
}

/** Where a target with this hash lies; targets stay, so every published snapshot can be read again. */
export function targetFile(repoDir: string, path: string, hash: string): string {
  return join(repoDir, treePath.target(targetFilePath(path, hash)));
}

/** A whole target. @throws Problem storage-failed when it is missing or has another hash */
export async function readTarget(repoDir: string, path: string, hash: string): Promise<Buffer> {
  const bytes = await readFile(targetFile(repoDir, path, hash)).catch(() => undefined);
  if (bytes === undefined) throw damaged(path, 'is missing');
  if (sha256(bytes) !== hash) throw damaged(path, 'has other bytes than were signed');
  return bytes;
}

/**
 * The lines of a file, without holding it. Whoever uses what they said waits for the end: only then is the hash known.
 * @throws Problem storage-failed at the end when the hash is another
 */
export async function* linesOf(file: string, hash: string): AsyncGenerator<string> {
  const found = createHash('sha256');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 })) {
      const bytes = chunk as Buffer; // No encoding is set.
      found.update(bytes);
      const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw damaged(file, 'is missing');
    throw error;
  }
  if (rest !== '') yield rest;
  if (found.digest('hex') !== hash) throw damaged(file, 'has other bytes than were signed');
}

/** The lines of nothing: what the first snapshot is compared with. */
export async function* noLines(): AsyncGenerator<string> {}

function damaged(path: string, how: string): Problem {
  return new Problem(refuse('storage-failed', `${path} ${how}`));
}
