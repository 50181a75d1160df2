import type { SigningCalendar } from '@waymark/domain';
import { MetaFile, Snapshot, type Targets } from '@tufjs/models';
import { expiryOf } from './lifetime.ts';
import { commonFields, metaOf, type SignedFile } from './metadata.ts';

/**
 * Builds snapshot metadata, unsigned: it pins the version, length and hash of `targets.json`, against mix-and-match, and
 * of `urgent.json` once there has been one: clients refuse a snapshot that no longer names what an older one named
 * (client workflow 5.5.5), so it stays even when its signatures count no more.
 * @throws TufProblem `lifetime-refused`
 */
export function buildSnapshotRole(options: {
  version: number;
  targets: SignedFile<Targets>;
  urgent?: SignedFile<Targets> | undefined;
  now: Date;
  calendar?: SigningCalendar | undefined;
  bothKeysUntil?: string | undefined;
}): Snapshot {
  const { version, targets, urgent, now, calendar, bothKeysUntil } = options;
  const meta = {
    'targets.json': new MetaFile(metaOf(targets)),
    ...(urgent ? { 'urgent.json': new MetaFile(metaOf(urgent)) } : {}),
  };
  return new Snapshot({ ...commonFields(version, expiryOf('snapshotRole', now, calendar), now, bothKeysUntil), meta });
}
