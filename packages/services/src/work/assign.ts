import { isPermitted, refuse } from '@waymark/domain';
import { assignWork, change, findActor, Problem, type Context, type Reader } from '@waymark/store';
import { requireCheckable, workOf, type WorkView } from './show.ts';

/**
 * Gives the next check of an entry to a person, or to nobody.
 * @param plannedFor the day they should look, `YYYY-MM-DD`; none: when it is due
 * @throws Problem not-permitted, not-found, record-not-active, input-invalid
 */
export async function assignCheck(
  ctx: Context,
  recordId: string,
  { assignee, plannedFor = null }: { assignee: string | null; plannedFor?: string | null | undefined },
): Promise<WorkView> {
  return change(ctx, 'work.assign', async ({ tx, now, audit }) => {
    await requireCheckable(tx, recordId);
    if (assignee !== null) await requireChecker(tx, assignee, '/assignee');
    await assignWork(tx, recordId, assignee, plannedFor);
    await audit('work.assign', `entry:${recordId}`, { assignee, plannedFor });
    return workOf(tx, recordId, now);
  });
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
