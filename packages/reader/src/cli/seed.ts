import { readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { makeSeed } from '../index.ts';
import { say } from './folder.ts';

/** `waymark-reader seed URL --root FILE`: what apps are shipped with. */
export function seedCommand(): Command {
  return new Command('seed')
    .description('Make seed.zip of what a repository serves now: with it a fresh install refuses any older state')
    .argument('<url>', 'address of the public tree')
    .requiredOption('--root <file>', 'root metadata you trust; compare its SHA-256 with another source')
    .option('--out <file>', 'where to write it', 'seed.zip')
    .action(async (url: string, { root, out }: { root: string; out: string }) => {
      const { zip, snapshot } = await makeSeed({ url, root: await readFile(root) });
      await writeFile(out, zip);
      say(`${out}: snapshot ${snapshot.sequence} of ${snapshot.createdAt}, ${zip.length} bytes.`);
      say('Compare number and date with the publisher: whoever makes a seed is a fresh install too.');
    });
}
