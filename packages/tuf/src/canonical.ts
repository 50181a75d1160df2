import { createHash } from 'node:crypto';
import { signedBytes } from '@waymark/domain';
import { TufProblem } from './problem.ts';

/**
 * The bytes that are signed, see `signedBytes` of the domain.
 * @throws TufProblem `not-canonical`, naming the place
 */
export function canonicalBytes(value: unknown): Buffer {
  try {
    return Buffer.from(signedBytes(value));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new TufProblem('not-canonical', `cannot be signed: ${why}`, { cause });
  }
}

/** Lower-case hex SHA-256. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
