import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { ContentHash } from '../identity.ts';
import { consistencyRoots } from '../merkle.ts';
import { openCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { LogDefect } from './defect.ts';
import type { VerifySignature } from './note.ts';
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from './verifierKey.ts';

const Text = z.string().max(100_000);

/**
 * Proof that a log showed two histories: two heads it signed that no log can hold both. It convinces anybody who knows the
 * log's key, without trusting who found it.
 */
export const SplitView = z
  .strictObject({
    kind: z.literal('waymark-split-view'),
    format: z.literal(1),
    logKey: z.string().max(500).meta({ description: 'Verifier key of the log: name+id+base64' }),
    checkpoints: z.tuple([Text, Text]).meta({ description: 'Both signed notes, the smaller head first' }),
    path: z.array(ContentHash).max(200).meta({
      description:
        'Of heads of two sizes: hashes that lead to the larger one and to another root than the smaller one says',
    }),
  })
  .meta({ id: 'SplitView' });
export type SplitView = z.infer<typeof SplitView>;

/** Puts a proof together; `verifySplitView` says whether it is one. */
export function splitView(
  log: VerifierKey,
  smaller: Pick<SignedCheckpoint, 'note'>,
  larger: Pick<SignedCheckpoint, 'note'>,
  path: readonly string[],
): SplitView {
  return {
    kind: 'waymark-split-view',
    format: 1,
    logKey: formatVerifierKey(log),
    checkpoints: [smaller.note, larger.note],
    path: [...path],
  };
}

/**
 * Whether this proves that the log of that key showed two histories.
 * @returns both heads
 * @throws LogDefect `malformed`, `not-signed`, `signature-wrong` with the reason why it is no proof
 */
export async function verifySplitView(
  proof: SplitView,
  verify: VerifySignature,
): Promise<{ log: VerifierKey; heads: [SignedCheckpoint, SignedCheckpoint] }> {
  const log = parseVerifierKey(proof.logKey);
  const smaller = await openCheckpoint(proof.checkpoints[0], log, verify);
  const larger = await openCheckpoint(proof.checkpoints[1], log, verify);
  if (smaller.size === larger.size) {
    if (smaller.root === larger.root) throw new LogDefect('malformed', 'both heads are the same');
  } else {
    requireContradiction(smaller, larger, proof.path);
  }
  return { log, heads: [smaller, larger] };
}

/** The hashes lead to the larger head, so what they give for the smaller size is what that head stands on. */
function requireContradiction(smaller: SignedCheckpoint, larger: SignedCheckpoint, path: readonly string[]): void {
  const roots =
    smaller.size > 0 && smaller.size < larger.size
      ? consistencyRoots(
          smaller.size,
          larger.size,
          path.map((hash) => hexToBytes(hash)),
        )
      : undefined;
  if (!roots || bytesToHex(roots.second) !== larger.root)
    throw new LogDefect('malformed', 'the hashes do not lead to the larger head');
  if (bytesToHex(roots.first) === smaller.root)
    throw new LogDefect('malformed', 'the larger head extends the smaller one: nothing is wrong');
}
