import { canonicalJson, refuse, unknownFacts, type AlarmKind, type Entry } from '@waymark/domain';
import {
  change,
  findRecord,
  insertAlarm,
  openAlarm,
  Problem,
  recordStamp,
  updateAlarm,
  wakeWork,
  type Change,
  type Context,
} from '@waymark/store';
import { projectStanding } from '../standing/project.ts';

/** What speaks against a fact of an entry. */
export type NewAlarm = {
  recordId: string;
  path: string;
  kind: AlarmKind;
  /** It may be a takeover: people may come to somebody else. */
  unsafe: boolean;
  /** Facts for a person: addresses, dates, codes. Never the text of a page or the words of a reporter. */
  detail: Record<string, string | number | boolean>;
  /** What one of us wrote about it: stands in the log alone, where it can be erased. */
  note?: string | undefined;
};

export type Raised = { id: string; isNew: boolean };

/**
 * Raises an alarm as part of another change: confidence falls, and the check comes to the top of the queue even if it was put off.
 * The same alarm about the same fact is kept once: what is known of it becomes what was said last, and once unsafe it stays unsafe.
 * It edits and confirms nothing.
 * @throws Problem not-found, record-not-active for a retired entry
 */
export async function raiseAlarm(door: Change, alarm: NewAlarm): Promise<Raised> {
  const { tx, now, newId, audit, actor } = door;
  const { recordId, path, kind, unsafe, detail, note } = alarm;
  const record = await recordStamp(tx, recordId);
  if (record?.type !== 'entry') throw new Problem(refuse('not-found'));
  if (record.state === 'retired') throw new Problem(refuse('record-not-active'));
  const said = { path, kind, unsafe, detail, ...(note === undefined ? {} : { note }) };
  const known = await openAlarm(tx, alarm);
  if (!known) {
    const row = { id: newId(), recordId, path, kind, unsafe, detail, raisedAt: now, raisedBy: actor.id };
    await insertAlarm(tx, row);
    await audit('alarm.raise', `entry:${recordId}`, { alarmId: row.id, ...said });
    await bringToTop(door, recordId);
    return { id: row.id, isNew: true };
  }
  const becomesUnsafe = unsafe && !known.unsafe;
  if (note === undefined && !becomesUnsafe && canonicalJson(detail) === canonicalJson(known.detail))
    return { id: known.id, isNew: false };
  await updateAlarm(tx, known.id, { unsafe, detail: { ...known.detail, ...detail } });
  await audit('alarm.raise', `entry:${recordId}`, { alarmId: known.id, ...said, again: true });
  if (becomesUnsafe) await bringToTop(door, recordId);
  return { id: known.id, isNew: false };
}

async function bringToTop({ tx }: Change, recordId: string): Promise<void> {
  await wakeWork(tx, recordId);
  await projectStanding(tx, recordId);
}

/**
 * Somebody of us heard that a fact may be wrong. What they write stands in the log alone.
 * @throws Problem not-permitted, not-found, record-not-active, fact-unknown
 */
export function reportAlarm(
  ctx: Context,
  { recordId, path, unsafe, note = '' }: Pick<NewAlarm, 'recordId' | 'path' | 'unsafe' | 'note'>,
): Promise<Raised> {
  return change(ctx, 'verification.write', async (door) => {
    const record = await findRecord(door.tx, recordId);
    if (record?.type !== 'entry') throw new Problem(refuse('not-found'));
    // The type says which document it is.
    if (unknownFacts(record.doc as Entry, [path]).length > 0) throw new Problem(refuse('fact-unknown'));
    // With a note, if an empty one: who says so once more is worth a line of the log.
    return raiseAlarm(door, { recordId, path, kind: 'user-report', unsafe, detail: {}, note });
  });
}
