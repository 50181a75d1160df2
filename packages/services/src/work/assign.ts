import { isPermitted, refuse } from '@waymark/domain';
import { assignWork, change, findActor, Problem, type Change, type Context, type Reader } from '@waymark/store';
import { requireCheckable, workOf, type WorkView } from './show.ts';

/**
 * Gives the next check of an entry to a person, or to nobody.
 * @param plannedFor the day they should look, `YYYY-MM-DD`; none: when it is due
 * @throws Problem not-permitted, not-found, record-not-active, input-invalid
 */
export async function assignCheck(ctx: Context, recordId: string, whose: Assignment): Promise<WorkView> {
  return change(ctx, 'work.assign', async (door) => {
    await requireCheckable(door.tx, recordId);
    if (whose.assignee !== null) await requireChecker(door.tx, whose.assignee, '/assignee');
    await assignIn(door, recordId, whose);
    return workOf(door.tx, recordId, door.now);
  });
}

export type Assignment = { assignee: string | null; plannedFor?: string | null | undefined };

/** `assignCheck` as a part of a change that made sure of entry and person. */
export async function assignIn(
  { tx, audit }: Change,
  recordId: string,
  { assignee, plannedFor = null }: Assignment,
): Promise<void> {
  await assignWork(tx, recordId, assignee, plannedFor);
  await audit('work.assign', `entry:${recordId}`, { assignee, plannedFor });
}

/** @throws Problem input-invalid when nobody of that id may check entries */
export async function requireChecker(read: Reader, userId: string, path: string): Promise<void> {
  const person = await findActor(read, userId);
  if (person && isPermitted(person, 'verification.write')) return;
  throw new Problem(
    refuse('input-invalid', undefined, [
      { path, message: 'Choose an active curator or reviewer: they may check entries' },
    ]),
  );
}
