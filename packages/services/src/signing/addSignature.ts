import { addSignatureRefusal, refuse, type HandedIn, type SigningView } from '@waymark/domain';
import { change, findSnapshot, insertSignature, orThrow, Problem, type Context } from '@waymark/store';
import { checkSignature } from '@waymark/tuf';
import { isOutdated } from '../snapshots/list.ts';
import { inTurn, type Publishing } from '../snapshots/publishing.ts';
import { standingRequest } from './request.ts';
import { showSigning } from './show.ts';

/**
 * Keeps what a person brought: a signature, or several in one file. Each is verified before anything is kept, and whose it is, its
 * key says: nobody can sign for another. Of several, those that were here before are passed over.
 * @throws Problem not-found, not-permitted, snapshot-not-prepared, signing-request-void, signature-of-other-request,
 *   signature-key-unknown, signature-wrong, already-signed when nothing of it is new
 */
export async function addSignature(
  ctx: Context,
  publishing: Publishing,
  sequence: number,
  handedIn: HandedIn,
): Promise<SigningView> {
  const signatures = handedIn.kind === 'waymark-signatures' ? handedIn.signatures : [handedIn];
  return inTurn(publishing, async () => {
    await change(ctx, 'snapshot.publish', async ({ tx, actor, now, audit }) => {
      const row = await findSnapshot(tx, sequence);
      if (!row) throw new Problem(refuse('not-found'));
      const outdated = await isOutdated(tx, row);
      orThrow(addSignatureRefusal({ state: row.state, outdated }, actor));
      const { row: asked, signers, signed } = await standingRequest(tx, publishing, row, { now: ctx.now(), outdated });
      for (const signature of signatures) {
        const refusal = checkSignature(asked.request, signature, signers.keys);
        if (refusal) throw new Problem(refuse(refusal));
      }
      const fresh = signatures.filter(({ keyid }) => signed.every((other) => other.keyid !== keyid));
      let kept = 0;
      for (const signature of fresh) {
        const { keyid } = signature;
        if (!(await insertSignature(tx, { sequence, keyid, signature, uploadedBy: actor.id, at: now }))) continue;
        kept += 1;
        const { version, digest } = asked;
        await audit('snapshot.sign', `snapshot:${sequence}`, {
          version,
          digest,
          keyid,
          owner: signers.owners[keyid] ?? null,
        });
      }
      if (kept === 0) throw new Problem(refuse('already-signed'));
    });
    return showSigning(ctx, publishing, sequence);
  });
}
