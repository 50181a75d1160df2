import { Command } from 'commander';
import { SigningRequest } from '@waymark/domain';
import { openSigner, signRequest, type Signer } from '@waymark/tuf';
import { askPassphrase, PASSPHRASE_OPTION, requireYes, YES_OPTION } from '../../ask.ts';
import { MEMORY_OPTION, trustedRoot } from '../../signing/memoryFolder.ts';
import { rememberUrgent } from '../../signing/urgentMemory.ts';
import { beside, stem, writeTravelling } from '../../travellingFile.ts';
import { FILE_ARGUMENT, showUrgentFile } from './show.ts';

type SignOptions = { key: string; out?: string; memory: string; yes: boolean; passphraseFile?: string };

/** `waymark urgent sign FILE --key …`: prints as `show` does, asks, and signs what this program read itself. */
export function signCommand(): Command {
  return new Command('sign')
    .description('Print the list as `show` does, ask, and sign it with your duty key. Writes a file to be uploaded')
    .argument(...FILE_ARGUMENT)
    .requiredOption('--key <address>', 'your duty key: file:PATH or agent:KEYID')
    .option('-o, --out <file>', 'signature file; otherwise FILE.sig.json beside it')
    .option(...MEMORY_OPTION)
    .option(...PASSPHRASE_OPTION)
    .option(...YES_OPTION)
    .action(sign);
}

async function sign(file: string, { key, out, memory, yes, passphraseFile }: SignOptions): Promise<void> {
  const { review, request } = await showUrgentFile(file, memory);
  if (!review.signed || !review.memory || review.digest === null) throw new Error('It was refused; nothing was signed');
  await requireYes('\nSign this list?', yes);
  const signer = await openSigner(key, {
    askPassphrase: (path) => askPassphrase(`Passphrase of ${path}`, passphraseFile),
    agentSocket: process.env['SSH_AUTH_SOCK'],
  });
  await requireDutyKey(signer, memory);
  const asked = SigningRequest.parse(request);
  // The payload of the review: it is what was printed.
  const signature = await signRequest({ ...asked, signed: review.signed, digest: review.digest }, signer);
  const path = out ?? beside(file, `${stem(file)}.${signer.keyid.slice(0, 8)}.sig.json`);
  await writeTravelling(path, signature);
  await rememberUrgent(memory, review.memory);
  console.log(`\nSigned: ${path}\nUpload it in the admin; apps know within minutes. Your key stays here.`);
}

/**
 * TUF knows no difference between what targets keys sign and what duty keys sign: a list signed with a targets key could be
 * passed off as a whole publication that holds nothing else.
 * @throws Error when the root this machine trusts knows the key
 */
async function requireDutyKey({ keyid }: Signer, memory: string): Promise<void> {
  const root = await trustedRoot(memory);
  const signed = root && (JSON.parse(root.toString()) as { signed: { keys: Record<string, unknown> } }).signed;
  if (signed && Object.hasOwn(signed.keys, keyid))
    throw new Error(`Key ${keyid} stands in root: it is no duty key. Nothing was signed`);
}
