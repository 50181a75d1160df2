import type { SigningRequest, UrgentWithdrawals } from '@waymark/domain';
import { openUrgentRequest, Problem, type Context } from '@waymark/store';
import { findRepository, readUrgent, TufProblem } from '@waymark/tuf';
import type { Publishing } from '../snapshots/publishing.ts';
import { refusalOf } from '../snapshots/refusal.ts';
import { dutyOf } from './duty.ts';

export type UrgentView = {
  /** What waits for somebody on duty; null while clients have the list already. */
  request: SigningRequest | null;
  /** The list as it holds now; null where nothing was ever withdrawn. */
  withdrawals: UrgentWithdrawals | null;
  /** What clients get. */
  published: { sequence: number; version: number; expires: string } | null;
  /** Whose keys clients trust with it; none where there is no urgent lane. */
  holders: { keyid: string; owner: string | null }[];
};

/** The urgent list, and what there is to sign. @throws Problem storage-failed */
export async function showUrgent(ctx: Pick<Context, 'store'>, { repoDir }: Publishing): Promise<UrgentView> {
  const open = await openUrgentRequest(ctx.store.read);
  try {
    const published = (await findRepository(repoDir))?.published;
    const out = await readUrgent(repoDir, published?.urgent);
    const signed = published?.urgent?.metadata.signed;
    return {
      request: open?.request ?? null,
      withdrawals: open?.withdrawals ?? out ?? null,
      published: out && signed ? { sequence: out.sequence, version: signed.version, expires: signed.expires } : null,
      holders: dutyOf(published)?.holders ?? [],
    };
  } catch (error) {
    throw error instanceof TufProblem ? new Problem(refusalOf(error)) : error;
  }
}
