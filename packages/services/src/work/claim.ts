import { refuse } from '@waymark/domain';
import { change, claimWork, Problem, type Context } from '@waymark/store';
import { requireCheckable, workOf, type WorkView } from './show.ts';

/** Then a claim ends by itself. */
export const CLAIM_HOURS = 12;

/**
 * Takes the check of an entry on, so that nobody else does it too. Repeating it prolongs it.
 * @throws Problem not-permitted, not-found, record-not-active, already-claimed
 */
export async function claimCheck(ctx: Context, recordId: string): Promise<WorkView> {
  return change(ctx, 'verification.write', async ({ tx, actor, now, audit }) => {
    await requireCheckable(tx, recordId);
    const until = new Date(Date.parse(now) + CLAIM_HOURS * 3_600_000).toISOString();
    if (!(await claimWork(tx, recordId, { userId: actor.id, now, until }))) {
      const { claimedByName, claimedUntil } = await workOf(tx, recordId, now);
      throw new Problem(refuse('already-claimed', `${claimedByName} is at it, until ${claimedUntil} at the latest`));
    }
    await audit('work.claim', `entry:${recordId}`, { until });
    return workOf(tx, recordId, now);
  });
}
