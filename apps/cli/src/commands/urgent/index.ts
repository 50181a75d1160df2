import { Command } from 'commander';
import { showCommand } from './show.ts';
import { signCommand } from './sign.ts';

/** `waymark urgent`: what somebody on duty does on their own machine. Needs no network. */
export function urgentCommand(): Command {
  return new Command('urgent')
    .description('Look at the list of what is withdrawn at once, and sign it with your duty key')
    .addCommand(showCommand())
    .addCommand(signCommand());
}
