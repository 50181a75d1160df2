import {
  change,
  findSnapshot,
  snapshotsIn,
  updateSnapshot,
  type Context,
  type SnapshotRecord,
  wantDeliveries,
} from '@waymark/store';
import { announce } from '../webhooks/announce.ts';
import { inTurn, type Publishing } from './publishing.ts';
import { clearStage } from './stage.ts';
import { currentSnapshot, type CurrentSnapshot } from './tree.ts';

export type Settled = { completed: number[]; returned: number[] };

/**
 * Finishes in the database what a crash interrupted: a snapshot that clients get is published; one they do not get is
 * waiting again (a patch is discarded: the next run makes a new one). The tree is the state. Call it at start.
 */
export function reconcileSnapshots(ctx: Omit<Context, 'actorId'>, publishing: Publishing): Promise<Settled> {
  return inTurn(publishing, () => settle(ctx, publishing));
}

/** The same for a caller whose turn it is already. */
export async function settle(ctx: Omit<Context, 'actorId'>, publishing: Publishing): Promise<Settled> {
  const settled: Settled = { completed: [], returned: [] };
  const unfinished = await snapshotsIn(ctx.store.read, 'publishing');
  if (unfinished.length === 0) return settled;
  const current = await currentSnapshot(publishing.repoDir);
  for (const row of unfinished) {
    if (current && isThe(current, row)) {
      await completePublishing(ctx, publishing, row, current);
      settled.completed.push(row.sequence);
    } else {
      await takeBack(ctx, row);
      settled.returned.push(row.sequence);
    }
  }
  return settled;
}

function isThe({ manifest }: CurrentSnapshot, row: SnapshotRecord): boolean {
  return manifest.sequence === row.sequence && manifest.contentDigest === row.contentDigest;
}

/**
 * Notes that clients get the snapshot. A fact, not a decision: so it is written by the system, whoever decided it and
 * whatever became of that person since.
 */
export async function completePublishing(
  ctx: Omit<Context, 'actorId'>,
  publishing: Publishing,
  { sequence, kind, contentDigest, publishedBy }: SnapshotRecord,
  { targetsVersion, targetsSha256 }: Pick<CurrentSnapshot, 'targetsVersion' | 'targetsSha256'>,
): Promise<void> {
  await change(asPublisher(ctx), 'system', async (door) => {
    const { tx, now, audit } = door;
    const saved = await updateSnapshot(tx, sequence, 'publishing', {
      state: 'published',
      publishedAt: now,
      targetsVersion,
    });
    if (!saved)
      throw new Error(`Snapshot ${sequence} is not being published: ${(await findSnapshot(tx, sequence))?.state}`);
    await audit('snapshot.publish', `snapshot:${sequence}`, {
      contentDigest,
      targetsVersion,
      targetsSha256,
      publishedBy,
    });
    await wantDeliveries(tx, sequence, publishing.destinations, now);
    // Where copies are required, clients get it once it is there, and `deliverSnapshots` says so.
    if (publishing.destinations.some(({ required }) => required)) return;
    await announce(door, { type: 'snapshot.published', data: { sequence, kind, contentDigest } });
  });
  await clearStage(publishing, sequence);
}

async function takeBack(
  ctx: Omit<Context, 'actorId'>,
  { sequence, kind, contentDigest }: SnapshotRecord,
): Promise<void> {
  const state = kind === 'patch' ? 'discarded' : 'prepared';
  await change(asPublisher(ctx), 'system', async ({ tx, audit }) => {
    await updateSnapshot(tx, sequence, 'publishing', { state, publishedBy: null });
    await audit('snapshot.abort', `snapshot:${sequence}`, { contentDigest, now: state });
  });
}

/** The job that publishes. Without the caller's idempotency key, which stands for the caller's own change. */
export function asPublisher({ store, now, newId }: Omit<Context, 'actorId'>): Context {
  return { store, now, newId, actorId: 'system:publisher' };
}
