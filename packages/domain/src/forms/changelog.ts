import type { Comparison } from '../compare.ts';
import {
  CHANGELOG_SNAPSHOTS,
  type Changelog,
  type ChangelogSnapshot,
  LONGEST_CHANGELOG_LIST,
  type RecordRef,
  type SnapshotKind,
} from '../manifest.ts';
import { SCHEMA_VERSION } from '../published.ts';

/** What left a snapshot, by why. */
export type Departures = { retired: RecordRef[]; suspended: RecordRef[]; withdrawn: RecordRef[] };

/** Sorts what a snapshot no longer holds by why it left. */
export function departuresOf(
  removed: readonly RecordRef[],
  retired: ReadonlySet<string>,
  suspended: ReadonlySet<string>,
): Departures {
  const isOther = ({ id }: RecordRef) => !retired.has(id) && !suspended.has(id);
  return {
    retired: removed.filter(({ id }) => retired.has(id)),
    suspended: removed.filter(({ id }) => suspended.has(id)),
    withdrawn: removed.filter(isOther),
  };
}

/** The changelog with one more snapshot in front. */
export function nextChangelog(
  previous: Changelog | undefined,
  { sequence, kind, createdAt }: { sequence: number; kind: SnapshotKind; createdAt: string },
  { added, changed }: Pick<Comparison, 'added' | 'changed'>,
  departures: Departures,
): Changelog {
  const { retired, suspended, withdrawn } = departures;
  const snapshot: ChangelogSnapshot = {
    sequence,
    kind,
    createdAt,
    counts: {
      added: added.length,
      changed: changed.length,
      retired: retired.length,
      suspended: suspended.length,
      withdrawn: withdrawn.length,
    },
    added: unlessLong(added),
    changed: unlessLong(changed).map(({ changes, ...ref }) => ({
      ...ref,
      fields: [...new Set(changes.map(({ label }) => label))],
    })),
    retired: unlessLong(retired),
    suspended: unlessLong(suspended),
    withdrawn: unlessLong(withdrawn),
  };
  return {
    schema: SCHEMA_VERSION,
    snapshots: [snapshot, ...(previous?.snapshots ?? [])].slice(0, CHANGELOG_SNAPSHOTS),
  };
}

function unlessLong<T>(list: readonly T[]): T[] {
  return list.length > LONGEST_CHANGELOG_LIST ? [] : [...list];
}
