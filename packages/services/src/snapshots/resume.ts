import type { Context } from '@waymark/store';
import type { ResignResult } from '@waymark/tuf';
import type { SnapshotRow } from './list.ts';
import { followUrgent } from '../urgent/request.ts';
import { publishRemovals } from './patch.ts';
import type { Publishing } from './publishing.ts';
import { reconcileSnapshots, type Settled } from './reconcile.ts';
import { resignSnapshots } from './resign.ts';

/** What starting again did; each part that failed says so, and the others are done all the same. */
export type Resumed = {
  settled?: Settled;
  removals?: SnapshotRow | undefined;
  resigned?: ResignResult;
  problems: unknown[];
};

/** What publishing does at start: settles what a crash left, removes what was suspended meanwhile, renews signatures. */
export async function resumePublishing(ctx: Omit<Context, 'actorId'>, publishing: Publishing): Promise<Resumed> {
  const resumed: Resumed = { problems: [] };
  const attempt = async (work: () => Promise<void>) => {
    await work().catch((problem: unknown) => resumed.problems.push(problem));
  };
  await attempt(async () => {
    resumed.settled = await reconcileSnapshots(ctx, publishing);
  });
  if (publishing.keys) {
    await attempt(async () => {
      resumed.removals = await publishRemovals(ctx, publishing);
    });
  }
  await attempt(async () => {
    await followUrgent(ctx, publishing);
  });
  await attempt(async () => {
    resumed.resigned = await resignSnapshots(ctx, publishing);
  });
  return resumed;
}
