import type { SigningCalendar } from '@waymark/domain';
import { MetaFile, Timestamp, type Snapshot } from '@tufjs/models';
import { expiryOf } from './lifetime.ts';
import { commonFields, metaOf, type SignedFile } from './metadata.ts';

/**
 * Builds timestamp metadata, unsigned: it pins the snapshot metadata and, by its short life, bounds a freeze attack.
 * @throws TufProblem `lifetime-refused`
 */
export function buildTimestamp(options: {
  version: number;
  snapshotRole: SignedFile<Snapshot>;
  now: Date;
  calendar?: SigningCalendar | undefined;
  bothKeysUntil?: string | undefined;
}): Timestamp {
  const { version, snapshotRole, now, calendar, bothKeysUntil } = options;
  const snapshotMeta = new MetaFile(metaOf(snapshotRole));
  return new Timestamp({
    ...commonFields(version, expiryOf('timestamp', now, calendar), now, bothKeysUntil),
    snapshotMeta,
  });
}
