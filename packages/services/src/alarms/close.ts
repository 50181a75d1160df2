import { refuse } from '@waymark/domain';
import { change, closeAlarmRow, findAlarm, Problem, recordStamp, type Context } from '@waymark/store';
import { projectStanding } from '../standing/project.ts';
import { alarmView, type AlarmView } from './list.ts';

/** What became of an alarm. */
export const ALARM_OUTCOMES = ['not-a-problem', 'fixed', 'suspended'] as const;
export type AlarmOutcome = (typeof ALARM_OUTCOMES)[number];

/**
 * Says that an alarm was dealt with, and how. Confidence is then what events say; nothing is confirmed by it.
 * @throws Problem not-permitted, not-found, alarm-closed, comment-required, record-not-suspended
 */
export function closeAlarm(
  ctx: Context,
  id: string,
  { outcome, note }: { outcome: AlarmOutcome; note: string },
): Promise<AlarmView> {
  const words = note.trim();
  return change(ctx, 'verification.write', async ({ tx, actor, now, audit }) => {
    const alarm = await findAlarm(tx, id);
    if (!alarm) throw new Problem(refuse('not-found'));
    if (words === '') throw new Problem(refuse('comment-required'));
    const record = await recordStamp(tx, alarm.recordId);
    if (outcome === 'suspended' && record?.state !== 'suspended') throw new Problem(refuse('record-not-suspended'));
    const closed = await closeAlarmRow(tx, id, {
      closedAt: now,
      closedBy: actor.id,
      closeNote: `${outcome}: ${words}`,
    });
    if (!closed) throw new Problem(refuse('alarm-closed'));
    const { recordId, path, kind, unsafe } = closed;
    await audit('alarm.close', `entry:${recordId}`, { alarmId: id, path, kind, unsafe, outcome, note: words });
    await projectStanding(tx, recordId);
    return alarmView(tx, closed);
  });
}
