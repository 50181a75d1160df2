import {
  canonicalJson,
  countInto,
  countriesCovered,
  newTally,
  SCHEMA_VERSION,
  sealTombstone,
  type OpenTombstone,
  type PublishedRecord,
  type SnapshotCounts,
  type SnapshotFile,
  type Tally,
  type Tombstone,
} from '@waymark/domain';
import { CSV_HEADER, csvLinesOf } from './directoryCsv.ts';
import type { PublishedLine } from './directory.ts';
import { publishedSchemas } from './publishedSchemas.ts';
import { openGzippedFile, openStagedFile, stageText } from './stagedFile.ts';

export type BuiltDirectory = {
  files: SnapshotFile[];
  /** SHA-256 of `v1/directory.ndjson`. */
  contentDigest: string;
  counts: Pick<
    SnapshotCounts,
    'entries' | 'organisations' | 'countries' | 'channels' | 'countriesCovered' | 'countriesNoneKnown'
  >;
  tally: Tally;
};

/** Lines are gathered to this many characters, then encoded, hashed and written; each time others get a turn. */
const CHUNK = 256 * 1024;

/**
 * Writes the directory in all its forms, a few hundred records at a time: the same records in the same order give the
 * same bytes, on whatever day, and memory does not grow with the directory.
 * @param records sorted by id
 * @param organisationNames for the CSV, where a row stands alone
 * @param dir staging folder
 */
export async function buildDirectory(
  records: AsyncIterable<PublishedLine>,
  organisationNames: ReadonlyMap<string, string>,
  dir: string,
): Promise<BuiltDirectory> {
  const files = await openDirectoryFiles(dir);
  const counts = {
    entries: 0,
    organisations: 0,
    countries: 0,
    channels: 0,
    countriesCovered: 0,
    countriesNoneKnown: 0,
  };
  const tally = newTally();
  let lines: string[] = [];
  let rows: string[] = [];
  let length = 0;
  for await (const { record, line } of records) {
    lines.push(line);
    if (record.type === 'entry') rows.push(csvLinesOf(record, organisationNames.get(record.organisation) ?? ''));
    countRecord(counts, record);
    countInto(tally, record);
    length += line.length;
    if (length < CHUNK) continue;
    await files.write(lines, rows);
    [lines, rows, length] = [[], [], 0];
  }
  await files.write(lines, rows);
  const closed = await files.close();
  return { ...closed, counts: { ...counts, countriesCovered: countriesCovered(tally) }, tally };
}

/** The four forms of the directory, written side by side from the same lines. */
async function openDirectoryFiles(dir: string) {
  const json = await openStagedFile(dir, 'v1/directory.json', 'application/json');
  const ndjson = await openStagedFile(dir, 'v1/directory.ndjson', 'application/x-ndjson');
  const gzipped = await openGzippedFile(dir, 'v1/directory.ndjson.gz');
  const csv = await openStagedFile(dir, 'v1/directory.csv', 'text/csv');
  await json.write(Buffer.from(`{"schema":${JSON.stringify(SCHEMA_VERSION)},"records":[`));
  await csv.write(Buffer.from(CSV_HEADER));
  let isFirst = true;
  return {
    async write(lines: readonly string[], rows: readonly string[]) {
      if (lines.length > 0) {
        const bytes = Buffer.from(`${lines.join('\n')}\n`);
        await ndjson.write(bytes);
        await gzipped.write(bytes);
        await json.write(Buffer.from(`${isFirst ? '\n' : ',\n'}${lines.join(',\n')}`));
        isFirst = false;
      }
      await csv.write(Buffer.from(rows.join('')));
    },
    async close() {
      const canonical = await ndjson.close();
      // The digest stands last because it is known last: nothing is read twice or kept for it.
      await json.write(Buffer.from(`\n],"contentDigest":"${canonical.sha256}"}\n`));
      const files = [await json.close(), canonical, await gzipped.close(), await csv.close()];
      return { files, contentDigest: canonical.sha256 };
    },
  };
}

function countRecord(counts: BuiltDirectory['counts'], record: PublishedRecord): void {
  if (record.type === 'entry') {
    counts.entries += 1;
    counts.channels += record.channels.length;
  } else if (record.type === 'organisation') {
    counts.organisations += 1;
  } else {
    counts.countries += 1;
    if (record.coverage.some(({ status }) => status === 'none-known')) counts.countriesNoneKnown += 1;
  }
}

/** Writes `v1/tombstones.ndjson`, sorted by id, a record before its channels. */
export async function buildTombstones(
  open: readonly OpenTombstone[],
  living: ReadonlySet<string>,
  dir: string,
): Promise<{ file: SnapshotFile; tombstones: number }> {
  const file = await openStagedFile(dir, 'v1/tombstones.ndjson', 'application/x-ndjson');
  const sorted = open.map((stone) => sealTombstone(stone, living)).sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  for (let start = 0; start < sorted.length; start += 500) {
    const lines = sorted.slice(start, start + 500).map((tombstone) => `${canonicalJson(tombstone)}\n`);
    await file.write(Buffer.from(lines.join('')));
  }
  return { file: await file.close(), tombstones: sorted.length };
}

function sortKey(tombstone: Tombstone): string {
  return `${tombstone.id} ${tombstone.type === 'channel' ? tombstone.channel : ''}`;
}

/** Writes the JSON Schemas that the other files are valid for. */
export async function buildSchemas(dir: string): Promise<SnapshotFile[]> {
  const files: SnapshotFile[] = [];
  for (const [path, text] of publishedSchemas())
    files.push(await stageText(dir, path, 'application/schema+json', text));
  return files;
}
