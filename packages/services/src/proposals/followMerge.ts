import { setImmediate as othersTurn } from 'node:timers/promises';
import { contentHash, relink, type DirectoryRecord } from '@waymark/domain';
import { findRecord, putRecord, recordsNaming, type Change } from '@waymark/store';
import { projectChange } from '../standing/project.ts';
import type { Merge } from './moveBases.ts';

/** Records after which others get their turn, while the transaction stays open. */
export const RECORDS_AT_ONCE = 10;

/**
 * After a merge every record that names the one that went names the one that stays: each gets a revision of its own by the approval
 * of the merge, since nothing of it is anybody's choice (`relink`). Retired records stay as they are, and so do their tombstones:
 * whoever follows one comes to the next.
 * @returns the records as they stand then
 */
export async function followMerge(
  { tx, now }: Change,
  { id: proposalId, recordId, mergedId }: Merge,
): Promise<DirectoryRecord[]> {
  const followed: DirectoryRecord[] = [];
  for (const [place, { id }] of (await recordsNaming(tx, mergedId)).entries()) {
    if (place % RECORDS_AT_ONCE === RECORDS_AT_ONCE - 1) await othersTurn();
    const before = await findRecord(tx, id);
    // The winner says itself whom it took the place of.
    if (!before || id === recordId || id === mergedId) continue;
    const doc = relink(before.type, before.doc, mergedId, recordId);
    const { type, slug, state } = before;
    const next = { id, type, slug, state, contentHash: contentHash(doc), doc, proposalId, at: now };
    const written = await putRecord(tx, next, before.revision);
    if (!written) throw new Error(`${type} ${id} moved within one transaction`);
    await projectChange(tx, before, written);
    followed.push(written);
  }
  return followed;
}
