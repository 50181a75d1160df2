import { isExpired } from '@waymark/domain/expiry';
import { indexDirectory, toRoutableCountry, toRoutableEntry, type IndexedDirectory } from '@waymark/domain/routable';
import { applyUrgent, gravestMark, urgentMarkOf, type UrgentMark } from '@waymark/domain/urgentRule';
import type { PublishedCountryProfile, PublishedEntry, PublishedOrganisation, PublishedRecord } from '@waymark/domain';
import { linesOf } from './held.ts';
import { isTree } from './tuf/shape.ts';
import type { Withdrawals } from './withdrawals.ts';

/**
 * The records of a snapshot, put in order once for many questions. In `marked` and `indexed` entries and channels carry the mark of
 * what is temporarily withdrawn; `records` are as they were published.
 */
export type Directory = {
  records: readonly PublishedRecord[];
  marked: readonly PublishedRecord[];
  indexed: IndexedDirectory;
};

/** An entry that is temporarily withdrawn, whole or in part: what may be said of it, and nothing to get through by. */
export type WithdrawnEntry = Pick<
  PublishedEntry,
  'id' | 'type' | 'slug' | 'kind' | 'names' | 'organisation' | 'serves'
> & {
  withdrawn: UrgentMark & {
    /** Only these channels; the whole entry when undefined. */
    channels: readonly string[] | undefined;
  };
};

/**
 * Reads the records of `v1/directory.ndjson`, which is verified already. Of a later schema than ours, fields are kept that we do
 * not know, and a record that we cannot read is left out: it is one contact less, not no contacts (DOMAIN §3.11).
 */
export function recordsOf(directory: Uint8Array): PublishedRecord[] {
  return linesOf(directory).flatMap((line) => {
    const record = JSON.parse(line) as unknown;
    return isReadable(record) ? [record] : [];
  });
}

/** Puts records in order for `route`, with what is withdrawn. */
export function directoryOf(records: readonly PublishedRecord[], withdrawals: Withdrawals): Directory {
  const entries = applyUrgent(records.filter(isEntry), withdrawals);
  const byId = new Map(entries.map((entry) => [entry.id, entry] as const));
  const countries = records.filter(isCountry).map(toRoutableCountry);
  return {
    records,
    marked: records.map((record) => (isEntry(record) ? (byId.get(record.id) ?? record) : record)),
    indexed: indexDirectory({ entries: entries.map(toRoutableEntry), countries }),
  };
}

/**
 * Records as they may be shown at a moment: without entries and channels that expired or are withdrawn. `route` does the same for
 * itself and says in addition where else to turn.
 * @param now UTC, ISO 8601
 */
export function shownAt({ marked }: Directory, now: string): PublishedRecord[] {
  return marked.flatMap((record): PublishedRecord[] => {
    if (!isEntry(record)) return [record];
    if (isExpired(record.verification, now) || urgentMarkOf(record)) return [];
    const channels = record.channels.filter(
      (channel) => !(isTree(channel.verification) && isExpired(channel.verification, now)) && !urgentMarkOf(channel),
    );
    if (channels.length === record.channels.length) return [record];
    return channels.length === 0 ? [] : [{ ...record, channels }];
  });
}

/** Names what is temporarily withdrawn, so that no list hides it without a word. */
export function toWithdrawn(entry: PublishedEntry): WithdrawnEntry[] {
  const { id, type, slug, kind, names, organisation, serves, channels } = entry;
  const named = channels.filter(urgentMarkOf);
  const whole = urgentMarkOf(entry);
  const mark = whole ?? gravestMark(named.map(urgentMarkOf));
  if (mark === undefined) return [];
  const withdrawn = { ...mark, channels: whole ? undefined : named.map((channel) => channel.id) };
  return [{ id, type, slug, kind, names, organisation, serves, withdrawn }];
}

export function isEntry(record: PublishedRecord): record is PublishedEntry {
  return record.type === 'entry';
}

export function isOrganisation(record: PublishedRecord): record is PublishedOrganisation {
  return record.type === 'organisation';
}

function isCountry(record: PublishedRecord): record is PublishedCountryProfile {
  return record.type === 'country';
}

/** What routing and `find` touch. Anything may be in a line of a later schema; the signature says who wrote it, not its form. */
function isReadable(record: unknown): record is PublishedRecord {
  if (!isTree(record) || typeof record['id'] !== 'string' || typeof record['type'] !== 'string') return false;
  if (record['type'] === 'organisation') return isTree(record['names']) && Object.values(record['names']).every(isTree);
  if (record['type'] === 'country')
    return (
      typeof record['country'] === 'string' && isListOfTrees(record['coverage']) && isListOfTrees(record['sources'])
    );
  return record['type'] === 'entry' && isReadableEntry(record);
}

function isReadableEntry({
  kind,
  slug,
  serves,
  accepts,
  audience,
  anonymity,
  operational,
  ...rest
}: object & Record<string, unknown>) {
  const { channels, verification, names } = rest;
  return (
    typeof kind === 'string' &&
    typeof slug === 'string' &&
    isListOfTrees(serves) &&
    isTree(accepts) &&
    Array.isArray(audience) &&
    isTree(anonymity) &&
    isTree(operational) &&
    isTree(verification) &&
    isTree(names) &&
    Object.values(names).every(isTree) &&
    isListOfTrees(channels) &&
    channels.every(({ id, type, value }) => typeof id === 'string' && typeof type === 'string' && isTree(value))
  );
}

function isListOfTrees(value: unknown): value is Record<string, unknown>[] {
  return Array.isArray(value) && value.every(isTree);
}
