import { discardSnapshotRefusal, refuse } from '@waymark/domain';
import { change, findSnapshot, orThrow, Problem, updateSnapshot, type Context } from '@waymark/store';
import { voidRequest } from '../signing/request.ts';
import { showSnapshot, type SnapshotRow } from './list.ts';
import { inTurn, type Publishing } from './publishing.ts';
import { clearStage } from './stage.ts';

/**
 * Throws a prepared snapshot away. Its number is never given again.
 * @throws Problem not-found, not-permitted, snapshot-not-prepared
 */
export async function discardSnapshot(ctx: Context, publishing: Publishing, sequence: number): Promise<SnapshotRow> {
  return inTurn(publishing, async () => {
    await change(ctx, 'snapshot.publish', async (door) => {
      const { tx, actor, audit } = door;
      const row = await findSnapshot(tx, sequence);
      if (!row) throw new Problem(refuse('not-found'));
      orThrow(discardSnapshotRefusal(row, actor));
      const saved = await updateSnapshot(tx, sequence, 'prepared', { state: 'discarded' });
      if (!saved) throw new Problem(refuse('snapshot-not-prepared'));
      await audit('snapshot.discard', `snapshot:${sequence}`, { contentDigest: row.contentDigest });
      await voidRequest(door, sequence, 'The snapshot was thrown away');
    });
    await clearStage(publishing, sequence);
    return showSnapshot(ctx, publishing, sequence);
  });
}
