import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { initRepository } from '@waymark/tuf';
import { CEREMONY_FILE, recordStep } from '../../ceremonyRecord.ts';
import { askNewPassphrase } from '../../ask.ts';
import { DATA_OPTION, pathsOf } from '../../dataFolder.ts';

type InitOptions = {
  data: string;
  root: string[];
  targets: string[];
  threshold: string;
  passphrases?: string;
};

/** `waymark keys init`: makes the keys of a production tree and its root 1. */
export function initCommand(): Command {
  return new Command('init')
    .description(
      'Make the signing keys and root 1 of a production tree. Every key file is encrypted; move those of people off this machine',
    )
    .option(...DATA_OPTION)
    .requiredOption('--root <names...>', 'who holds a root key; three or more')
    .requiredOption('--targets <names...>', 'who holds a targets key; three or more')
    .option('--threshold <n>', 'how many of them must sign', '2')
    .option('--passphrases <dir>', 'folder with files root.NAME, targets.NAME and online, instead of asking')
    .action(initKeys);
}

async function initKeys({ data, root, targets, threshold, passphrases }: InitOptions): Promise<void> {
  const passphraseOf = (name: string, purpose: string) =>
    passphrases === undefined
      ? askNewPassphrase(`Passphrase for ${purpose}`)
      : readFile(join(passphrases, name), 'utf8').then((text) => text.replace(/\r?\n$/, ''));
  const onlinePassphrase = await passphraseOf('online', 'the two keys the server keeps (snapshot, timestamp)');
  const holders = async (role: 'root' | 'targets', names: readonly string[]) => {
    const list = [];
    for (const name of names)
      list.push({ name, passphrase: await passphraseOf(`${role}.${name}`, `the ${role} key of ${name}`) });
    return { threshold: Number(threshold), holders: list };
  };
  const { repoDir, keysDir } = pathsOf(data);
  const policy = { root: await holders('root', root), targets: await holders('targets', targets) };
  const made = await initRepository({ dir: repoDir, keyDir: keysDir, policy, onlinePassphrase, now: new Date() });
  await recordStep(join(keysDir, CEREMONY_FILE), {
    what: `keys init, root ${made.rootVersion}`,
    facts: {
      'sha256 of the root': made.rootSha256,
      'must sign': `${threshold} of each`,
      'keys of the root': root.join(', '),
      'keys of targets': targets.join(', '),
    },
    names: [...new Set([...root, ...targets])],
  });
  console.log(`Root ${made.rootVersion} is written; its SHA-256, to compare by voice:\n  ${made.rootSha256}`);
  console.log(`Key files in ${keysDir}:\n${made.keyFiles.map((file) => `  ${file}`).join('\n')}`);
  console.log(
    'Give root.*.key and targets.*.key to their holders and delete them here: the server needs the other two alone. Apps ship metadata/1.root.json of the public tree.',
  );
}
