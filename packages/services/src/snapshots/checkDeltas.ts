import { type Manifest, type SnapshotDelta, type SnapshotFile } from '@waymark/domain';
import { SnapshotDefect } from './snapshotDefect.ts';

/**
 * Looks at the deltas of a snapshot as far as it can be seen without the older ones: each is sorted, each leads to this
 * content or to where another one begins, and those that lead here bring the very records that are here.
 * @param lines of `v1/directory.ndjson`, by record id
 * @throws SnapshotDefect
 */
export function requireDeltas(
  { files, contentDigest }: Manifest,
  fileOf: (path: string) => Buffer,
  lines: ReadonlyMap<string, string>,
): void {
  const deltas = files.filter((file): file is SnapshotFile & { delta: SnapshotDelta } => file.delta !== undefined);
  const reachable = new Set([contentDigest, ...deltas.map(({ delta }) => delta.fromContentDigest)]);
  for (const { path, delta } of deltas) {
    if (!reachable.has(delta.toContentDigest)) throw new SnapshotDefect(`${path} leads to no content that is here`);
    const isLast = delta.toContentDigest === contentDigest;
    let last = '';
    for (const text of fileOf(path).toString('utf8').split('\n').slice(0, -1)) {
      const { op, id, record } = stepOf(text, path);
      if (id <= last) throw new SnapshotDefect(`${path}: ${id} does not come after ${last}`);
      last = id;
      if (!isLast) continue;
      const isRight = op === 'upsert' ? lines.get(id) === record : !lines.has(id);
      if (!isRight) throw new SnapshotDefect(`${path} makes something else of ${id} than v1/directory.ndjson holds`);
    }
  }
}

/** @returns the record as its line, which is how it stands in the step: canonical in canonical */
function stepOf(text: string, path: string): { op: unknown; id: string; record: string | undefined } {
  const step = JSON.parse(text) as { op?: unknown; id?: unknown; record?: unknown };
  const isStep = step.op === 'upsert' ? step.record !== undefined : step.op === 'withdraw' && step.record === undefined;
  if (!isStep || typeof step.id !== 'string') throw new SnapshotDefect(`${path} holds something that is no step`);
  const record = step.op === 'upsert' ? text.slice(text.indexOf('"record":') + '"record":'.length, -1) : undefined;
  return { op: step.op, id: step.id, record };
}
