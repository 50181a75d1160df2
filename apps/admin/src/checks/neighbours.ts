import type { DueRow } from '../contract.ts';

/**
 * What comes before and after an entry in the queue one works through. What somebody else is at is passed over, and so is what was
 * done meanwhile; an entry from elsewhere is followed by the first of the queue.
 */
export function neighboursOf(
  rows: readonly Pick<DueRow, 'recordId' | 'claimedBy'>[],
  id: string,
  me: string | undefined,
  done: ReadonlySet<string>,
): { previous: string | null; next: string | null } {
  const at = rows.findIndex(({ recordId }) => recordId === id);
  const isFree = ({ recordId, claimedBy }: (typeof rows)[number]) =>
    recordId !== id && !done.has(recordId) && (claimedBy === null || claimedBy.id === me);
  const previous = at === -1 ? undefined : rows.slice(0, at).findLast(isFree);
  const next = rows.slice(at + 1).find(isFree);
  return { previous: previous?.recordId ?? null, next: next?.recordId ?? null };
}
