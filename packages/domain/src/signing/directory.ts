import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from '../hash.ts';
import { pickText } from '../localText.ts';
import type { SnapshotCounts } from '../manifest.ts';
import type { PublishedRecord } from '../published.ts';
import { countInto, countriesCovered, newTally, type Tally } from '../tally.ts';
import type { NewHash } from './files.ts';
import { Refused, type Findings } from './refusal.ts';

export type ReadDirectory = {
  tally: Tally;
  counts: Omit<SnapshotCounts, 'tombstones' | 'withheld'>;
  /** Names of organisations by id. */
  organisationNames: ReadonlyMap<string, string>;
  /** SHA-256 that `v1/directory.json` has when it holds the same records. @param contentDigest of the lines */
  wholeHash(contentDigest: string): string;
};

/**
 * Passes the lines of `v1/directory.ndjson` on, and looks at each on the way: order, ids, what there is of each kind.
 * @throws Refused `record-malformed`
 */
export function readingDirectory(
  lines: AsyncIterable<string>,
  { schema, newHash, findings }: { schema: string; newHash: NewHash; findings: Findings },
) {
  const tally = newTally();
  const counts = {
    entries: 0,
    organisations: 0,
    countries: 0,
    channels: 0,
    countriesCovered: 0,
    countriesNoneKnown: 0,
  };
  const organisationNames = new Map<string, string>();
  const whole = newHash();
  whole.update(utf8ToBytes(`{"schema":${JSON.stringify(schema)},"records":[`));
  let last = '';
  const see = (line: string, at: number) => {
    const record = parseRecord(line, at);
    if (record.id <= last) findings.refuse('records-unsorted', `${record.id} does not come after ${last}`);
    whole.update(utf8ToBytes(`${last === '' ? '\n' : ',\n'}${line}`));
    last = record.id;
    countInto(tally, record);
    countRecord(counts, record);
    if (record.type === 'organisation') organisationNames.set(record.id, pickText(record.names));
  };
  return {
    async *lines(): AsyncGenerator<string> {
      let at = 0;
      for await (const line of lines) {
        see(line, (at += 1));
        yield line;
      }
    },
    /** After the last line. */
    end(): ReadDirectory {
      return {
        tally,
        counts: { ...counts, countriesCovered: countriesCovered(tally) },
        organisationNames,
        wholeHash(contentDigest) {
          whole.update(utf8ToBytes(`\n],"contentDigest":"${contentDigest}"}\n`));
          return bytesToHex(Uint8Array.from(whole.digest()));
        },
      };
    },
  };
}

/** The few members that everything here goes by; a record that is new or changed is looked at whole, later. */
function parseRecord(line: string, at: number): PublishedRecord {
  let record: Partial<PublishedRecord> | null;
  try {
    record = JSON.parse(line) as Partial<PublishedRecord> | null;
  } catch {
    throw new Refused('record-malformed', `v1/directory.ndjson line ${at} is not JSON`);
  }
  const isRecord =
    typeof record?.id === 'string' &&
    ((record.type === 'organisation' && typeof record.names === 'object' && record.names !== null) ||
      (record.type === 'country' && Array.isArray(record.coverage)) ||
      (record.type === 'entry' && Array.isArray(record.channels) && Array.isArray(record.serves)));
  // Two writings of one record would be two contents: to one program the first of two equal names counts, to another the last.
  if (!isRecord || canonicalJson(record) !== line)
    throw new Refused('record-malformed', `v1/directory.ndjson line ${at} is no record in canonical form`);
  return record as PublishedRecord; // As far as it is looked at here.
}

function countRecord(counts: ReadDirectory['counts'], record: PublishedRecord): void {
  if (record.type === 'entry') {
    counts.entries += 1;
    counts.channels += record.channels.length;
  } else if (record.type === 'organisation') counts.organisations += 1;
  else {
    counts.countries += 1;
    if (record.coverage.some(({ status }) => status === 'none-known')) counts.countriesNoneKnown += 1;
  }
}
