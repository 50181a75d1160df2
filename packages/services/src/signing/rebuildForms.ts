import {
  linesIn,
  pickText,
  type Manifest,
  type PublishedRecord,
  type Rebuilt,
  type SnapshotFiles,
  type Tombstone,
} from '@waymark/domain';
import { buildDirectory } from '../snapshots/build.ts';
import type { PublishedLine } from '../snapshots/directory.ts';

const DIRECTORY = 'v1/directory.ndjson';
const TOMBSTONES = 'v1/tombstones.ndjson';

/**
 * Makes every form of the directory again from its lines and tombstones, as `prepareSnapshot` made them: on a signer's own machine,
 * to be compared byte by byte. The parts by country are left out: they are packed, and are compared unpacked.
 * @param files of the bundle, which were reviewed
 * @param dir an empty folder; whoever made it removes it
 */
export async function rebuildForms(files: SnapshotFiles, manifest: Manifest, dir: string): Promise<Rebuilt> {
  const organisationNames = new Map<string, string>();
  for await (const { record } of published(files))
    if (record.type === 'organisation') organisationNames.set(record.id, pickText(record.names));
  const { createdAt, validUntil } = manifest;
  const built = await buildDirectory(
    {
      records: published(files),
      organisationNames,
      tombstones: () => readAll(files),
      validity: { from: new Date(createdAt), until: new Date(validUntil) },
    },
    dir,
  );
  // Names of countries and languages come from CLDR, which comes with Node.
  const by = `Node ${process.versions.node} and Unicode CLDR ${process.versions['cldr'] ?? '?'}`;
  return { files: new Map(built.files.map(({ path, sha256 }) => [path, sha256])), by };
}

async function* published(files: SnapshotFiles): AsyncGenerator<PublishedLine> {
  for await (const line of linesIn(files.read(DIRECTORY), DIRECTORY))
    yield { record: JSON.parse(line) as PublishedRecord, line }; // The review looked at each.
}

async function readAll(files: SnapshotFiles): Promise<Tombstone[]> {
  const tombstones: Tombstone[] = [];
  for await (const line of linesIn(files.read(TOMBSTONES), TOMBSTONES)) tombstones.push(JSON.parse(line) as Tombstone); // As above.
  return tombstones;
}
