import { resolve } from 'node:path';
import { Command } from 'commander';
import { drill } from '@waymark/tuf';
import { DATA_OPTION, pathsOf } from '../dataFolder.ts';

/** `waymark drill`: the emergencies, rehearsed on a copy, so that nobody does them for the first time at night. */
export function drillCommand(): Command {
  return new Command('drill')
    .description(
      'Rehearse lost and stolen keys on a copy of the public tree with throwaway keys, and print what to do in each case. Changes nothing',
    )
    .option(...DATA_OPTION)
    .option('--tree <dir>', 'a public tree, instead of the one of the data folder')
    .action(rehearse);
}

async function rehearse({ data, tree }: { data: string; tree?: string }): Promise<void> {
  const dir = tree === undefined ? pathsOf(data).repoDir : resolve(tree);
  const rehearsed = await drill({ dir, now: new Date(), say: (line) => console.log(line) });
  console.log(`\n${rehearsed.length} emergencies rehearsed, each survived. ${dir} was only read.`);
}
