import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Command } from 'commander';
import { memoryOf, type Manifest } from '@waymark/domain';
import { checkSnapshot } from '@waymark/services';
import { verifyRepository } from '@waymark/tuf';
import { clientFolder, openMemory, remember, trustedRoot, trustRoot } from '../signing/memoryFolder.ts';

/** `waymark verify URL --root FILE`: downloads a snapshot as an app does, and looks at it as a careful app would. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description(
      'Download a snapshot with a standard TUF client, verify signatures, hashes, JSON Schemas, digest and counts',
    )
    .argument('<url>', 'address of the public tree, e.g. http://127.0.0.1:8080/repo')
    .option('--root <file>', 'root metadata you trust, e.g. 1.root.json; needed unless --memory holds one')
    .option('--dir <dir>', 'folder that remembers what was verified before, so that an older snapshot is refused')
    .option(
      '--memory <dir>',
      'as a signer: remember the snapshot whole, to compare the next one with it (see `review`)',
    )
    .action(verify);
}

type VerifyOptions = { root?: string; dir?: string; memory?: string };

async function verify(url: string, options: VerifyOptions): Promise<void> {
  const { memory } = options;
  const rootBytes = await rootFor(options);
  const kept = memory === undefined ? options.dir : clientFolder(memory);
  const dir = kept ?? (await mkdtemp(join(tmpdir(), 'waymark-verify-')));
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
    if (memory !== undefined) {
      await rememberPublished(memory, dir, targets, manifest);
      console.log(`  This machine remembers it: signers compare the next snapshot with it.`);
    }
  } finally {
    if (kept === undefined) await rm(dir, { recursive: true, force: true });
  }
}

async function rootFor({ root, memory }: VerifyOptions): Promise<Buffer> {
  const known = memory === undefined ? undefined : await trustedRoot(memory);
  if (root === undefined && !known) throw new Error('Give the root metadata you trust: --root 1.root.json');
  const given = root === undefined ? undefined : await readFile(root);
  if (memory !== undefined && !known && given) await trustRoot(memory, given);
  // The client itself follows newer roots; the first one only starts it.
  return given ?? known ?? Buffer.alloc(0);
}

/** Keeps a snapshot that the client verified, with the metadata that the client trusts. */
async function rememberPublished(
  memory: string,
  client: string,
  targets: ReadonlyMap<string, Buffer>,
  manifest: Manifest,
): Promise<void> {
  const metadata = JSON.parse(await readFile(join(client, 'metadata', 'targets.json'), 'utf8')) as {
    signed: { version: number; targets: unknown; delegations?: unknown };
  };
  const known = (await openMemory(memory)).snapshots.at(-1)?.policies ?? {};
  const bytesOf = (path: string) => Readable.from([targets.get(path) ?? Buffer.alloc(0)]);
  await remember(memory, {
    memory: memoryOf(metadata.signed, manifest, { now: new Date(), published: true, policies: known }),
    directory: bytesOf('v1/directory.ndjson'),
    tombstones: bytesOf('v1/tombstones.ndjson'),
  });
}
