import { basename, dirname, join } from 'node:path';
import { Command } from 'commander';
import { SigningRequest, type SnapshotReview } from '@waymark/domain';
import { openSigner, signRequest } from '@waymark/tuf';
import { askPassphrase, PASSPHRASE_OPTION, requireYes } from '../../ask.ts';
import type { OpenBundle } from '../../signing/bundleFolder.ts';
import { acceptBundle, type Signers } from '../../signing/reviewBundle.ts';
import { writeTravelling } from '../../travellingFile.ts';
import { withReview, withReviewOptions, type ReviewCommandOptions } from './review.ts';

type SignOptions = ReviewCommandOptions & { key: string; passphraseFile?: string; out?: string };

/** `waymark sign`: the review again, and then a signature over what this program read itself. Works without a network. */
export function signCommand(): Command {
  return withReviewOptions(
    new Command('sign').description(
      'Review a snapshot again and sign it, when nothing speaks against it. Writes request.NAME.sig.json, to be uploaded in the admin',
    ),
  )
    .requiredOption('--key <address>', 'your targets key: file:PATH or agent:KEYID')
    .option(...PASSPHRASE_OPTION)
    .option('-o, --out <file>', 'the signature file; otherwise request.NAME.sig.json beside the request')
    .action(async (request: string, options: SignOptions) => {
      await withReview(request, options, async (bundle, review, signers) => {
        if (review.refusals.length > 0) throw new Error('It was refused; nothing was signed');
        await requireYes(`Sign snapshot ${review.sequence}, ${review.words.join(' ')}?`, options.yes);
        await sign(request, options, { bundle, review, signers });
      });
    });
}

async function sign(
  request: string,
  { key, passphraseFile, memory, out }: SignOptions,
  { bundle, review, signers }: { bundle: OpenBundle; review: SnapshotReview; signers: Signers },
): Promise<void> {
  const signer = await openSigner(key, {
    askPassphrase: (path) => askPassphrase(`Passphrase of ${path}`, passphraseFile),
    agentSocket: process.env['SSH_AUTH_SOCK'],
  });
  if (!signers.keyids.includes(signer.keyid))
    throw new Error(`Key ${signer.keyid} is not a targets key of root ${signers.version}; nothing was signed`);
  const asked = SigningRequest.parse((await bundle.read()).request);
  if (!review.signed || review.digest === null) throw new Error('It was refused; nothing was signed');
  // The payload of the review, not of the file: that may have been changed since.
  const signature = await signRequest({ ...asked, signed: review.signed, digest: review.digest }, signer);
  const name = signers.owners[signer.keyid] ?? signer.keyid.slice(0, 12);
  const file = out ?? join(dirname(request), `${stemOf(request)}.${fileName(name)}.sig.json`);
  await writeTravelling(file, signature);
  await acceptBundle(memory, bundle, review);
  console.log(`Signed by ${name}: ${file}`);
  console.log('Give this file to a publisher, who uploads it in the admin. Your key stays here.');
}

function stemOf(request: string): string {
  return request.endsWith('.json') ? basename(request, '.json') : 'request';
}

function fileName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}-]+/gu, '-');
}
