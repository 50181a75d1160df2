import { factChanges, standingOf, type DirectoryRecord, type Entry, type EntryStanding } from '@waymark/domain';
import { findVerificationState, openAlarmsOf, revisionsFrom, type Reader } from '@waymark/store';
import { eventsOf } from '../standing/eventsOf.ts';

/**
 * The standing an entry would have once a proposal is applied: an edit takes confidence from the facts it changes, unless it
 * brings just what was seen.
 * @param record as it stands; undefined for a new one, which nobody verified
 */
export async function standingAfter(
  read: Reader,
  record: DirectoryRecord | undefined,
  proposal: { id: string; doc: Entry },
): Promise<EntryStanding | undefined> {
  if (!record) return undefined;
  const { id, revision } = record;
  const events = (await eventsOf(read, id)).map(({ event }) => event);
  const first = Math.min(revision, ...events.map((event) => event.revision));
  const seen = first < revision ? await revisionsFrom(read, id, first) : [];
  const current = { revision, proposalId: '', doc: record.doc };
  return standingOf({
    entry: proposal.doc,
    createdAt: record.createdAt,
    events,
    changes: [
      ...factChanges(seen),
      ...factChanges([current, { revision: revision + 1, proposalId: proposal.id, doc: proposal.doc }]),
    ],
    alarms: await openAlarmsOf(read, id),
    isSoleOption: (await findVerificationState(read, id))?.isSoleOption ?? false,
  });
}
