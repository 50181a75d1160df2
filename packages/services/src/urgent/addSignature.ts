import { refuse, type SignatureFile } from '@waymark/domain';
import { change, insertUrgentSignature, openUrgentRequest, Problem, type Context } from '@waymark/store';
import { checkSignature, findRepository, TufProblem } from '@waymark/tuf';
import { inTurn, type Publishing } from '../snapshots/publishing.ts';
import { refusalOf } from '../snapshots/refusal.ts';
import { dutyOf } from './duty.ts';
import { follow } from './request.ts';
import { showUrgent, type UrgentView } from './show.ts';

/**
 * Takes a signature of somebody on duty, once it was verified, and publishes the urgent list at once when it is enough.
 * Whoever may suspend may bring it: whose it is, the key says.
 * @throws Problem not-found when nothing waits, not-permitted, signature-of-other-request, signature-key-unknown,
 *   signature-wrong, already-signed, publishing-off, storage-failed
 */
export async function addUrgentSignature(
  ctx: Context,
  publishing: Publishing,
  signature: SignatureFile,
): Promise<UrgentView> {
  return inTurn(publishing, async () => {
    const duty = dutyOf((await findRepository(publishing.repoDir).catch(refused))?.published);
    await change(ctx, 'entry.suspend', async ({ tx, actor, now, audit }) => {
      const open = await openUrgentRequest(tx);
      if (!open || !duty) throw new Problem(refuse('not-found', 'Nothing waits for somebody on duty'));
      const { sequence, request, version, digest } = open;
      const refusal = checkSignature(request, signature, duty.keys);
      if (refusal) throw new Problem(refuse(refusal));
      const { keyid } = signature;
      const isNew = await insertUrgentSignature(tx, { sequence, keyid, signature, uploadedBy: actor.id, at: now });
      if (!isNew) throw new Problem(refuse('already-signed'));
      const owner = duty.holders.find((holder) => holder.keyid === keyid)?.owner ?? null;
      await audit('urgent.sign', `urgent:${sequence}`, { version, digest, keyid, owner });
    });
    await follow(ctx, publishing);
    return showUrgent(ctx, publishing);
  });
}

function refused(error: unknown): never {
  throw error instanceof TufProblem ? new Problem(refusalOf(error)) : error;
}
