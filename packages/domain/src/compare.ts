import { diffDocuments, sameValue, type Change } from './diff.ts';
import type { Effect } from './impact.ts';
import { pickText } from './localText.ts';
import type { RecordRef } from './manifest.ts';
import { toDocument, type PublishedRecord, type PublishedVerification } from './published.ts';
import type { Difference, Losses } from './snapshot.ts';
import { areasLost, countInto, effectsOf, newTally, type Tally } from './tally.ts';

/** Two directories side by side. Lists are whole; the changes of a record are worked out for the first ones only. */
export type Comparison = {
  added: RecordRef[];
  removed: RecordRef[];
  changed: (RecordRef & { changes: Change[] })[];
  effects: Effect[];
  losses: Losses;
};

/** A person reads no more than this, and a mass import should not fill the memory. */
export const LONGEST_LIST = 2000;

/** A record that is not in both directories as it is: at least one side is there. */
export type DifferingRecord = { was: PublishedRecord | undefined; is: PublishedRecord | undefined };

/**
 * Walks two files of canonical lines sorted by id, as two pages are read side by side. Equal lines are not parsed.
 * @returns what differs, by id
 */
export async function* differingRecords(
  before: AsyncIterable<string>,
  after: AsyncIterable<string>,
): AsyncGenerator<DifferingRecord> {
  const old = reading(before);
  const young = reading(after);
  let [left, right] = [await old.next(), await young.next()];
  while (left !== undefined || right !== undefined) {
    if (left !== undefined && left === right) {
      [left, right] = [await old.next(), await young.next()];
      continue;
    }
    const was = left === undefined ? undefined : old.record(left);
    const is = right === undefined ? undefined : young.record(right);
    if (was && (!is || was.id < is.id)) {
      yield { was, is: undefined };
      left = await old.next();
    } else if (is && (!was || is.id < was.id)) {
      yield { was: undefined, is };
      right = await young.next();
    } else {
      yield { was, is };
      [left, right] = [await old.next(), await young.next()];
    }
  }
}

/**
 * Compares two files of canonical lines sorted by id.
 * @param after what the second file holds, counted; looked at when both files have ended
 */
export async function compareDirectories(
  before: AsyncIterable<string>,
  after: AsyncIterable<string>,
  tally: Tally,
  entriesAfter: number,
): Promise<Comparison> {
  const comparing = newComparing();
  for await (const pair of differingRecords(before, after)) comparing.add(pair);
  return comparing.end(tally, entriesAfter);
}

/** A comparison while it grows, for those who look at each pair themselves too. */
export function newComparing() {
  const found: Omit<Comparison, 'effects' | 'losses'> = { added: [], removed: [], changed: [] };
  const moved = newTally();
  return {
    add({ was, is }: DifferingRecord): void {
      if (was && is) {
        const changes = changesOf(was, is);
        const isListed = found.changed.length < LONGEST_LIST;
        found.changed.push({ ...refOf(is), changes: isListed || isReverified({ changes }) ? changes : [] });
      } else if (was) found.removed.push(refOf(was));
      else if (is) found.added.push(refOf(is));
      if (was) countInto(moved, was, -1);
      if (is) countInto(moved, is, 1);
    },
    end(tally: Tally, entriesAfter: number): Comparison {
      const entriesLeaving = entriesIn(found.removed);
      return {
        ...found,
        effects: effectsOf(tally, moved),
        losses: {
          entriesBefore: entriesAfter - entriesIn(found.added) + entriesLeaving,
          entriesLeaving,
          areasLost: areasLost(tally, moved),
        },
      };
    },
  };
}

function entriesIn(records: readonly RecordRef[]): number {
  return records.filter(({ type }) => type === 'entry').length;
}

/** One side: a line may be looked at several times until its turn comes, but is parsed once. */
function reading(lines: AsyncIterable<string>) {
  const iterator = lines[Symbol.asyncIterator]();
  let parsed: { line: string; record: PublishedRecord } | undefined;
  return {
    async next(): Promise<string | undefined> {
      const step = await iterator.next();
      return step.done ? undefined : step.value;
    },
    record(line: string): PublishedRecord {
      if (parsed?.line !== line) parsed = { line, record: JSON.parse(line) as PublishedRecord }; // We wrote the line, and its file has the signed hash.
      return parsed.record;
    },
  };
}

export function refOf(record: PublishedRecord): RecordRef {
  const { id, type, slug } = record;
  return { id, type, slug, name: type === 'country' ? record.country : pickText(record.names) };
}

/** Differences of the documents, and after them those of how well they are verified, which is no change of a fact. */
export function changesOf(was: PublishedRecord, is: PublishedRecord): Change[] {
  const changes = diffDocuments(toDocument(was), toDocument(is));
  if (was.type !== 'entry' || is.type !== 'entry') return changes;
  const before = new Map(was.channels.map(({ id, verification }) => [id, verification]));
  return [
    ...changes,
    ...verificationChange('/verification', was.verification, is.verification),
    ...is.channels.flatMap(({ id, verification }) =>
      before.has(id) ? verificationChange(`/channels/${id}/verification`, before.get(id), verification) : [],
    ),
  ];
}

/** @param before absent in what an older version published */
function verificationChange(
  path: string,
  before: PublishedVerification | undefined,
  after: PublishedVerification,
): Change[] {
  if (sameValue(before, after)) return [];
  const op = before === undefined ? 'added' : 'changed';
  const said = before === undefined ? {} : { before };
  return [{ path, op, class: 'verification', label: 'Verification', ...said, after }];
}

/** Nothing but its verification is another than before. */
function isReverified({ changes }: Pick<Comparison['changed'][number], 'changes'>): boolean {
  return changes.length > 0 && changes.every((change) => change.class === 'verification');
}

/** The comparison as people read it. @param suspended ids out of sight now: what left because of that is told apart */
export function toDifference(comparison: Comparison, suspended: ReadonlySet<string>): Difference {
  const { added, effects } = comparison;
  // Facts first: in a list that is cut off, a new number must not hide behind what was merely looked at again.
  const reverified = comparison.changed.filter(isReverified);
  const changed = [...comparison.changed.filter((row) => !isReverified(row)), ...reverified];
  const hidden = comparison.removed.filter(({ id }) => suspended.has(id));
  const removed = comparison.removed.filter(({ id }) => !suspended.has(id));
  return {
    added: added.slice(0, LONGEST_LIST),
    removed: removed.slice(0, LONGEST_LIST),
    changed: changed.slice(0, LONGEST_LIST),
    suspended: hidden.slice(0, LONGEST_LIST),
    effects: effects.slice(0, LONGEST_LIST),
    totals: {
      added: added.length,
      removed: removed.length,
      changed: changed.length,
      reverified: reverified.length,
      suspended: hidden.length,
      effects: effects.length,
      lost: effects.filter(({ lost }) => lost).length,
    },
  };
}
