import { refuse, UrgentReason } from '@waymark/domain';
import {
  change,
  confirmSuspensionRow,
  findRecord,
  insertSuspension,
  listedName,
  openSuspension,
  Problem,
  setSuspended,
  type Context,
} from '@waymark/store';
import { enqueueDutyNotice } from '../mail/duty.ts';
import { projectChange } from '../standing/project.ts';
import { showRecord, type RecordView } from './show.ts';

/** Why an entry is taken out of sight at once. */
export const SUSPENSION_REASONS = UrgentReason.options;
export type SuspensionReason = UrgentReason;

const HOURS_TO_CONFIRM = 24;

/**
 * Takes an active entry out of sight at once, by one person of any role (DESIGN §4.6). It can only remove:
 * showing it again is a proposal of kind `lift` under full review.
 * @throws Problem not-found, not-permitted, record-not-active, comment-required
 */
export async function suspendRecord(
  ctx: Context,
  id: string,
  input: { reason: SuspensionReason; note: string },
): Promise<RecordView> {
  await change(ctx, 'entry.suspend', async ({ tx, actor, now, newId, audit }) => {
    const record = await findRecord(tx, id);
    if (!record || record.type !== 'entry') throw new Problem(refuse('not-found'));
    if (input.reason === 'other' && input.note.trim() === '') throw new Problem(refuse('comment-required'));
    const suspended = await setSuspended(tx, id, record.revision);
    if (!suspended) throw new Problem(refuse('record-not-active'));
    await projectChange(tx, record, suspended);
    const confirmBy = new Date(Date.parse(now) + HOURS_TO_CONFIRM * 3_600_000).toISOString();
    const row = {
      id: newId(),
      recordId: id,
      reason: [input.reason, input.note.trim()].filter(Boolean).join(': '),
      by: actor.id,
      at: now,
      confirmBy,
    };
    await insertSuspension(tx, row);
    if (input.reason === 'unsafe') {
      const name = listedName('entry', record.doc);
      await enqueueDutyNotice(ctx, { tx, actor, now, newId }, { id: row.id, recordId: id, name, confirmBy });
    }
    await audit('record.suspend', `entry:${id}`, {
      suspensionId: row.id,
      revision: record.revision,
      reason: row.reason,
    });
  });
  return showRecord(ctx, 'entry', id);
}

/**
 * The second person's word that a suspension was right; due within 24 hours.
 * @throws Problem record-not-suspended, second-person-needed, already-confirmed
 */
export async function confirmSuspension(ctx: Context, recordId: string): Promise<RecordView> {
  await change(ctx, 'entry.suspend', async ({ tx, actor, now, audit }) => {
    const suspension = await openSuspension(tx, recordId);
    if (!suspension) throw new Problem(refuse('record-not-suspended'));
    if (suspension.by === actor.id) throw new Problem(refuse('second-person-needed'));
    const confirmed = await confirmSuspensionRow(tx, suspension.id, actor.id, now);
    if (!confirmed) throw new Problem(refuse('already-confirmed'));
    await audit('record.confirm-suspension', `entry:${recordId}`, { suspensionId: suspension.id });
  });
  return showRecord(ctx, 'entry', recordId);
}
