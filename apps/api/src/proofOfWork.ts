import { randomBytes, randomInt } from 'node:crypto';
import { createChallenge, verifySolution, type Challenge, type Solution } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';

/** Costs a telephone a second or two, and us a thousandth of that. */
const COST = 2500;
const LEAST_TRIES = 150;
const MOST_TRIES = 350;
const MINUTES = 20;
/** Solved ones of one window; whoever fills this has worked for days. */
const MOST_SPENT = 100_000;

/**
 * Proof of work for what anybody may send (altcha): makes floods dear without asking people to look at pictures. Keys live as long
 * as the process, so challenges of an earlier one are void and none is ever good twice.
 */
export function createProofOfWork(now: () => Date) {
  const hmacSignatureSecret = randomBytes(32).toString('hex');
  const hmacKeySignatureSecret = randomBytes(32).toString('hex');
  const spent = new Map<string, number>();
  return {
    challenge: (): Promise<Challenge> =>
      createChallenge({
        algorithm: 'PBKDF2/SHA-256',
        cost: COST,
        counter: randomInt(LEAST_TRIES, MOST_TRIES),
        deriveKey,
        expiresAt: new Date(now().getTime() + MINUTES * 60_000),
        hmacSignatureSecret,
        hmacKeySignatureSecret,
      }),
    /** @returns true when the solution is right, in time, and the first for its challenge */
    async spend({ challenge, solution }: { challenge: Challenge; solution: Solution }): Promise<boolean> {
      const { nonce, expiresAt = 0 } = challenge.parameters;
      if (expiresAt * 1000 < now().getTime() || spent.has(nonce)) return false;
      const { verified } = await verifySolution({
        challenge,
        solution,
        deriveKey,
        hmacSignatureSecret,
        hmacKeySignatureSecret,
      });
      // Asked again, since another request may have come while this one was checked.
      if (!verified || spent.has(nonce)) return false;
      for (const [known, until] of spent)
        if (until * 1000 < now().getTime() || spent.size >= MOST_SPENT) spent.delete(known);
      spent.set(nonce, expiresAt);
      return true;
    },
  };
}

export type ProofOfWork = ReturnType<typeof createProofOfWork>;
