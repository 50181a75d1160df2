import { addSignatureRefusal, refuse, type SignatureFile, type SigningView } from '@waymark/domain';
import { change, findSnapshot, insertSignature, orThrow, Problem, type Context } from '@waymark/store';
import { checkSignature } from '@waymark/tuf';
import { isOutdated } from '../snapshots/list.ts';
import { inTurn, type Publishing } from '../snapshots/publishing.ts';
import { standingRequest } from './request.ts';
import { showSigning } from './show.ts';

/**
 * Keeps a signature that a person brought, once it was verified. Whose it is, its key says: nobody can sign for another.
 * @throws Problem not-found, not-permitted, snapshot-not-prepared, signing-request-void, signature-of-other-request,
 *   signature-key-unknown, signature-wrong, already-signed
 */
export async function addSignature(
  ctx: Context,
  publishing: Publishing,
  sequence: number,
  signature: SignatureFile,
): Promise<SigningView> {
  return inTurn(publishing, async () => {
    await change(ctx, 'snapshot.publish', async ({ tx, actor, now, audit }) => {
      const row = await findSnapshot(tx, sequence);
      if (!row) throw new Problem(refuse('not-found'));
      const outdated = await isOutdated(tx, row);
      orThrow(addSignatureRefusal({ state: row.state, outdated }, actor));
      const { row: asked, signers, signed } = await standingRequest(tx, publishing, row, { now: ctx.now(), outdated });
      const refusal = checkSignature(asked.request, signature, signers.keys);
      if (refusal) throw new Problem(refuse(refusal));
      const { keyid } = signature;
      const isNew =
        signed.every((other) => other.keyid !== keyid) &&
        (await insertSignature(tx, { sequence, keyid, signature, uploadedBy: actor.id, at: now }));
      if (!isNew) throw new Problem(refuse('already-signed'));
      const { version, digest } = asked;
      await audit('snapshot.sign', `snapshot:${sequence}`, {
        version,
        digest,
        keyid,
        owner: signers.owners[keyid] ?? null,
      });
    });
    return showSigning(ctx, publishing, sequence);
  });
}
