import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { checkSnapshot } from '@waymark/services';
import { verifyRepository } from '@waymark/tuf';

/** `waymark verify URL --root FILE`: downloads a snapshot as an app does, and looks at it as a careful app would. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description(
      'Download a snapshot with a standard TUF client, verify signatures, hashes, JSON Schemas, digest and counts',
    )
    .argument('<url>', 'address of the public tree, e.g. http://127.0.0.1:8080/repo')
    .requiredOption('--root <file>', 'root metadata you trust, e.g. 1.root.json')
    .option('--dir <dir>', 'folder that remembers what was verified before, so that an older snapshot is refused')
    .action(verify);
}

async function verify(url: string, options: { root: string; dir?: string }): Promise<void> {
  const rootBytes = await readFile(options.root);
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'waymark-verify-')));
  try {
    const { targets, rootVersion, versions, expires } = await verifyRepository({
      url: url.replace(/\/$/, ''),
      rootBytes,
      dir,
      targets: 'all',
    });
    const { manifest, records, tombstones, validated } = await checkSnapshot(targets);
    console.log(
      `Snapshot ${manifest.sequence} (${manifest.kind}, assurance ${manifest.assurance}) is whole and signed.`,
    );
    console.log(
      `  ${records} records, ${tombstones} tombstones; ${targets.size} files, ${validated} documents valid against their schemas`,
    );
    console.log(`  content digest ${manifest.contentDigest}`);
    console.log(`  audit log of ${manifest.audit.size} events, root ${manifest.audit.root}`);
    console.log(
      `  TUF root ${rootVersion}, targets ${versions.targets}, snapshot ${versions.snapshotRole}, timestamp ${versions.timestamp} (until ${expires.timestamp})`,
    );
  } finally {
    if (options.dir === undefined) await rm(dir, { recursive: true, force: true });
  }
}
