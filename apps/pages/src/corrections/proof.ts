import { solveChallenge, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import { read, Refused } from '../page.ts';

export type Proof = { challenge: Challenge; solution: { counter: number; derivedKey: string } };

/** Challenges are good for twenty minutes; one that is nearly over is not used. */
const FRESH = 15 * 60_000;
let begun: { proof: Promise<Proof>; at: number } | undefined;

/** Begins the work while somebody still writes, so that sending does not wait for it. */
export function beginProof(): void {
  if (begun && Date.now() - begun.at < FRESH) return;
  const proof = work();
  begun = { proof, at: Date.now() };
  // A failure is told by whoever wants the proof.
  proof.catch(() => undefined);
}

/** The proof, which is good for one sending. @throws Refused */
export async function takeProof(): Promise<Proof> {
  beginProof();
  const taken = begun;
  begun = undefined;
  return taken ? taken.proof : work();
}

async function work(): Promise<Proof> {
  const challenge = await read<Challenge>('/challenge');
  const solution = await solveChallenge({ challenge, deriveKey });
  if (!solution) throw new Refused({ code: 'proof-of-work-wrong' });
  const { counter, derivedKey } = solution;
  return { challenge, solution: { counter, derivedKey } };
}
