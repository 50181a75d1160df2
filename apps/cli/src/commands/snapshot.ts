import { resolve } from 'node:path';
import { Command } from 'commander';
import { openPublishing, resignSnapshots, snapshotStatus } from '@waymark/services';
import { findInstance } from '@waymark/store';
import { DATA_OPTION, openData, pathsOf } from '../dataFolder.ts';
import { mergeCommand } from './signing/merge.ts';
import { gcCommand, purgeCommand } from './snapshotGarbage.ts';

/** `waymark snapshot …`: the tree and its signatures. Publishing takes a publisher, in the admin. */
export function snapshotCommand(): Command {
  const status = new Command('status')
    .description('Versions, keys and days left of every role')
    .option(...DATA_OPTION)
    .action(showStatus);
  const resign = new Command('resign')
    .description(
      'Sign timestamp and snapshot metadata again when it is due (the server does this by itself; use it from cron while it is down)',
    )
    .option(...DATA_OPTION)
    .action(resignNow);
  return new Command('snapshot')
    .description('The public tree')
    .addCommand(status)
    .addCommand(resign)
    .addCommand(mergeCommand())
    .addCommand(gcCommand())
    .addCommand(purgeCommand());
}

async function open({ data }: { data: string }) {
  const { read, close } = openData(data);
  const instance = await findInstance(read);
  close();
  if (!instance) throw new Error('This installation was never started');
  const dataDir = resolve(data);
  return openPublishing(
    {
      profile: instance.profile,
      ...pathsOf(data),
      dataDir,
      keyPassphrase: process.env['WAYMARK_KEY_PASSPHRASE'],
      keyPassphraseFile: process.env['WAYMARK_KEY_PASSPHRASE_FILE'],
    },
    new Date(),
  );
}

async function showStatus(options: { data: string }): Promise<void> {
  const publishing = await open(options);
  const { roles, warnings } = await snapshotStatus({ now: () => new Date() }, publishing);
  if (publishing.off !== null) console.log(`Publishing is off: ${publishing.off}`);
  for (const role of roles) {
    console.log(
      `${role.role.padEnd(12)} version ${role.version}, ${role.threshold} of ${role.keyIds.length} keys, until ${role.expires ?? 'never published'}`,
    );
  }
  for (const { code, detail, commands } of warnings)
    console.log([`${code}${detail === null ? '' : `: ${detail}`}`, ...commands.map((each) => `  ${each}`)].join('\n'));
}

async function resignNow(options: { data: string }): Promise<void> {
  const { signed } = await resignSnapshots({ now: () => new Date() }, await open(options));
  console.log(signed.length === 0 ? 'Nothing is due.' : `Signed again: ${signed.join(', ')}`);
}
