import { resolve } from 'node:path';
import { Command } from 'commander';
import { archiveDirOf, collectSnapshots } from '@waymark/services';
import { purgeTarget } from '@waymark/tuf';
import { DATA_OPTION, openData, pathsOf } from '../dataFolder.ts';

/** `waymark snapshot gc`: what nobody can be led to any more goes, after a week. The server does the same every day. */
export function gcCommand(): Command {
  return new Command('gc')
    .description(
      'Remove what no client can be led to any more: found unreachable twice, a week apart, and never on the day of a publication. The first publication of each month goes to the folder archive before. Copies follow',
    )
    .option(...DATA_OPTION)
    .option('--dry-run', 'say what would be removed and write nothing', false)
    .option('--yes', 'do it', false)
    .action(collect);
}

/** `waymark snapshot purge SHA256 --reason WHY`: for what is dangerous or unlawful and must not wait. */
export function purgeCommand(): Command {
  return new Command('purge')
    .description(
      'Remove the bytes of one target at once, from the tree, from cold storage and from copies. Its hash and the reason stay in a ledger. Refused while clients are led to it: publish without it first',
    )
    .argument('<sha256>', 'hash of the target, as its file is named')
    .requiredOption('--reason <why>', 'stays in the ledger for those who ask later')
    .option(...DATA_OPTION)
    .action(purge);
}

async function collect({ data, dryRun, yes }: { data: string; dryRun: boolean; yes: boolean }): Promise<void> {
  if (dryRun === yes) throw new Error('Say --dry-run to see what would go, or --yes to remove it');
  const { read, close } = openData(data);
  try {
    const { repoDir } = pathsOf(data);
    const found = await collectSnapshots(read, { repoDir, dataDir: resolve(data), now: new Date(), dryRun });
    const { waits, marked, swept, bytes, archived } = found;
    for (const path of swept) console.log(`${dryRun ? 'would remove' : 'removed'} ${path}`);
    for (const month of archived)
      console.log(`${dryRun ? 'would keep' : 'kept'} the first publication of ${month} in the archive`);
    if (waits === 'nothing-published') console.log('Nothing is published yet.');
    if (waits === 'published-lately') console.log('Published less than a day ago: nothing is removed today.');
    console.log(`${swept.length} files, ${(bytes / 1e6).toFixed(1)} MB; ${marked.length} are unreachable and wait.`);
  } finally {
    close();
  }
}

async function purge(sha256: string, { data, reason }: { data: string; reason: string }): Promise<void> {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error('A hash has 64 digits of 0-9 and a-f');
  if (reason.trim() === '') throw new Error('Say why: --reason');
  const archiveDir = archiveDirOf(resolve(data));
  const removed = await purgeTarget({ dir: pathsOf(data).repoDir, archiveDir, sha256, reason, now: new Date() });
  for (const path of removed) console.log(`removed ${path}`);
  console.log('Copies lose it with the next delivery. What others downloaded is beyond our reach.');
}
