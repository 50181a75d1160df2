import { Problem, type Context } from '@waymark/store';
import { resignWhenDue, TufProblem, type ResignResult } from '@waymark/tuf';
import { inTurn, type Publishing } from './publishing.ts';
import { refusalOf } from './refusal.ts';

/**
 * Signs the timestamp and the snapshot role anew when they are due; twice in a row does nothing. It never signs other
 * content. To be called at start and every hour: metadata nobody renews takes every client offline (SNAPSHOTS §1.3).
 * @returns what was signed; nothing while there are no keys or no snapshot
 * @throws Problem publishing-off, storage-failed
 */
export async function resignSnapshots(ctx: Pick<Context, 'now'>, publishing: Publishing): Promise<ResignResult> {
  return inTurn(publishing, async () => {
    const { online, repoDir: dir, calendar } = publishing;
    if (!online) return { signed: [] };
    try {
      return await resignWhenDue({ dir, signers: online, now: ctx.now(), calendar });
    } catch (error) {
      throw error instanceof TufProblem ? new Problem(refusalOf(error)) : error;
    }
  });
}
