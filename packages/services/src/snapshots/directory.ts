import { createHash } from 'node:crypto';
import {
  canonicalJson,
  isWithheld,
  livingValues,
  refuse,
  tombstonesOf,
  toPublished,
  verificationAt,
  withheldParts,
  type DirectoryRecord,
  type OpenTombstone,
  type Policy,
  type PublishedRecord,
  type RecordRef,
  type Verified,
} from '@waymark/domain';
import {
  eachRecordById,
  listedName,
  Problem,
  toStanding,
  type Reader,
  type VerificationStateRow,
} from '@waymark/store';

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

/** What decides beside the record: the policy in force and the moment the directory is frozen at. */
export type Weighing = { policy: Pick<Policy, 'withhold'>; now: string };

/**
 * The records a snapshot holds, by id: active entries that neither their curators nor the policy withhold, without channels
 * it withholds; active organisations, country profiles. The rest goes into `unpublished`, complete when the last record has
 * passed.
 * @throws Problem storage-failed when a document is not the one that was approved
 */
export async function* publishableRecords(
  read: Reader,
  unpublished: Unpublished,
  weighing: Weighing,
): AsyncGenerator<PublishedLine> {
  for await (const { record, state } of eachRecordById(read)) {
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
    const verified = record.type === 'entry' ? verifiedParts(state, weighing) : undefined;
    if (verified === 'withheld') {
      // What it left behind stays published: that some of its numbers are dead is as true as before.
      unpublished.withheld += 1;
      continue;
    }
    const published = toPublished(record, verified);
    yield { record: published, line: canonicalJson(published, known) };
  }
}

/** What is said of an entry's verification, or that the policy keeps all of it inside. */
function verifiedParts(state: VerificationStateRow | null, { policy, now }: Weighing): Verified | 'withheld' {
  const standing = state ? toStanding(state) : NEVER_WEIGHED;
  const { whole, channels: withheld } = withheldParts(policy, standing, now);
  if (whole) return 'withheld';
  const channels = Object.entries(standing.channels).map(
    ([id, channel]) => [id, verificationAt(channel, now)] as const,
  );
  return {
    entry: verificationAt(standing, now),
    channels: Object.fromEntries(channels),
    withheld: new Set(Object.keys(withheld)),
  };
}

/** An entry whose standing was never written: older than the table, until it is rebuilt. Nothing is claimed of it. */
const NEVER_WEIGHED: ReturnType<typeof toStanding> = {
  contradicted: false,
  highUntil: null,
  mediumUntil: null,
  lowUntil: null,
  lastConfirmedAt: null,
  families: [],
  remindAt: '',
  dueAt: '',
  expiresAt: null,
  riskClass: 'A',
  isSoleOption: false,
  openAlarms: 0,
  unsafe: false,
  channels: {},
};

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
