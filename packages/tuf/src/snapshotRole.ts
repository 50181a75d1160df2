import { MetaFile, Snapshot, type Targets } from '@tufjs/models';
import { expiryOf, type Lifetimes } from './lifetime.ts';
import { commonFields, metaOf, type SignedFile } from './metadata.ts';

/**
 * Builds snapshot metadata, unsigned: it pins the version, length and hash of `targets.json`, against mix-and-match.
 * @throws TufProblem `lifetime-refused`
 */
export function buildSnapshotRole(options: {
  version: number;
  targets: SignedFile<Targets>;
  now: Date;
  lifetimes?: Partial<Lifetimes>;
}): Snapshot {
  const { version, targets, now, lifetimes } = options;
  const meta = { 'targets.json': new MetaFile(metaOf(targets)) };
  return new Snapshot({ ...commonFields(version, expiryOf('snapshotRole', now, lifetimes), now), meta });
}
