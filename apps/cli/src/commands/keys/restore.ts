import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { seedOfPaperWords } from '@waymark/domain';
import { privateKeyOf, toPublicKey, writeKeyFile } from '@waymark/tuf';
import { askLine, askNewPassphrase, PASSPHRASE_OPTION } from '../../ask.ts';
import { recordOf, recordStep } from '../../ceremonyRecord.ts';
import { factsOf, printPublicKey } from './publicKeyFile.ts';

/** `waymark keys restore`: a key file again from its paper backup. */
export function restoreCommand(): Command {
  return new Command('restore')
    .description('Make a key file again from the 24 words of its paper backup')
    .requiredOption('--store <address>', 'file:PATH of the new key file')
    .option('--words-file <file>', 'file that holds the words, instead of asking for them')
    .option(...PASSPHRASE_OPTION)
    .action(restoreKey);
}

async function restoreKey(options: { store: string; wordsFile?: string; passphraseFile?: string }): Promise<void> {
  const path = /^file:(.+)$/.exec(options.store)?.[1];
  if (path === undefined) throw new Error('--store is file:PATH');
  const words =
    options.wordsFile === undefined ? await askLine('The 24 words: ') : await readFile(options.wordsFile, 'utf8');
  const seed = seedOfPaperWords(words.replace(/\d+/g, ' '));
  if (!seed) throw new Error('A word is wrong, missing, or in the wrong place; nothing was made');
  const passphrase = await askNewPassphrase(`A passphrase for ${path}`, options.passphraseFile);
  const privateKey = privateKeyOf(seed);
  await writeKeyFile(path, privateKey, { passphrase });
  const publicKey = toPublicKey(privateKey);
  const facts = { ...factsOf(publicKey), 'the key lies': `in ${path}, encrypted` };
  await recordStep(recordOf(path), { what: 'keys restore, from the words on paper', facts });
  printPublicKey(path, publicKey);
  console.log('Compare the keyid with the one in the root (waymark root show) or in your NAME.pub.json.');
}
