import { publishSnapshotRefusal, refuse } from '@waymark/domain';
import {
  change,
  findSnapshot,
  orThrow,
  Problem,
  updateSnapshot,
  type Context,
  type SnapshotRecord,
} from '@waymark/store';
import { publishTargets, TufProblem, type OnStep, type PublishSigners, type TargetContent } from '@waymark/tuf';
import { factsOf, showSnapshot, type SnapshotRow } from './list.ts';
import { inTurn, type Publishing } from './publishing.ts';
import { completePublishing, settle } from './reconcile.ts';
import { refusalOf, requirePublisher } from './refusal.ts';
import { readStage } from './stage.ts';

/**
 * Publishes a prepared snapshot: clients get it when this returns. After a crash on the way they get the old one or the
 * new one, and the next start or call settles which (see `reconcileSnapshots`).
 * @param options.onStep told before each durable step of the tree; tests crash there
 * @throws Problem not-found, not-permitted, snapshot-not-prepared, snapshot-outdated, publishing-off,
 *   gate-second-publisher, storage-failed
 */
export async function publishSnapshot(
  ctx: Context,
  publishing: Publishing,
  sequence: number,
  options: { onStep?: OnStep } = {},
): Promise<SnapshotRow> {
  await requirePublisher(ctx);
  return inTurn(publishing, async () => {
    await settle(ctx, publishing);
    const prepared = await findSnapshot(ctx.store.read, sequence);
    if (!prepared) throw new Problem(refuse('not-found'));
    const { keys } = publishing;
    const isWaiting = prepared.state === 'prepared';
    // Read before anything is decided, and published from memory: nobody can change the files in between.
    const files = isWaiting && keys ? await readStage(publishing, prepared) : [];
    await begin(ctx, publishing, sequence);
    const row = await findSnapshot(ctx.store.read, sequence);
    // A repeated request finds it published by the first one.
    if (row?.state === 'publishing' && keys) await release(ctx, publishing, row, files, keys, options.onStep);
    else if (row?.state !== 'published') throw new Problem(refuse('snapshot-not-prepared'));
    return showSnapshot(ctx, publishing, sequence);
  });
}

async function begin(ctx: Context, publishing: Publishing, sequence: number): Promise<void> {
  await change(ctx, 'snapshot.publish', async ({ tx, actor, audit }) => {
    const row = await findSnapshot(tx, sequence);
    if (!row) throw new Problem(refuse('not-found'));
    orThrow(publishSnapshotRefusal(await factsOf(tx, row), actor, publishing.keys !== null));
    const saved = await updateSnapshot(tx, sequence, 'prepared', { state: 'publishing', publishedBy: actor.id });
    if (!saved) throw new Problem(refuse('snapshot-not-prepared'));
    const { contentDigest, confirmedBy } = row;
    await audit('snapshot.begin', `snapshot:${sequence}`, { contentDigest, confirmedBy });
  });
}

/**
 * Signs and writes the tree, then notes it. For a snapshot in state `publishing`.
 * @throws Problem publishing-off, storage-failed, after the row was settled by what the tree says
 */
export async function release(
  ctx: Omit<Context, 'actorId'>,
  publishing: Publishing,
  row: SnapshotRecord,
  files: TargetContent[],
  signers: PublishSigners,
  onStep?: OnStep,
): Promise<void> {
  const { repoDir: dir, validDays: targetsDays } = publishing;
  try {
    const now = ctx.now();
    const result = await publishTargets({
      dir,
      files,
      signers,
      now,
      lifetimes: { targetsDays },
      ...(onStep ? { onStep } : {}),
    });
    await completePublishing(ctx, publishing, row, result);
  } catch (error) {
    // Anything else is as good as a crash: the next turn settles it.
    if (!(error instanceof TufProblem)) throw error;
    const { completed } = await settle(ctx, publishing);
    if (!completed.includes(row.sequence)) throw new Problem(refusalOf(error));
  }
}
