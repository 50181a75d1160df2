import { contentHash } from './hash.ts';
import type { DirectoryRecord } from './record.ts';
import { relink } from './references.ts';

type Revised = Pick<DirectoryRecord, 'state'> & { doc: unknown };

/**
 * Whether a revision of a record that a merge is not about is what the merge makes of it, and nothing else: the record that goes is
 * retired into the one that stays, and what named it names that one. Both follow from the merge alone, so that its approval is theirs.
 * @param before the revision before, and its number
 */
export function followsMerge(
  before: Pick<DirectoryRecord, 'id' | 'type' | 'revision'> & { doc: unknown },
  after: Revised,
  merge: { kind: string; recordId: string; mergedId: string | null; mergedRevision: number | null },
): boolean {
  const { kind, recordId, mergedId } = merge;
  if (kind !== 'merge' || mergedId === null || before.id === recordId) return false;
  if (before.id === mergedId)
    return before.revision === merge.mergedRevision && isRetiredInto(before.doc, after, recordId);
  // A suspension leaves no revision, so which of the other two states it is, the revision before does not say.
  const linked = relink(before.type, before.doc, mergedId, recordId);
  return after.state !== 'retired' && linked !== before.doc && contentHash(linked) === contentHash(after.doc);
}

function isRetiredInto(before: unknown, { state, doc }: Revised, recordId: string): boolean {
  const { retirement } = doc as { retirement?: { successors?: readonly string[] } }; // Documents are objects.
  return (
    state === 'retired' &&
    retirement?.successors?.join() === recordId &&
    contentHash({ ...(before as object), retirement }) === contentHash(doc)
  );
}
