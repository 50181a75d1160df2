import { createHash } from 'node:crypto';
import {
  canonicalJson,
  isWithheld,
  livingValues,
  refuse,
  tombstonesOf,
  toPublished,
  type DirectoryRecord,
  type OpenTombstone,
  type PublishedRecord,
  type RecordRef,
} from '@waymark/domain';
import { eachRecordById, listedName, Problem, type Reader } from '@waymark/store';

/** What of the directory is not published as a record: gathered while the records pass by. */
export type Unpublished = {
  suspended: RecordRef[];
  retired: Set<string>;
  withheld: number;
  tombstones: OpenTombstone[];
  /** Addresses somebody answers, or may answer again: none of them is dead. */
  living: Set<string>;
};

/** A record of a snapshot and its line in `directory.ndjson`. */
export type PublishedLine = { record: PublishedRecord; line: string };

export function nothingUnpublished(): Unpublished {
  return { suspended: [], retired: new Set(), withheld: 0, tombstones: [], living: new Set() };
}

/**
 * The records a snapshot holds, by id: active entries that are not withheld, active organisations, country profiles.
 * The rest goes into `unpublished`, complete when the last record has passed.
 * @throws Problem storage-failed when a document is not the one that was approved
 */
export async function* publishableRecords(read: Reader, unpublished: Unpublished): AsyncGenerator<PublishedLine> {
  for await (const record of eachRecordById(read)) {
    const known = new Map<object, string>();
    requireApproved(record, known);
    if (isWithheld(record)) {
      // Never published, so it leaves no tombstone either; but its addresses are not dead.
      if (record.state === 'active') unpublished.withheld += 1;
      if (record.state !== 'retired') keepAlive(unpublished, record);
      continue;
    }
    unpublished.tombstones.push(...tombstonesOf(record));
    if (record.state === 'retired') {
      unpublished.retired.add(record.id);
      continue;
    }
    keepAlive(unpublished, record);
    if (record.state === 'suspended') {
      unpublished.suspended.push(refOf(record));
      continue;
    }
    const published = toPublished(record);
    yield { record: published, line: canonicalJson(published, known) };
  }
}

function keepAlive({ living }: Unpublished, record: DirectoryRecord): void {
  for (const value of livingValues(record)) living.add(value);
}

function refOf({ id, type, slug, doc }: DirectoryRecord): RecordRef {
  return { id, type, slug, name: listedName(type, doc) };
}

// SECURITY R-07: what a damaged or doctored file holds is never published.
function requireApproved({ type, slug, id, doc, contentHash }: DirectoryRecord, known: Map<object, string>): void {
  const hash = createHash('sha256').update(canonicalJson(doc, known)).digest('hex');
  if (hash === contentHash) return;
  const detail = `${type} ${slug} (${id}) is not the document that was approved; verify the audit log`;
  throw new Problem(refuse('storage-failed', detail));
}
