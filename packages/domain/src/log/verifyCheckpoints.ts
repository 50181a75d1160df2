import { openCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { compareHeads, requireRoot, type HeadComparison, type ReadLogFile } from './compareHeads.ts';
import type { VerifySignature } from './note.ts';
import type { VerifierKey } from './verifierKey.ts';

/** What was found of a log's newest head, beside the one known before; `first` when none was. */
export type CheckedHead = { head: SignedCheckpoint } & (HeadComparison | { relation: 'first' });

/**
 * Everything an outsider checks when a log shows a new head: that the log signed it, that its tiles lead to it, and that it
 * extends the head known before.
 * @param known the note kept from last time, undefined the first time; verified again, since files can be changed
 * @param next the note the log shows now
 * @throws LogDefect when one of them is not signed by the log, or the tiles do not lead to `next`
 */
export async function verifyCheckpoints(
  known: string | undefined,
  next: string,
  options: { log: VerifierKey; verify: VerifySignature; readFile: ReadLogFile },
): Promise<CheckedHead> {
  const { log, verify, readFile } = options;
  const head = await openCheckpoint(next, log, verify);
  if (known === undefined) {
    await requireRoot(head, readFile);
    return { head, relation: 'first' };
  }
  return { head, ...(await compareHeads(await openCheckpoint(known, log, verify), head, readFile)) };
}
