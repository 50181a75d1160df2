import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson, deltaLines, deltaPath, refuse, type SnapshotFile } from '@waymark/domain';
import { Problem } from '@waymark/store';
import { openStagedFile } from '../stagedFile.ts';
import { linesOf } from '../tree.ts';

/** One end of a delta: a snapshot, and where its canonical lines lie. */
export type DeltaEnd = { sequence: number; contentDigest: string; file: string };

const MEDIA_TYPE = 'application/x-ndjson';
const CHUNK = 256 * 1024;

/**
 * Writes the delta from one snapshot to another, and proves it: the base with the delta applied must have the digest of the
 * other, byte by byte, read back from the file that will be signed. A record at a time, whatever the size.
 * @throws Problem storage-failed when it does not lead there, or an end has other bytes than its digest says
 */
export async function stageDelta(from: DeltaEnd, to: DeltaEnd, dir: string): Promise<SnapshotFile> {
  const path = deltaPath(from.sequence, to.sequence);
  const staged = await openStagedFile(dir, path, MEDIA_TYPE);
  let text = '';
  for await (const line of deltaLines(linesOfEnd(from), linesOfEnd(to))) {
    text += line;
    if (text.length < CHUNK) continue;
    await staged.write(Buffer.from(text));
    text = '';
  }
  await staged.write(Buffer.from(text));
  const file = await staged.close();
  await proveDelta(from, to, linesOf(join(dir, path), file.sha256));
  return {
    ...file,
    delta: {
      fromSequence: from.sequence,
      fromContentDigest: from.contentDigest,
      toSequence: to.sequence,
      toContentDigest: to.contentDigest,
    },
  };
}

/**
 * Applies a delta as a reader does and compares the digest.
 * @throws Problem storage-failed when the base with the delta is not the other side
 */
export async function proveDelta(
  from: DeltaEnd,
  to: Pick<DeltaEnd, 'sequence' | 'contentDigest'>,
  delta: AsyncIterable<string>,
): Promise<void> {
  const found = createHash('sha256');
  for await (const line of applied(linesOfEnd(from), delta)) found.update(`${line}\n`);
  if (found.digest('hex') === to.contentDigest) return;
  const path = deltaPath(from.sequence, to.sequence);
  throw new Problem(refuse('storage-failed', `${path} does not lead from snapshot ${from.sequence} to ${to.sequence}`));
}

/** Takes a delta out of the staging folder again. */
export function dropDelta({ path }: SnapshotFile, dir: string): Promise<void> {
  return rm(join(dir, path));
}

function linesOfEnd({ file, contentDigest }: DeltaEnd): AsyncGenerator<string> {
  return linesOf(file, contentDigest);
}

type Step = { op: 'upsert' | 'withdraw'; id: string; record?: unknown };

/** The lines of the other side. Both arguments are sorted by id, so one line of each is held. */
async function* applied(base: AsyncIterable<string>, delta: AsyncIterable<string>): AsyncGenerator<string> {
  const steps = delta[Symbol.asyncIterator]();
  const next = async (): Promise<Step | undefined> => {
    const step = await steps.next();
    return step.done ? undefined : (JSON.parse(step.value) as Step); // What is no step leads to another digest.
  };
  let step = await next();
  for await (const line of base) {
    const id = recordIdOf(line);
    while (step && step.id < id) {
      if (step.op === 'upsert') yield canonicalJson(step.record);
      step = await next();
    }
    if (step?.id !== id) {
      yield line;
      continue;
    }
    if (step.op === 'upsert') yield canonicalJson(step.record);
    step = await next();
  }
  for (; step; step = await next()) if (step.op === 'upsert') yield canonicalJson(step.record);
}

const ANY_ID = /"id":"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"/gi;

/** The id of a record, without parsing its line unless something inside has a name like a record's. */
function recordIdOf(line: string): string {
  const [first, second] = line.matchAll(ANY_ID);
  if (first?.[1] !== undefined && second === undefined) return first[1];
  return (JSON.parse(line) as { id: string }).id; // We wrote the line; its file has the digest of a snapshot.
}
