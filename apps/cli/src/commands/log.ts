import { join } from 'node:path';
import { Command } from 'commander';
import { parseVerifierKey, formatVerifierKey } from '@waymark/domain';
import { keptCheckpoint, readText } from '@waymark/services';
import { auditSize } from '@waymark/store';
import { DATA_OPTION, openData, pathsOf } from '../dataFolder.ts';

/** `waymark log key|status`: what witnesses are given, and how far the published log is. */
export function logCommand(): Command {
  const key = new Command('key')
    .description('The verifier key of the audit log, to hand to witnesses')
    .option(...DATA_OPTION)
    .action(showKey);
  const status = new Command('status')
    .description('The newest published head, and how many events wait for the next')
    .option(...DATA_OPTION)
    .action(showStatus);
  return new Command('log').description('The audit log as outsiders see it').addCommand(key).addCommand(status);
}

async function keyOf(data: string): Promise<string> {
  const text = await readText(join(pathsOf(data).repoDir, 'log', 'key'));
  if (text === undefined) throw new Error('The log was never published: start the server, and it is within a minute');
  return formatVerifierKey(parseVerifierKey(text.trim()));
}

async function showKey({ data }: { data: string }): Promise<void> {
  console.log(await keyOf(data));
}

async function showStatus({ data }: { data: string }): Promise<void> {
  const logKey = await keyOf(data);
  const { read, close } = openData(data);
  try {
    const dir = join(pathsOf(data).repoDir, 'log');
    const head = await keptCheckpoint((name) => readText(join(dir, name)));
    console.log(`Log     ${logKey}`);
    console.log(`Files   ${dir}`);
    console.log(`Head    ${head?.size ?? 0} events, root ${head?.root ?? 'none yet'}`);
    console.log(`Waiting ${(await auditSize(read)) - (head?.size ?? 0)} events`);
  } finally {
    close();
  }
}
