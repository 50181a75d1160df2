#!/usr/bin/env node
import { Command } from 'commander';
import { auditCommand } from './commands/audit.ts';
import { checkCommand } from './commands/check.ts';
import { drillCommand } from './commands/drill.ts';
import { importCommand } from './commands/import.ts';
import { keysCommand } from './commands/keys/index.ts';
import { logCommand } from './commands/log.ts';
import { rootCommand } from './commands/root/index.ts';
import { reviewCommand } from './commands/signing/review.ts';
import { signCommand } from './commands/signing/sign.ts';
import { snapshotCommand } from './commands/snapshot.ts';
import { urgentCommand } from './commands/urgent/index.ts';
import { userCommand } from './commands/user.ts';
import { verifyCommand } from './commands/verify.ts';
import { witnessCommand } from './commands/witness.ts';

/**
 * `waymark`: what is done beside the running server. No command changes the directory: that takes people who sign in, and others who
 * review. The one that proposes (`import --commit`) asks who one is as the admin does, and the server must be stopped meanwhile.
 */
const program = new Command('waymark')
  .description('Verify snapshots, check the audit log, make signing keys')
  .addCommand(verifyCommand())
  .addCommand(checkCommand())
  .addCommand(auditCommand())
  .addCommand(logCommand())
  .addCommand(witnessCommand())
  .addCommand(keysCommand())
  .addCommand(rootCommand())
  .addCommand(drillCommand())
  .addCommand(snapshotCommand())
  .addCommand(reviewCommand())
  .addCommand(signCommand())
  .addCommand(urgentCommand())
  .addCommand(importCommand())
  .addCommand(userCommand())
  .showHelpAfterError();

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
