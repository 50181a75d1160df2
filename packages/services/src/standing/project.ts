import {
  factChanges,
  optionsOf,
  standingOf,
  type DirectoryRecord,
  type Entry,
  type EntryStanding,
  type ReachableEntry,
  type VerificationEvent,
} from '@waymark/domain';
import {
  activeEntriesServing,
  countOptions,
  findRecord,
  findVerificationState,
  isOnlyOption,
  openAlarmsOf,
  putVerificationState,
  revisionsFrom,
  type OptionCount,
  type Reader,
  type Writer,
} from '@waymark/store';
import { eventsOf } from './eventsOf.ts';

/**
 * Writes anew what follows from the events, revisions and alarms of an entry, in the transaction that added one of them.
 * @returns the standing; nothing for a record that is no entry
 */
export async function projectStanding(tx: Writer, recordId: string): Promise<EntryStanding | undefined> {
  const record = await findRecord(tx, recordId);
  if (record?.type !== 'entry') return undefined;
  const standing = await standingNow(tx, record);
  await putVerificationState(tx, recordId, standing);
  return standing;
}

/**
 * After a record changed or went out of sight: counts what people lose or gain as options, and writes the standing of the entry
 * and of those that became, or no longer are, a country's sole option.
 * @param before the record as it stood, undefined for a new one
 */
export async function projectChange(
  tx: Writer,
  before: DirectoryRecord | undefined,
  after: DirectoryRecord,
): Promise<void> {
  if (after.type !== 'entry') return;
  const was = before ? optionsOf(reachable(before)) : new Set<string>();
  const is = optionsOf(reachable(after));
  const gone = await countOptions(
    tx,
    [...was].filter((option) => !is.has(option)),
    -1,
  );
  const come = await countOptions(
    tx,
    [...is].filter((option) => !was.has(option)),
    1,
  );
  // A new record has neither events nor alarms.
  const standing = before ? await standingNow(tx, after) : emptyStanding(after, await isOnlyOption(tx, [...is]));
  await putVerificationState(tx, after.id, standing);
  await projectNeighbours(tx, after.id, [
    ...gone.filter(({ entries }) => entries === 1),
    ...come.filter(({ entries }) => entries === 2),
  ]);
}

/** Entries beside this one in areas where one more or one less makes a sole option, or ends it. */
async function projectNeighbours(tx: Writer, recordId: string, counts: readonly OptionCount[]): Promise<void> {
  // The world is no country: nobody is its sole option.
  const touched = new Set(counts.filter(({ area }) => area !== '001').map(({ area, need }) => `${area} ${need}`));
  const areas = [...new Set([...touched].map((option) => option.split(' ')[0] ?? ''))];
  for (const entry of await activeEntriesServing(tx, areas)) {
    if (entry.id === recordId) continue;
    const options = [...optionsOf({ ...entry, state: 'active' })];
    if (!options.some((option) => touched.has(option))) continue;
    const stored = await findVerificationState(tx, entry.id);
    if (stored?.isSoleOption !== (await isOnlyOption(tx, options))) await projectStanding(tx, entry.id);
  }
}

/** What follows now from everything that is stored about an entry: the pure function on the real rows. */
export async function standingNow(read: Reader, record: DirectoryRecord): Promise<EntryStanding> {
  const entry = record.doc as Entry; // The caller looked at the type.
  const events = (await eventsOf(read, record.id)).map(({ event }) => event);
  const isSoleOption = await isOnlyOption(read, [...optionsOf(reachable(record))]);
  const alarms = await openAlarmsOf(read, record.id);
  return standingOf({
    entry,
    createdAt: record.createdAt,
    events,
    changes: await changesSince(read, record, events),
    alarms,
    isSoleOption,
  });
}

// Only what changed after somebody looked matters, so most records need no revision at all.
async function changesSince(read: Reader, { id, revision }: DirectoryRecord, events: readonly VerificationEvent[]) {
  const first = Math.min(...events.map((event) => event.revision));
  return first < revision ? factChanges(await revisionsFrom(read, id, first)) : [];
}

function emptyStanding({ doc, createdAt }: DirectoryRecord, isSoleOption: boolean): EntryStanding {
  // The caller looked at the type.
  return standingOf({ entry: doc as Entry, createdAt, events: [], changes: [], alarms: [], isSoleOption });
}

function reachable({ doc, state }: DirectoryRecord): ReachableEntry {
  return { ...(doc as Entry), state }; // As above.
}
