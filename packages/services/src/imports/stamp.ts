import { decisionsVersion, directoryVersion, type ImportRecord, type Reader } from '@waymark/store';

/** What a preview is made of: as long as it is the same, so is what would become of each row. */
export async function stampOf(read: Reader, { id, version }: Pick<ImportRecord, 'id' | 'version'>): Promise<string> {
  return [id, version, await directoryVersion(read), await decisionsVersion(read)].join(' ');
}
