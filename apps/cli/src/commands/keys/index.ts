import { Command } from 'commander';
import { initCommand } from './init.ts';
import { newCommand } from './new.ts';
import { onlineCommand } from './online.ts';
import { restoreCommand } from './restore.ts';
import { showCommand } from './show.ts';

/** `waymark keys …`: making keys and looking at them. None of these needs a network. */
export function keysCommand(): Command {
  return new Command('keys')
    .description('Signing keys')
    .addCommand(newCommand())
    .addCommand(showCommand())
    .addCommand(restoreCommand())
    .addCommand(onlineCommand())
    .addCommand(initCommand());
}
