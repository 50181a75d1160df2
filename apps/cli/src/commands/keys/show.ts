import { Command } from 'commander';
import { PublicKeyFile } from '@waymark/domain';
import { readPublicHalf } from '@waymark/tuf';
import { findFile, readTravelling, stem } from '../../travellingFile.ts';
import { printPublicKey } from './publicKeyFile.ts';

/** `waymark keys show FILE`: what people compare of a key. */
export function showCommand(): Command {
  return new Command('show')
    .description('Keyid, public key and six words of a key file or a NAME.pub.json; asks for no passphrase')
    .argument('<file>', 'key file or public key file')
    .action(showKey);
}

async function showKey(file: string): Promise<void> {
  const text = String(await findFile(file));
  if (text.includes('"waymark-key"')) return printPublicKey(stem(file), await readPublicHalf(file));
  const { name, publicKey } = await readTravelling(
    file,
    PublicKeyFile,
    'a key file or a public key file of this program',
  );
  printPublicKey(name, publicKey);
}
