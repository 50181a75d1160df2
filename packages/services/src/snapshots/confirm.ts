import { confirmSnapshotRefusal, plainText, refuse } from '@waymark/domain';
import { change, findSnapshot, orThrow, Problem, updateSnapshot, type Context } from '@waymark/store';
import { factsOf, showSnapshot, type SnapshotRow } from './list.ts';
import type { Publishing } from './publishing.ts';

const Reason = plainText({ max: 500, multiline: true });

/**
 * A second publisher's word, with a reason, that a large loss is meant (issue "main job" §4). Publishes nothing.
 * @throws Problem not-found, not-permitted, snapshot-not-prepared, second-person-needed, already-confirmed,
 *   snapshot-outdated, comment-required
 */
export async function confirmSnapshot(
  ctx: Context,
  publishing: Publishing,
  sequence: number,
  reason: string,
): Promise<SnapshotRow> {
  await change(ctx, 'snapshot.publish', async ({ tx, actor, audit }) => {
    const row = await findSnapshot(tx, sequence);
    if (!row) throw new Problem(refuse('not-found'));
    orThrow(confirmSnapshotRefusal(await factsOf(tx, row, publishing, ctx.now()), actor));
    const text = Reason.safeParse(reason);
    if (!text.success) throw new Problem(refuse('comment-required', text.error.issues[0]?.message));
    const saved = await updateSnapshot(tx, sequence, 'prepared', { confirmedBy: actor.id, confirmedReason: text.data });
    if (!saved) throw new Problem(refuse('snapshot-not-prepared'));
    await audit('snapshot.confirm', `snapshot:${sequence}`, {
      contentDigest: row.contentDigest,
      reason: text.data,
      gate: row.gate,
    });
  });
  return showSnapshot(ctx, publishing, sequence);
}
