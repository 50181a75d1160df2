import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { generatePrivateKey, readPublicHalf, writeKeyFile } from '@waymark/tuf';
import { askNewPassphrase, PASSPHRASE_OPTION } from '../../ask.ts';
import { DATA_OPTION, pathsOf } from '../../dataFolder.ts';
import { CEREMONY_FILE, recordStep } from '../../ceremonyRecord.ts';
import { findFile } from '../../travellingFile.ts';
import { factsOf, printPublicKey, toPublicKeyFile } from './publicKeyFile.ts';

const ROLES = ['snapshot', 'timestamp'] as const;

/** `waymark keys online`: the two keys that the server keeps. They can say which snapshot is newest, and change no number. */
export function onlineCommand(): Command {
  return new Command('online')
    .description(
      'Make the two keys that the server keeps (snapshot, timestamp), encrypted, and write their public halves for the signing policy. Run it on the server',
    )
    .option(...DATA_OPTION)
    .option('--next', 'make the keys that a new root will bring in; the present ones stay until it is published', false)
    .option(...PASSPHRASE_OPTION)
    .action(makeOnlineKeys);
}

async function makeOnlineKeys(options: { data: string; next: boolean; passphraseFile?: string }): Promise<void> {
  const { keysDir } = pathsOf(options.data);
  const names = ROLES.map((role) => (options.next ? `${role}.next` : role));
  const missing: string[] = [];
  for (const name of names) if (!(await findFile(join(keysDir, `${name}.key`)))) missing.push(name);
  const passphrase = missing.length > 0 ? await serverPassphrase(options.passphraseFile) : '';
  for (const name of missing) {
    await writeKeyFile(join(keysDir, `${name}.key`), generatePrivateKey(), { passphrase });
  }
  for (const name of names) {
    const publicKey = await readPublicHalf(join(keysDir, `${name}.key`));
    const file = join(keysDir, `${name}.pub.json`);
    // Made from the key beside it, so it may be written again after that key was exchanged.
    await writeFile(file, `${JSON.stringify(toPublicKeyFile(name, publicKey), null, 2)}\n`);
    printPublicKey(name, publicKey);
    if (missing.includes(name))
      await recordStep(join(keysDir, CEREMONY_FILE), { what: `keys online, ${name}`, facts: factsOf(publicKey) });
    console.log(`  ${missing.includes(name) ? 'made now' : 'was here already'}; public half in ${file}`);
  }
  console.log('Name the public halves under `online` in the signing policy.');
  console.log(
    'The server opens them with WAYMARK_KEY_PASSPHRASE_FILE (or WAYMARK_KEY_PASSPHRASE): the same passphrase for both.',
  );
}

async function serverPassphrase(file: string | undefined): Promise<string> {
  const told = process.env['WAYMARK_KEY_PASSPHRASE'];
  if (file === undefined && told !== undefined && told !== '') return told;
  const from = file ?? process.env['WAYMARK_KEY_PASSPHRASE_FILE'];
  return askNewPassphrase('A passphrase for the keys of the server', from);
}
