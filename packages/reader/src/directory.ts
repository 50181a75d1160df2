import { isExpired } from '@waymark/domain/expiry';
import { indexDirectory, toRoutableCountry, toRoutableEntry, type IndexedDirectory } from '@waymark/domain/routable';
import type { PublishedCountryProfile, PublishedEntry, PublishedOrganisation, PublishedRecord } from '@waymark/domain';
import { linesOf } from './held.ts';
import { isTree } from './tuf/shape.ts';
import { withdraw, type Withdrawals } from './withdrawals.ts';

/** The records of a snapshot, put in order once for many questions. */
export type Directory = { records: readonly PublishedRecord[]; indexed: IndexedDirectory; withdrawals: Withdrawals };

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
  const entries = records.filter(isEntry).map(toRoutableEntry);
  const countries = records.filter(isCountry).map(toRoutableCountry);
  return { records, withdrawals, indexed: indexDirectory({ entries: withdraw(entries, withdrawals), countries }) };
}

/**
 * Records as they may be shown at a moment: without entries and channels that expired or are withdrawn. `route` does the same for
 * itself and says in addition where else to turn.
 * @param now UTC, ISO 8601
 */
export function shownAt({ records, withdrawals }: Directory, now: string): PublishedRecord[] {
  return records.flatMap((record): PublishedRecord[] => {
    if (!isEntry(record)) return [record];
    const withdrawal = withdrawals.byEntry.get(record.id);
    if (isExpired(record.verification, now) || (withdrawal && withdrawal.channels === undefined)) return [];
    const channels = record.channels.filter(
      ({ id, verification }) =>
        !(isTree(verification) && isExpired(verification, now)) && !withdrawal?.channels?.has(id),
    );
    if (channels.length === record.channels.length) return [record];
    return channels.length === 0 ? [] : [{ ...record, channels }];
  });
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
