import {
  decisionsVersion,
  directoryVersion,
  lastCommitted,
  withdrawalsVersion,
  type ImportRecord,
  type Reader,
} from '@waymark/store';

/** What a preview is made of: as long as it is the same, so is what would become of each row. */
export async function stampOf(
  read: Reader,
  record: Pick<ImportRecord, 'id' | 'version' | 'profileId' | 'sha256'>,
): Promise<string> {
  const last = await lastCommitted(read, record);
  const before = last === undefined ? [] : [last.id, await withdrawalsVersion(read)];
  return [record.id, record.version, await directoryVersion(read), await decisionsVersion(read), ...before].join(' ');
}
