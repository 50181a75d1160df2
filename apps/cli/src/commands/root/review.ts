import { Command } from 'commander';
import { PREVIOUS_OPTION, TREE_OPTION, type Before } from './rootBefore.ts';
import { reviewRequest } from './reviewRequest.ts';

/** `waymark root review FILE`: who may do what before and after, for a person to read. Signs nothing. */
export function reviewCommand(): Command {
  return new Command('review')
    .description('Check a request for a root on your own machine and print who can do what before and after')
    .argument('<request>', 'root.request.json or targets.request.json of `waymark root propose`')
    .option(...PREVIOUS_OPTION)
    .option(...TREE_OPTION)
    .action(async (file: string, before: Before) => {
      await reviewRequest(file, before);
    });
}
