import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { canonicalJson, MADE_BY, refuse, type Changelog, type Manifest, type SnapshotFile } from '@waymark/domain';
import { Problem, type SnapshotRecord } from '@waymark/store';
import { sha256, type TargetContent, type TargetCustom, type TargetFacts } from '@waymark/tuf';
import type { Validity } from './content/hsds/schedules.ts';
import { stageText } from './stagedFile.ts';
import { readTarget, type CurrentSnapshot } from './tree.ts';
import type { Publishing } from './publishing.ts';

/** A fresh, empty folder for the files of one snapshot. What a crash left there is thrown away. */
export async function openStage({ stagingDir }: Pick<Publishing, 'stagingDir'>, sequence: number): Promise<string> {
  const dir = stageOf({ stagingDir }, sequence);
  await rm(dir, { recursive: true, force: true });
  await mkdir(dir, { recursive: true, mode: 0o700 });
  return dir;
}

/** Throws the files of a snapshot away; its row stays. */
export async function clearStage(publishing: Pick<Publishing, 'stagingDir'>, sequence: number): Promise<void> {
  await rm(stageOf(publishing, sequence), { recursive: true, force: true });
}

/** Where the files of a prepared snapshot lie. */
export function stageOf({ stagingDir }: Pick<Publishing, 'stagingDir'>, sequence: number): string {
  return join(stagingDir, String(sequence));
}

/** Takes a published file over as it is. @throws Problem storage-failed when the tree no longer holds its bytes */
export async function keepFile(repoDir: string, { path, sha256 }: SnapshotFile, dir: string): Promise<void> {
  const bytes = await readTarget(repoDir, path, sha256);
  const file = join(dir, path);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, bytes, { mode: 0o600 });
}

/** The changelog that is published now. */
export async function currentChangelog(
  repoDir: string,
  current: CurrentSnapshot | undefined,
): Promise<Changelog | undefined> {
  const file = current?.manifest.files.find(({ path }) => path === 'v1/changelog.json');
  // Its hash is in the signed manifest, and readTarget compares it.
  return file && (JSON.parse((await readTarget(repoDir, file.path, file.sha256)).toString()) as Changelog);
}

/** From when to when a snapshot made now is good. */
export function validityOf({ calendar }: Pick<Publishing, 'calendar'>, now: Date): Validity {
  return { from: now, until: new Date(now.getTime() + calendar.targets.valid * 3_600_000) };
}

/** Writes `v1/manifest.json`, the last file of a snapshot: the only one that knows when it was made. */
export async function stageManifest(
  publishing: Publishing,
  now: Date,
  facts: Omit<
    Manifest,
    | 'schemaVersion'
    | 'minReader'
    | 'vocabularyVersion'
    | 'codeTables'
    | 'assurance'
    | 'createdAt'
    | 'validUntil'
    | 'licence'
    | 'attribution'
  >,
  dir: string,
): Promise<Manifest> {
  const { assurance, licence, attribution } = publishing;
  const manifest: Manifest = {
    ...MADE_BY,
    assurance,
    createdAt: now.toISOString(),
    validUntil: validityOf(publishing, now).until.toISOString(),
    ...facts,
    files: [...facts.files].sort((a, b) => (a.path < b.path ? -1 : 1)),
    ...(licence === undefined ? {} : { licence }),
    ...(attribution === undefined ? {} : { attribution }),
  };
  await stageText(dir, 'v1/manifest.json', 'application/json', manifestText(manifest));
  return manifest;
}

export function manifestText(manifest: unknown): string {
  return `${canonicalJson(manifest)}\n`;
}

/**
 * Reads the files of a prepared snapshot back and compares each with the manifest: what is signed is what was looked at.
 * @returns where they lie; each is compared once more when the tree takes it in
 * @throws Problem snapshot-outdated when files are missing or not as they were prepared
 */
export async function readStage(
  publishing: Pick<Publishing, 'stagingDir'>,
  { sequence, manifest: row }: SnapshotRecord,
): Promise<TargetContent[]> {
  const dir = stageOf(publishing, sequence);
  const manifest = row as Manifest; // Written by `stageManifest` alone; the files are compared with it below.
  const content: TargetContent[] = [];
  for (const file of manifest.files) {
    const { path, bytes: length, sha256: hash } = file;
    const staged = join(dir, path);
    if ((await hashOf(staged)) !== hash) throw notAsPrepared(path);
    content.push({ path, length, sha256: hash, file: staged, custom: customOf(manifest, file) });
  }
  const bytes = await readFile(join(dir, 'v1/manifest.json')).catch(() => undefined);
  if (!bytes?.equals(Buffer.from(manifestText(manifest)))) throw notAsPrepared('v1/manifest.json');
  return [
    ...content,
    { path: 'v1/manifest.json', bytes, custom: customOf(manifest, { mediaType: 'application/json' }) },
  ];
}

/** What is signed of the files that a manifest names, and of itself. */
export function stagedFacts(manifest: Manifest): TargetFacts[] {
  const named = manifest.files.map((file) => ({
    path: file.path,
    length: file.bytes,
    sha256: file.sha256,
    custom: customOf(manifest, file),
  }));
  const bytes = Buffer.from(manifestText(manifest));
  const own = { path: 'v1/manifest.json', length: bytes.length, sha256: sha256(bytes) };
  return [...named, { ...own, custom: customOf(manifest, { mediaType: 'application/json' }) }];
}

// Said in the signed metadata too, so that a client knows before it downloads (SNAPSHOTS §4.5).
function customOf(
  { sequence, schemaVersion, contentDigest }: Manifest,
  { mediaType, delta }: Pick<SnapshotFile, 'mediaType' | 'delta'>,
): TargetCustom {
  const common = { sequence, schema: schemaVersion, contentSha256: contentDigest, mediaType };
  if (!delta) return common;
  return {
    ...common,
    from: delta.fromSequence,
    fromContentSha256: delta.fromContentDigest,
    to: delta.toSequence,
    toContentSha256: delta.toContentDigest,
  };
}

/** A little at a time, so that a large directory neither fills the memory nor keeps everybody waiting. */
async function hashOf(file: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) hash.update(chunk as Buffer); // No encoding is set.
  } catch {
    return undefined;
  }
  return hash.digest('hex');
}

function notAsPrepared(path: string): Problem {
  return new Problem(
    refuse('snapshot-outdated', `${path} is missing or not as it was prepared; prepare the snapshot again`),
  );
}
