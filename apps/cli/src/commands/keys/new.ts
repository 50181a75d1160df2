import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { paperWords } from '@waymark/domain';
import { generatePrivateKey, listAgentKeys, seedOf, toPublicKey, writeKeyFile, type AgentKey } from '@waymark/tuf';
import { askNewPassphrase, PASSPHRASE_OPTION } from '../../ask.ts';
import { findFile } from '../../travellingFile.ts';
import { handOutPublicKey, printPublicKey } from './publicKeyFile.ts';

type NewOptions = { store: string; out?: string; paper: boolean; passphraseFile?: string };

/** `waymark keys new NAME`: a key for one person and one purpose, on that person's own machine. */
export function newCommand(): Command {
  return new Command('new')
    .description(
      'Make a key on your own machine, or take one that your ssh-agent holds. Writes NAME.pub.json for others; the key itself stays with you',
    )
    .argument('<name>', 'whose key, and for what, e.g. anna-root; root, targets and duty need a key each')
    .requiredOption('--store <address>', 'file:PATH for an encrypted key file, agent: or agent:KEYID for the ssh-agent')
    .option('-o, --out <dir>', 'folder for NAME.pub.json; otherwise that of the key file, or this one')
    .option('--paper', 'print 24 words from which the key can be made again, to write down by hand', false)
    .option(...PASSPHRASE_OPTION)
    .action(makeKey);
}

async function makeKey(name: string, { store, out, paper, passphraseFile }: NewOptions): Promise<void> {
  if (!/^[A-Za-z0-9._-]+$/.test(name)) throw new Error('A name is made of A-Z a-z 0-9 . _ - because it names a file');
  if (store.startsWith('agent:')) {
    if (paper) throw new Error('An agent does not give its key away, so there is nothing to put on paper');
    const { signer } = await pickAgentKey(store.slice('agent:'.length));
    const { publicKey } = signer;
    return handOutPublicKey(join(out ?? '.', `${name}.pub.json`), name, { publicKey, lies: 'in an ssh-agent' });
  }
  const path = /^file:(.+)$/.exec(store)?.[1];
  if (path === undefined) throw new Error('--store is file:PATH or agent:');
  const publicFile = join(out ?? dirname(path), `${name}.pub.json`);
  if (await findFile(publicFile)) throw new Error(`${publicFile} exists; take another name`);
  const passphrase = await askNewPassphrase(`A passphrase for ${path}`, passphraseFile);
  const privateKey = generatePrivateKey();
  await writeKeyFile(path, privateKey, { passphrase });
  console.log(`${path} holds the key, encrypted. Keep it on a stick of your own, and a copy elsewhere.`);
  const lies = `in ${path}, encrypted${paper ? ', and on paper' : ''}`;
  await handOutPublicKey(publicFile, name, { publicKey: toPublicKey(privateKey), lies });
  if (paper) printPaper(name, paperWords(seedOf(privateKey)));
}

async function pickAgentKey(keyid: string): Promise<AgentKey> {
  const keys = await listAgentKeys(process.env['SSH_AUTH_SOCK']);
  const fitting = keyid === '' ? keys : keys.filter(({ signer }) => signer.keyid === keyid);
  const [only, ...others] = fitting;
  if (only && others.length === 0) return only;
  for (const { signer, comment } of keys) printPublicKey(comment, signer.publicKey);
  throw new Error(
    keys.length === 0
      ? 'The ssh-agent holds no Ed25519 key: make one with ssh-keygen -t ed25519 and add it with ssh-add'
      : 'Say which of these keys: --store agent:KEYID',
  );
}

function printPaper(name: string, words: string[]): void {
  console.log(
    `\nPaper backup of ${name}. Whoever reads these words has the key: write them by hand, keep them sealed.`,
  );
  for (let row = 0; row < words.length; row += 6) {
    console.log(
      `  ${words
        .slice(row, row + 6)
        .map((word, n) => `${row + n + 1} ${word}`)
        .join('  ')}`,
    );
  }
  console.log('To make the key again: waymark keys restore');
}
