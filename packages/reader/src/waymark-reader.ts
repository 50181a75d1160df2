#!/usr/bin/env node
import { Command } from 'commander';
import { fetchCommand } from './cli/fetch.ts';
import { routeCommand } from './cli/route.ts';
import { seedCommand } from './cli/seed.ts';
import { showCommand } from './cli/show.ts';

/** `waymark-reader`: the reader from a shell. After `fetch`, everything else works without a network. */
const program = new Command('waymark-reader')
  .description('Fetch the directory verified, and ask it where to report: on this machine, with nothing sent')
  .addCommand(fetchCommand())
  .addCommand(showCommand())
  .addCommand(routeCommand())
  .addCommand(seedCommand())
  .showHelpAfterError();

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
