import { Command } from 'commander';
import { digestWords } from '@waymark/domain';
import { openSigner, signRequest } from '@waymark/tuf';
import { askPassphrase, PASSPHRASE_OPTION, requireYes, YES_OPTION } from '../../ask.ts';
import { recordOf, recordStep } from '../../ceremonyRecord.ts';
import { beside, writeTravelling } from '../../travellingFile.ts';
import { PREVIOUS_OPTION, TREE_OPTION, type Before } from './rootBefore.ts';
import { reviewRequest } from './reviewRequest.ts';

type SignOptions = Before & { key: string; out?: string; yes: boolean; passphraseFile?: string };

/** `waymark root sign FILE --key …`: one person's signature, after that person read what it is for. */
export function signCommand(): Command {
  return new Command('sign')
    .description(
      'Print a request as `review` does, ask, and sign it with your key. Signs what this program read and checked itself. Needs no network',
    )
    .argument('<request>', 'root.request.json or targets.request.json')
    .requiredOption('--key <address>', 'your key: file:PATH or agent:KEYID')
    .option('-o, --out <file>', 'signature file; otherwise ROLE.NAME.sig.json beside the request')
    .option(...PREVIOUS_OPTION)
    .option(...TREE_OPTION)
    .option(...PASSPHRASE_OPTION)
    .option(...YES_OPTION)
    .action(signFile);
}

async function signFile(file: string, options: SignOptions): Promise<void> {
  const { request, signers, shown } = await reviewRequest(file, options);
  await requireYes('Have you compared the six words with the others, and is this what you want?', options.yes);
  const signer = await openSigner(options.key, {
    askPassphrase: (path) => askPassphrase(`Passphrase of ${path}`, options.passphraseFile),
    agentSocket: process.env['SSH_AUTH_SOCK'],
  });
  const name = signers.get(signer.keyid);
  if (name === undefined) {
    throw new Error(
      `Nothing was signed: ${signer.keyid} is no key of the role ${request.role}, neither before nor after`,
    );
  }
  const out = options.out ?? beside(file, `${request.role}.${fileNamePart(name)}-${signer.keyid.slice(0, 8)}.sig.json`);
  await writeTravelling(out, await signRequest(request, signer));
  const { role, version, digest } = request;
  await recordStep(recordOf(out), {
    what: `root sign, ${role} ${version}, ${name}`,
    facts: {
      digest,
      'six words': digestWords(digest).join(' '),
      'compared by voice': options.yes ? 'not asked (--yes)' : 'yes, said the signer',
      key: signer.keyid,
    },
    shown,
    names: [name],
  });
  console.log(`\nSigned for ${name}. Hand back ${out} and ${recordOf(out)}; the key itself stays with you.`);
}

function fileNamePart(name: string): string {
  return (
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'holder'
  );
}
