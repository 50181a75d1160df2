import { refuse } from '@waymark/domain';
import { change, Problem, releaseWork, type Context } from '@waymark/store';
import { requireCheckable, workOf, type WorkView } from './show.ts';

/**
 * Gives a check back that this person took on; one that is free already stays so.
 * @throws Problem not-permitted, not-found, record-not-active, already-claimed when somebody else is at it
 */
export async function releaseCheck(ctx: Context, recordId: string): Promise<WorkView> {
  return change(ctx, 'verification.write', async ({ tx, actor, now, audit }) => {
    await requireCheckable(tx, recordId);
    const released = await releaseWork(tx, recordId, actor.id);
    const work = await workOf(tx, recordId, now);
    if (!released && work.claimedBy !== null) throw new Problem(refuse('already-claimed'));
    await audit('work.release', `entry:${recordId}`, { held: released !== undefined });
    return work;
  });
}
