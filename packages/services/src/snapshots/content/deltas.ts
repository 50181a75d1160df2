import { access } from 'node:fs/promises';
import { join } from 'node:path';
import {
  hashOfValue,
  normalisedValue,
  type PublishedRecord,
  type SnapshotDelta,
  type SnapshotFile,
  type Tombstone,
} from '@waymark/domain';
import type { SnapshotRecord } from '@waymark/store';
import { keepFile } from '../stage.ts';
import { linesOf, targetFile, type CurrentSnapshot } from '../tree.ts';
import { dropDelta, stageDelta, type DeltaEnd } from './delta.ts';

/** So many steps back a reader finds its way from one snapshot to the next. */
const STEPS = 30;
/** And from the first snapshot of so many months straight to the newest. */
const MONTHS = 12;
/** Shorter ones are always worth it; longer ones only while they are shorter than the compressed whole. */
const ALWAYS_WORTH_IT = 1024 * 1024;

export type DeltaInput = {
  repoDir: string;
  current: CurrentSnapshot | undefined;
  /** Published before, in any order: where monthly bases come from. */
  published: readonly SnapshotRecord[];
  next: { sequence: number; contentDigest: string; files: readonly SnapshotFile[] };
  /** Records that are not as they were in `current`; what is not known is found out by reading both. */
  differing?: ReadonlySet<string>;
  /** What must not stand in any file that is signed now. */
  hidden: { suspended: ReadonlySet<string>; tombstones: readonly Tombstone[] };
  now: Date;
  dir: string;
};

/**
 * The deltas of a snapshot (SNAPSHOTS §4.5): the steps of the last 30 snapshots, of which the earlier ones are taken over as
 * they were signed, and one from the first snapshot of each of the last 12 months. A reader that finds no way takes the whole.
 * @throws Problem storage-failed when a delta does not lead where it says
 */
export async function stageDeltas(input: DeltaInput): Promise<SnapshotFile[]> {
  const { current, next, repoDir, dir } = input;
  if (!current || current.manifest.contentDigest === next.contentDigest) return keepSteps(input, STEPS);
  const to: DeltaEnd = { ...next, file: join(dir, 'v1/directory.ndjson') };
  const { sequence, contentDigest } = current.manifest;
  const { differing } = input;
  const here = endOf(repoDir, { sequence, contentDigest });
  const step = await worthwhile(input, await stageDelta(here, to, dir, differing));
  const bases: SnapshotFile[] = [];
  for (const first of firstOfMonths(input)) {
    const from = endOf(repoDir, first);
    // Old content may have gone to cold storage: then there is no base.
    if (!(await exists(from.file))) continue;
    const moved = differing && (await movedSince(input, from.contentDigest));
    const ids = moved && new Set([...moved, ...differing]);
    bases.push(...(await worthwhile(input, await stageDelta(from, to, dir, ids))));
  }
  // Earlier steps lead to nothing without the newest.
  return [...(step.length > 0 ? await keepSteps(input, STEPS - 1) : []), ...step, ...bases];
}

/** Records that a published delta names on the way from a base to what is published now; undefined when there is none. */
async function movedSince({ repoDir, current }: DeltaInput, base: string): Promise<Set<string> | undefined> {
  const led = current?.manifest.files.find(
    ({ delta }) => delta?.fromContentDigest === base && delta.toContentDigest === current.manifest.contentDigest,
  );
  if (!led) return undefined;
  const ids = new Set<string>();
  for await (const line of linesOf(targetFile(repoDir, led.path, led.sha256), led.sha256))
    ids.add((JSON.parse(line) as { id: string }).id); // We wrote and signed the line.
  return ids;
}

/** Takes over the earlier steps, from the newest back to the first that is missing or that names what must not be seen. */
async function keepSteps({ repoDir, current, hidden, dir }: DeltaInput, most: number): Promise<SnapshotFile[]> {
  if (!current) return [];
  const kept: SnapshotFile[] = [];
  for (const file of stepsBack(current, most)) {
    if (await names(hidden, targetFile(repoDir, file.path, file.sha256), file.sha256)) break;
    await keepFile(repoDir, file, dir);
    kept.push(file);
  }
  return kept;
}

type DeltaFile = SnapshotFile & { delta: SnapshotDelta };

function stepsBack({ manifest }: CurrentSnapshot, most: number): DeltaFile[] {
  const deltas = manifest.files.filter((file): file is DeltaFile => file.delta !== undefined);
  const steps: DeltaFile[] = [];
  let at = { sequence: manifest.sequence, contentDigest: manifest.contentDigest };
  while (steps.length < most) {
    // Of those that lead here the one with the shortest way: the others are monthly bases.
    const step = deltas
      .filter(({ delta }) => delta.toSequence <= at.sequence && delta.toContentDigest === at.contentDigest)
      .sort((a, b) => b.delta.fromSequence - a.delta.fromSequence)[0];
    if (!step) break;
    steps.push(step);
    at = { sequence: step.delta.fromSequence, contentDigest: step.delta.fromContentDigest };
  }
  return steps;
}

/** The first snapshot of each of the last months, but the one that a step leads from anyway. */
function firstOfMonths({ published, current, next, now }: DeltaInput): { sequence: number; contentDigest: string }[] {
  const oldest = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - MONTHS + 1)).toISOString();
  const firsts = new Map<string, SnapshotRecord>();
  for (const row of [...published].sort((a, b) => a.sequence - b.sequence)) {
    const month = row.publishedAt?.slice(0, 7);
    if (month !== undefined && month >= oldest.slice(0, 7) && !firsts.has(month)) firsts.set(month, row);
  }
  return [...firsts.values()].filter(
    ({ sequence, contentDigest }) =>
      sequence !== current?.manifest.sequence && contentDigest !== next.contentDigest && sequence < next.sequence,
  );
}

async function worthwhile({ next, dir }: DeltaInput, file: SnapshotFile): Promise<SnapshotFile[]> {
  const whole = next.files.find(({ path }) => path === 'v1/directory.ndjson.gz')?.bytes ?? 0;
  if (file.bytes <= Math.max(ALWAYS_WORTH_IT, whole)) return [file];
  await dropDelta(file, dir);
  return [];
}

/**
 * Whether an earlier step holds an entry that is out of sight now, or an address that turned out unsafe: nothing that is
 * signed again may name it.
 */
async function names({ suspended, tombstones }: DeltaInput['hidden'], file: string, hash: string): Promise<boolean> {
  const unsafe = new Set(tombstones.flatMap(({ deadValues }) => deadValues.flatMap(({ sha256 }) => sha256 ?? [])));
  if (suspended.size === 0 && unsafe.size === 0) return false;
  let isFound = false;
  for await (const line of linesOf(file, hash)) {
    const { id, record } = JSON.parse(line) as { id: string; record?: PublishedRecord }; // We wrote and signed the line.
    isFound ||= record !== undefined && (suspended.has(id) || addressesOf(record).some((value) => unsafe.has(value)));
  }
  return isFound;
}

function addressesOf(record: PublishedRecord): string[] {
  if (record.type === 'entry') return record.channels.map((channel) => hashOfValue(normalisedValue(channel)));
  return record.type === 'organisation' && record.website !== undefined ? [hashOfValue(record.website)] : [];
}

function endOf(repoDir: string, { sequence, contentDigest }: { sequence: number; contentDigest: string }): DeltaEnd {
  return { sequence, contentDigest, file: targetFile(repoDir, 'v1/directory.ndjson', contentDigest) };
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
