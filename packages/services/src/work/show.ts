import { refuse } from '@waymark/domain';
import { isClaimedNow, plannedCheck, Problem, recordStamp, userNames, type Reader, type WorkRow } from '@waymark/store';

/** Who does the next check of an entry, and when. */
export type WorkView = Omit<WorkRow, 'recordId'> & { assigneeName: string | null; claimedByName: string | null };

const UNPLANNED: WorkView = {
  assigneeId: null,
  assigneeName: null,
  plannedFor: null,
  claimedBy: null,
  claimedByName: null,
  claimedUntil: null,
  snoozedUntil: null,
  snoozeReason: null,
  nextAttempt: 1,
  nextAttemptAt: null,
};

/** What was planned about the check of an entry. A claim that ended by itself is not shown. */
export async function workOf(read: Reader, recordId: string, now: string): Promise<WorkView> {
  const row = await plannedCheck(read, recordId);
  if (!row) return UNPLANNED;
  const { recordId: _, ...work } = row;
  const claim = isClaimedNow(row, now)
    ? { claimedBy: row.claimedBy, claimedUntil: row.claimedUntil }
    : { claimedBy: null, claimedUntil: null };
  const names = await userNames(
    read,
    [row.assigneeId, claim.claimedBy].filter((id) => id !== null),
  );
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? id));
  return { ...work, ...claim, assigneeName: nameOf(row.assigneeId), claimedByName: nameOf(claim.claimedBy) };
}

/** @throws Problem not-found for what is no entry, record-not-active for a retired one: it is never checked again */
export async function requireCheckable(read: Reader, recordId: string): Promise<void> {
  const record = await recordStamp(read, recordId);
  if (record?.type !== 'entry') throw new Problem(refuse('not-found'));
  if (record.state === 'retired') throw new Problem(refuse('record-not-active'));
}
