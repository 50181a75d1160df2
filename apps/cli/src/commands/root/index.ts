import { Command } from 'commander';
import { mergeCommand } from './merge.ts';
import { proposeCommand } from './propose.ts';
import { publishCommand } from './publish.ts';
import { reviewCommand } from './review.ts';
import { showCommand } from './show.ts';
import { signCommand } from './sign.ts';

/**
 * `waymark root …`: the ceremony in which people agree who may sign, from files alone. Every step but `publish` runs on any
 * machine, without a network.
 */
export function rootCommand(): Command {
  return new Command('root')
    .description('The root of trust: who may sign, and how many must')
    .addCommand(showCommand())
    .addCommand(proposeCommand())
    .addCommand(reviewCommand())
    .addCommand(signCommand())
    .addCommand(mergeCommand())
    .addCommand(publishCommand());
}
