import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { repositoryStatus, sha256, treePath } from '@waymark/tuf';
import { DATA_OPTION, pathsOf } from '../../dataFolder.ts';

/** `waymark root show`: who can sign, as the newest root says, and the hash that apps and people compare. */
export function showCommand(): Command {
  return new Command('show')
    .description('Keys, holders and thresholds of the newest root, and the SHA-256 of every root')
    .option(...DATA_OPTION)
    .action(showRoot);
}

async function showRoot({ data }: { data: string }): Promise<void> {
  const { repoDir } = pathsOf(data);
  const { roles, owners, assurance } = await repositoryStatus({ dir: repoDir, now: new Date() });
  const { version, expires, daysLeft } = roles.root;
  console.log(`Root ${version}, until ${expires} (${daysLeft} days left), assurance ${assurance}`);
  for (const [role, { keyids, threshold }] of Object.entries(roles)) {
    console.log(`${role}: ${threshold} of ${keyids.length}`);
    for (const keyid of keyids) console.log(`  ${keyid}${owners[keyid] ? `  ${owners[keyid]}` : ''}`);
  }
  for (let n = 1; n <= version; n += 1) {
    console.log(`${n}.root.json  sha256 ${sha256(await readFile(join(repoDir, treePath.root(n))))}`);
  }
}
