import type { SnapshotFile, Tombstone } from '@waymark/domain';
import type { PublishedLine } from '../directory.ts';

/** One form of the directory while it grows. All forms are written side by side, in one pass over the records. */
export type Form = {
  /** The next records, by id. */
  write(batch: readonly PublishedLine[]): Promise<void>;
  /** Called once, after the last record. @returns the files the manifest names; none when the directory is too large for it */
  close(tombstones: readonly Tombstone[]): Promise<SnapshotFile[]>;
  /** Lets go of what is open when another form, or the directory itself, failed. Never throws. */
  abandon?(): Promise<void>;
};
