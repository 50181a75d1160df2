import { factChanges, takenOver, type Entry } from '@waymark/domain';
import { findRevision, mergesInto, revisionsFrom, verificationsOf, type Reader } from '@waymark/store';

type SeenEvents = Awaited<ReturnType<typeof verificationsOf>>;

/**
 * Every event that says something of an entry, newest first: its own, and what was seen of entries that were merged into it, as far
 * as it is about what the entry took over (`takenOver`). Those still name the entry they were about. A merge that was taken back
 * gives nothing.
 */
export async function eventsOf(read: Reader, recordId: string): Promise<SeenEvents> {
  const own = await verificationsOf(read, recordId);
  const merges = await mergesInto(read, recordId);
  if (merges.length === 0) return own;
  const followed: SeenEvents = [];
  for (const merge of merges) followed.push(...(await takenFrom(read, merge)));
  return [...own, ...followed].sort((a, b) => Date.parse(b.event.performedAt) - Date.parse(a.event.performedAt));
}

type Merged = Awaited<ReturnType<typeof mergesInto>>[number];

async function takenFrom(read: Reader, { recordId, revision, mergedId, mergedRevision }: Merged): Promise<SeenEvents> {
  const seen = await eventsOf(read, mergedId);
  const goes = await findRevision(read, mergedId, mergedRevision);
  const stays = await findRevision(read, recordId, revision);
  if (seen.length === 0 || !goes || !stays) return [];
  const events = seen.map(({ event }) => event);
  const first = Math.min(...events.map((event) => event.revision));
  const since = await revisionsFrom(read, mergedId, first);
  const taken = takenOver(
    {
      // Revisions of entries: both were merged as such.
      entry: goes.doc as Entry,
      events,
      changes: factChanges(since.filter((step) => step.revision <= mergedRevision)),
    },
    { entry: stays.doc as Entry, revision },
  );
  const recordedAt = new Map(seen.map(({ event, recordedAt: at }) => [event.id, at]));
  return taken.map((event) => ({ event, recordedAt: recordedAt.get(event.id) ?? event.performedAt }));
}
