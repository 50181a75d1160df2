import { refuse } from '@waymark/domain';
import { change, deleteCorrections, Problem, type Context } from '@waymark/store';
import { settleReport } from './alarm.ts';
import { forget } from './retention.ts';

/**
 * Destroys a correction at once, decided or not: for what slipped through the guard (SECURITY M-06). One person, no second look, and
 * no copy of it is answered.
 * @returns whether its bytes are gone already; otherwise within the hour
 * @throws Problem not-found, not-permitted
 */
export async function destroyCorrection(ctx: Context, id: string): Promise<{ gone: boolean }> {
  await change(ctx, 'correction.decide', async (door) => {
    const { tx, audit } = door;
    const [deleted] = await deleteCorrections(tx, [id]);
    if (!deleted) throw new Problem(refuse('not-found'));
    await audit('correction.destroy', `correction:${id}`, { record: `entry:${deleted.recordId}` });
    await settleReport(door, { recordId: deleted.recordId, path: deleted.path ?? '' });
  });
  return { gone: await forget(ctx.store) };
}
