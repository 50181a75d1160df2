import { ReaderProblem } from '../problem.ts';
import { bytesOfHex, type Crypto } from './crypto.ts';
import type { Keys, Role, Signed } from './metadata.ts';

/**
 * Requires that enough keys of a role signed. Each key counts once; a signature that does not verify does no harm, as long as
 * enough others do. (TUF §4.3; client workflow 5.3.4, 5.4.2, 5.5.3, 5.6.3: check for an arbitrary software attack.)
 * @throws ReaderProblem `signature`
 */
export async function requireThreshold(
  { canonical, signatures }: Signed<unknown>,
  { keys, role }: { keys: Keys; role: Role },
  what: string,
  crypto: Crypto,
): Promise<void> {
  const signed = new Set<string>();
  for (const { keyid, sig } of signatures) {
    const key = bytesOfHex((role.keyids.includes(keyid) ? keys.get(keyid) : undefined) ?? '', 32);
    const signature = bytesOfHex(sig, 64);
    if (key && signature && (await crypto.verifyEd25519(key, canonical, signature))) signed.add(keyid);
  }
  if (signed.size >= role.threshold) return;
  throw new ReaderProblem('signature', `${what} is signed by ${signed.size} of ${role.threshold} keys`);
}
