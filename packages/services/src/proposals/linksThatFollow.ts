import { referencesOf, type RecordType } from '@waymark/domain';
import { firstRecordsNaming, type Reader } from '@waymark/store';

/** A record whose links follow a merge, and the paths of those links. */
export type LinkingRecord = { id: string; type: RecordType; name: string; slug: string; paths: string[] };

/** Records whose links follow a merge: the first of them by name, and how many there are. */
export type Links = { rows: LinkingRecord[]; total: number };

export const NO_LINKS: Links = { rows: [], total: 0 };

/** A person reads no more; the rest follows by the same rule. */
const LISTED = 200;

/** What names a record that is to be merged, and will name the one that stays (`followMerge`). */
export async function linksThatFollow(read: Reader, goesId: string, staysId: string): Promise<Links> {
  const { rows, total } = await firstRecordsNaming(read, goesId, staysId, LISTED);
  return {
    rows: rows.map(({ doc, ...row }) => {
      const links = referencesOf(row.type, doc).filter(({ id }) => id === goesId);
      return { ...row, paths: links.map(({ path }) => path) };
    }),
    total,
  };
}
