import { LogDefect, openCheckpoint, parseVerifierKey, refuse } from '@waymark/domain';
import { Problem } from '@waymark/store';
import type { KeptHead } from '../audit/verify.ts';
import { verifyEd25519 } from './ed25519.ts';
import { CHECKPOINT, KEY } from './open.ts';

/**
 * The head that a published log carries, wherever it is kept.
 * @param readFile reads a file of the log by its name
 * @param logKey the log's verifier key. Without it the one beside the head is taken, which only says that they fit
 * @throws Problem storage-failed when the head is not signed by the key
 */
export async function keptCheckpoint(
  readFile: (name: string) => Promise<string | undefined>,
  logKey?: string,
): Promise<KeptHead | undefined> {
  try {
    const note = await readFile(CHECKPOINT);
    if (note === undefined) return undefined;
    const key = parseVerifierKey((logKey ?? (await readFile(KEY)) ?? '').trim());
    const { size, root } = await openCheckpoint(note, key, verifyEd25519);
    return { size, root, from: 'the published log' };
  } catch (error) {
    if (!(error instanceof LogDefect)) throw error;
    throw new Problem(refuse('storage-failed', `The published log: ${error.message}`));
  }
}
