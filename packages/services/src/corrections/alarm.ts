import { closeAlarmRow, openAlarm, openCorrectionsOf, type Change, type CorrectionRow } from '@waymark/store';
import { raiseAlarm } from '../alarms/raise.ts';
import { projectStanding } from '../standing/project.ts';

/** Who raised it, so that deciding about corrections never closes an alarm that one of us raised. */
export const CORRECTIONS = 'system:corrections';

type About = Pick<CorrectionRow, 'recordId'> & { path: string };

/** Somebody outside says that a fact is wrong: until a person looked at it, it counts for less (DOMAIN §3.6). */
export async function raiseReport(door: Change, { recordId, path }: About, what: string): Promise<void> {
  await raiseAlarm(door, { recordId, path, kind: 'user-report', unsafe: false, detail: { what } });
}

/**
 * The last open correction about a fact led to nothing: so does its alarm. One that led to a draft stays until the fact is looked
 * at, and so does what may be unsafe.
 */
export async function settleReport(door: Change, { recordId, path }: About): Promise<void> {
  const { tx, now, actor, audit } = door;
  const others = await openCorrectionsOf(tx, recordId);
  if (others.some((other) => other.path === path)) return;
  const alarm = await openAlarm(tx, { recordId, path, kind: 'user-report' });
  if (!alarm || alarm.unsafe || alarm.raisedBy !== CORRECTIONS) return;
  await closeAlarmRow(tx, alarm.id, { closedAt: now, closedBy: actor.id, closeNote: 'not-a-problem' });
  await audit('alarm.close', `entry:${recordId}`, {
    alarmId: alarm.id,
    path,
    kind: 'user-report',
    unsafe: false,
    outcome: 'not-a-problem',
  });
  await projectStanding(tx, recordId);
}
