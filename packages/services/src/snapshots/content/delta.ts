import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { canonicalJson, deltaLines, deltaPath, refuse, type SnapshotFile } from '@waymark/domain';
import { Problem } from '@waymark/store';
import { openStagedFile } from '../stagedFile.ts';
import { linesOf } from '../tree.ts';
import { openSortedLines } from './sortedLines.ts';

/** One end of a delta: a snapshot, and where its canonical lines lie. */
export type DeltaEnd = { sequence: number; contentDigest: string; file: string };

const MEDIA_TYPE = 'application/x-ndjson';
const CHUNK = 256 * 1024;

/** When more records may differ, reading both sides whole is less work than looking for each. */
const MOST_LOOKED_FOR = 20_000;

/**
 * Writes the delta from one snapshot to another, and proves it: the base with the delta applied must have the digest of the
 * other, byte by byte, read back from the file that will be signed. Memory does not grow with the directory.
 * @param ids records that may differ, where that is known: then no others are compared. The proof finds what was left out
 * @throws Problem storage-failed when it does not lead there, or an end has other bytes than its digest says
 */
export async function stageDelta(
  from: DeltaEnd,
  to: DeltaEnd,
  dir: string,
  ids?: ReadonlySet<string>,
): Promise<SnapshotFile> {
  const path = deltaPath(from.sequence, to.sequence);
  const staged = await openStagedFile(dir, path, MEDIA_TYPE);
  const isKnown = ids !== undefined && ids.size <= MOST_LOOKED_FOR;
  const lines = isKnown ? deltaLinesOf(from, to, ids) : deltaLines(linesOfEnd(from), linesOfEnd(to));
  let text = '';
  try {
    for await (const line of lines) {
      text += line;
      if (text.length < CHUNK) continue;
      await staged.write(Buffer.from(text));
      text = '';
    }
    await staged.write(Buffer.from(text));
  } catch (error) {
    await staged.abandon();
    throw error;
  }
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

/** The same lines as `deltaLines` gives, when all that differs is among these records. */
async function* deltaLinesOf(from: DeltaEnd, to: DeltaEnd, ids: ReadonlySet<string>): AsyncGenerator<string> {
  const [before, after] = [openSortedLines(from.file), openSortedLines(to.file)];
  try {
    let looked = 0;
    for (const id of [...ids].sort()) {
      const [was, is] = [before.find(id).line, after.find(id).line];
      if (is !== undefined && is !== was) yield stepLine({ op: 'upsert', id, record: JSON.parse(is) as unknown });
      if (is === undefined && was !== undefined) yield stepLine({ op: 'withdraw', id });
      if ((looked += 1) % 100 === 0) await setImmediate();
    }
  } finally {
    before.close();
    after.close();
  }
}

function stepLine(step: Step): string {
  return `${canonicalJson(step)}\n`;
}

/**
 * Applies a delta as a reader does and compares the digest; the base is read once, in order, and must have its own.
 * @throws Problem storage-failed when the base with the delta is not the other side
 */
export async function proveDelta(
  from: DeltaEnd,
  to: Pick<DeltaEnd, 'sequence' | 'contentDigest'>,
  delta: AsyncIterable<string>,
): Promise<void> {
  const [base, result] = [createHash('sha256'), createHash('sha256')];
  const places = openSortedLines(from.file);
  const bytes = openPassing(from.file);
  try {
    for await (const text of delta) {
      const step = JSON.parse(text) as Step; // What is no step leads to another digest.
      const { start, end } = places.find(step.id);
      await bytes.passTo(start, (chunk) => void (base.update(chunk), result.update(chunk)));
      await bytes.passTo(end, (chunk) => void base.update(chunk));
      if (step.op === 'upsert') result.update(`${canonicalJson(step.record)}\n`);
    }
    await bytes.passTo(Infinity, (chunk) => void (base.update(chunk), result.update(chunk)));
  } finally {
    places.close();
    bytes.close();
  }
  if (base.digest('hex') !== from.contentDigest)
    throw new Problem(refuse('storage-failed', `${from.file} has other bytes than were signed`));
  if (result.digest('hex') === to.contentDigest) return;
  const path = deltaPath(from.sequence, to.sequence);
  throw new Problem(refuse('storage-failed', `${path} does not lead from snapshot ${from.sequence} to ${to.sequence}`));
}

/** A file whose bytes pass once, from its beginning to its end. */
function openPassing(file: string) {
  const descriptor = openSync(file, 'r');
  const { size } = fstatSync(descriptor);
  const buffer = Buffer.allocUnsafe(SLICE);
  let passed = 0;
  return {
    /** Nothing where that was passed already. Each piece is gone when the next one comes. */
    async passTo(end: number, take: (chunk: Buffer) => void): Promise<void> {
      while (passed < Math.min(end, size)) {
        const read = readSync(descriptor, buffer, 0, Math.min(SLICE, Math.min(end, size) - passed), passed);
        if (read === 0) return;
        take(buffer.subarray(0, read));
        passed += read;
        if (read === SLICE) await setImmediate();
      }
    },
    close: () => closeSync(descriptor),
  };
}

const SLICE = 1024 * 1024;

/** Takes a delta out of the staging folder again. */
export function dropDelta({ path }: SnapshotFile, dir: string): Promise<void> {
  return rm(join(dir, path));
}

function linesOfEnd({ file, contentDigest }: DeltaEnd): AsyncGenerator<string> {
  return linesOf(file, contentDigest);
}

type Step = { op: 'upsert' | 'withdraw'; id: string; record?: unknown };
