import { bringTarget, urgentTargets } from './held.ts';
import type { Lane, Memory } from './memory.ts';
import { ReaderProblem, toProblem } from './problem.ts';
import type { HighWater } from './store.ts';
import type { Crypto } from './tuf/crypto.ts';
import type { Engine, Source } from './tuf/trusted.ts';
import { NO_WITHDRAWALS, parseWithdrawals, WITHDRAWN, type Withdrawals } from './withdrawals.ts';

/**
 * The withdrawals that trusted metadata names. Whatever goes wrong, those at hand stay, and the directory is not held up:
 * the problem is told beside them.
 */
export async function bringLane(
  { trusted, urgentProblem }: Awaited<ReturnType<Engine['update']>>,
  memory: Pick<Memory, 'lane' | 'withdrawals'>,
  highWater: HighWater,
  source: Source,
  crypto: Crypto,
): Promise<{ lane: Lane | undefined; withdrawals: Withdrawals; problem?: ReaderProblem }> {
  const { lane: before, withdrawals } = memory;
  const kept = { lane: before, withdrawals };
  if (urgentProblem) return { ...kept, problem: toProblem(urgentProblem, 'malformed') };
  try {
    const targets = await urgentTargets(trusted, crypto);
    const meta = targets?.get(WITHDRAWN);
    // People signed a directory without the lane, or nothing was ever withdrawn.
    if (!targets || !meta || !trusted.targets || !trusted.urgent)
      return { lane: undefined, withdrawals: NO_WITHDRAWALS };
    if (before && (await crypto.sha256(before.withdrawn)) === meta.sha256) return kept;
    const withdrawn = await bringTarget(targets, WITHDRAWN, source, crypto);
    const next = parseWithdrawals(withdrawn);
    if (next.sequence < highWater.urgent)
      throw new ReaderProblem('rollback', `withdrawals ${next.sequence} were offered after ${highWater.urgent}`);
    const lane = { root: trusted.root, targets: trusted.targets, urgent: trusted.urgent, withdrawn };
    return { lane, withdrawals: next };
  } catch (error) {
    return { ...kept, problem: toProblem(error, 'malformed') };
  }
}
