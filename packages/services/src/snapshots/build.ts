import {
  canonicalJson,
  countInto,
  countriesCovered,
  newTally,
  publishedSchemas,
  sealTombstone,
  type OpenTombstone,
  type PublishedRecord,
  type SnapshotCounts,
  type SnapshotFile,
  type Tally,
  type Tombstone,
} from '@waymark/domain';
import { openCountryForm } from './content/countryForm.ts';
import { openCsvForm } from './content/csvForm.ts';
import type { Form } from './content/form.ts';
import { openLineForms } from './content/lineForms.ts';
import type { Validity } from './content/hsds/schedules.ts';
import { openReadableForms } from './content/readableForms.ts';
import { openSqliteForm } from './content/sqliteForm.ts';
import type { PublishedLine } from './directory.ts';
import { openStagedFile, stageText } from './stagedFile.ts';

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

/** What the forms need beside the records. */
export type BuildInput = {
  records: AsyncIterable<PublishedLine>;
  /** For the forms in which a row stands alone. */
  organisationNames: ReadonlyMap<string, string>;
  /** Asked when the last record has passed. */
  tombstones: () => Promise<readonly Tombstone[]>;
  /** Of the snapshot: hours are said for the clocks of that time. */
  validity: Validity;
  /** Also a file for each country. */
  byCountry?: boolean;
};

/** Lines are gathered to this many characters, then encoded, hashed and written; each time others get a turn. */
const CHUNK = 256 * 1024;

/**
 * Writes the directory in all its forms, a few hundred records at a time: the same records in the same order give the
 * same bytes, on whatever day, and memory does not grow with the directory.
 * @param input.records sorted by id
 * @param dir staging folder
 */
export async function buildDirectory(input: BuildInput, dir: string): Promise<BuiltDirectory> {
  const lines = await openLineForms(dir);
  const forms: Form[] = [
    lines,
    await openCsvForm(dir, input.organisationNames),
    await openSqliteForm(dir),
    openReadableForms(dir, input.validity),
    ...(input.byCountry ? [openCountryForm(dir)] : []),
  ];
  try {
    return await write(input, lines, forms);
  } catch (error) {
    for (const form of forms) await form.abandon?.();
    throw error;
  }
}

async function write(
  input: BuildInput,
  lines: Pick<Awaited<ReturnType<typeof openLineForms>>, 'contentDigest'>,
  forms: readonly Form[],
): Promise<BuiltDirectory> {
  const counts = {
    entries: 0,
    organisations: 0,
    countries: 0,
    channels: 0,
    countriesCovered: 0,
    countriesNoneKnown: 0,
  };
  const tally = newTally();
  let batch: PublishedLine[] = [];
  let length = 0;
  const writeAll = async () => {
    for (const form of forms) await form.write(batch);
    [batch, length] = [[], 0];
  };
  for await (const published of input.records) {
    batch.push(published);
    countRecord(counts, published.record);
    countInto(tally, published.record);
    length += published.line.length;
    if (length >= CHUNK) await writeAll();
  }
  await writeAll();
  const tombstones = await input.tombstones();
  const files: SnapshotFile[] = [];
  for (const form of forms) files.push(...(await form.close(tombstones)));
  const counted = { ...counts, countriesCovered: countriesCovered(tally) };
  return { files, contentDigest: lines.contentDigest(), counts: counted, tally };
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

/** The tombstones as they are published, sorted by id, a record before its channels. */
export function sealedTombstones(open: readonly OpenTombstone[], living: ReadonlySet<string>): Tombstone[] {
  return open.map((stone) => sealTombstone(stone, living)).sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

/** Writes `v1/tombstones.ndjson`. @param sorted as `sealedTombstones` gives them */
export async function buildTombstones(sorted: readonly Tombstone[], dir: string): Promise<SnapshotFile> {
  const file = await openStagedFile(dir, 'v1/tombstones.ndjson', 'application/x-ndjson');
  for (let start = 0; start < sorted.length; start += 500) {
    const lines = sorted.slice(start, start + 500).map((tombstone) => `${canonicalJson(tombstone)}\n`);
    await file.write(Buffer.from(lines.join('')));
  }
  return file.close();
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
